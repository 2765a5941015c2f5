import { browser } from "wxt/browser";
import type { Access } from "@/lib/report/summary.ts";
import { changeSettings, readSettings } from "./settings.ts";

const everySite = "*://*/*";

/** What the browser says is granted now; the user can change it at any time outside of Hopscope. */
export async function readAccess(): Promise<Access> {
  const [{ origins = [] }, isEverySite] = await Promise.all([
    browser.permissions.getAll(),
    browser.permissions.contains({ origins: [everySite] }),
  ]);
  if (origins.length === 0) return (await readSettings()).hadAccess ? "withheld" : "none";
  return isEverySite || origins.includes("<all_urls>") ? "all" : "some";
}

/** Whether a request may go to this URL now. */
export function readAccessTo(url: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [toHostPattern(url)] });
}

/** A match pattern takes neither port nor path into account. */
export function toHostPattern(url: string): string {
  const { hostname, protocol } = new URL(url);
  return `${protocol}//${hostname}/*`;
}

/**
 * Asks the browser for sites and, with them, for the navigation events that name custom schemes and loaded documents.
 * Only a click may call it. The prompt closes a popup, which loses the answer: `permissions.onAdded` is what counts.
 */
export async function requestAccess(sites: "all" | readonly string[]): Promise<boolean> {
  return browser.permissions.request({
    permissions: ["webNavigation"],
    origins: sites === "all" ? [everySite] : sites.map(toPattern),
  });
}

export async function rememberAccess(): Promise<void> {
  const [access, { hadAccess }] = await Promise.all([readAccess(), readSettings()]);
  if (!hadAccess && (access === "all" || access === "some"))
    await changeSettings((settings) => ({ ...settings, hadAccess: true }));
}

/** A host, with or without scheme, port or path. */
function toPattern(site: string): string {
  const text = site.trim();
  const url = URL.canParse(text) && text.includes("://") ? text : `https://${text}`;
  return `*://${new URL(url).hostname}/*`;
}
