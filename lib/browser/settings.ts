import { browser } from "wxt/browser";
import * as z from "zod/mini";

const place = "settings";

/** What cannot be read of them is its default, alone: a site that is not to be recorded stays ignored whatever else is damaged. */
const settingsSchema = z.object({
  isPaused: z.catch(z.boolean(), false),
  /** Hosts, subdomains included, of which nothing is recorded. */
  ignoredHosts: z.catch(z.array(z.string()), []),
  /** Metadata of a failed or opened attempt's server is fetched without being asked for. */
  fetchesMetadata: z.catch(z.boolean(), true),
  /** Site access was granted once: if none is left, the user or the browser has taken it back. */
  hadAccess: z.catch(z.boolean(), false),
  /** Days that attempts which did not fail are kept: from 0, only until the hourly clean-up, to 365. */
  keepFinishedDays: z.catch(z.number().check(z.gte(0), z.lte(365)), 1),
  /** A system notification for each new alert. */
  notifies: z.catch(z.boolean(), false),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Hosts that were named in a private window, of which nothing is to be on the disk. */
const privatePlace = "ignored-incognito";
const isPrivate = () => browser.extension?.inIncognitoContext === true;

export async function readSettings(): Promise<Settings> {
  const [stored, ignored] = await Promise.all([readStored(), readPrivate()]);
  return { ...stored, ignoredHosts: [...stored.ignoredHosts, ...ignored] };
}

/** A broken store must not stop the recording of failures: what is no settings at all are the defaults. */
async function readStored(): Promise<Settings> {
  const found = settingsSchema.safeParse((await browser.storage.local.get(place))[place]);
  return found.success ? found.data : settingsSchema.parse({});
}

async function readPrivate(): Promise<readonly string[]> {
  if (!isPrivate()) return [];
  return settingsSchema.shape.ignoredHosts.parse((await browser.storage.session.get(privatePlace))[privatePlace]);
}

export function changeSettings(change: (settings: Settings) => Settings): Promise<Settings> {
  return navigator.locks.request("settings", async () => {
    const changed = change(await readSettings());
    const { ignoredHosts } = isPrivate() ? await readStored() : changed;
    const isShared = (host: string) => ignoredHosts.includes(host);
    if (isPrivate()) {
      const own = changed.ignoredHosts.filter((host) => !isShared(host));
      await browser.storage.session.set({ [privatePlace]: own });
    }
    await browser.storage.local.set({
      [place]: { ...changed, ignoredHosts: changed.ignoredHosts.filter(isShared) },
    });
    return changed;
  });
}

export function watchSettings(onChange: (settings: Settings) => void): () => void {
  const listener = (changes: { [name: string]: unknown }, area: string) => {
    if ((area === "local" && place in changes) || privatePlace in changes) void readSettings().then(onChange);
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}

export function isIgnored({ ignoredHosts }: Settings, url: string): boolean {
  if (ignoredHosts.length === 0) return false;
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return ignoredHosts.some((ignored) => isOnSite(host, ignored));
}

export const isOnSite = (host: string, site: string): boolean => host === site || host.endsWith(`.${site}`);
