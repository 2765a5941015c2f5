import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";
import { type FoundBrowser, findBrowser } from "@/scripts/find-browser.ts";

/** What the user let the extension see: nothing yet, every site, or these hosts (match patterns). */
export type Grant = "none" | "all" | readonly string[];

export interface ExtensionBrowser {
  readonly context: BrowserContext;
  readonly profile: string;
  readonly id: string;
  /** Everything the extension's worker and pages wrote to the console. */
  readonly console: readonly string[];
  /** Every request of the extension itself, in order, as the browser's network stack saw it; complete after `close`. */
  readonly ownRequests: readonly OwnRequest[];
  /** A document of the extension that runs nothing by itself: where the extension's APIs are called from. */
  readonly bench: Page;
  /** The browser's id of a page's tab. */
  tabIdOf(page: Page): Promise<number>;
  /** The popup as it would open on this tab. */
  openPopup(tabId?: number): Promise<Page>;
  badgeOf(tabId: number): Promise<string>;
  /** Ends the worker the way the browser does when it has been idle. */
  killWorker(): Promise<void>;
  /** A session with the browser itself. */
  devtools(): Promise<CDPSession>;
  close(): Promise<void>;
}

/** Without its query. */
export interface OwnRequest {
  readonly method: string;
  readonly url: string;
}

interface LaunchOptions {
  readonly extension: string;
  readonly grant: Grant;
  readonly args?: readonly string[];
  /** The user lets the extension run in incognito windows too. */
  readonly incognito?: true;
  /** A profile that was used before, instead of a new one. */
  readonly profile?: string;
  /** Keeps the profile on disk after `close`, for a look at its files; the caller removes it. */
  readonly keepProfile?: true;
  /** A visible window, on this X display where it is not to be the user's own; headless when left out. */
  readonly window?: { readonly display?: string };
  /** The test lets a person ask servers. Without it, closing fails when the extension sent more than metadata requests. */
  readonly asksServers?: true;
}

/** Where authorization server, protected resource and client metadata are, and nothing else that may be asked unasked. */
const isMetadata = ({ method, url }: OwnRequest): boolean => method === "GET" && /\/\.well-known\/|\.json$/.test(url);

function browserHere(): FoundBrowser {
  const found = findBrowser();
  if (!found) throw new Error("No Chromium-family browser found; set CHROME_PATH");
  return found;
}

export const executablePath = (): string => browserHere().path;

/** The id that the manifest's key gives, whatever the folder (first 16 bytes of its SHA-256, in the letters a to p). */
async function extensionId(extension: string): Promise<string> {
  const { key }: { key: string } = JSON.parse(await readFile(join(extension, "manifest.json"), "utf8"));
  const digest = createHash("sha256").update(Buffer.from(key, "base64")).digest("hex").slice(0, 32);
  return [...digest].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join("");
}

const fresh = new Map<string, Promise<string>>();

/**
 * A profile in which the extension was just installed: made once, copied for each browser. It lies beside the extension, to be
 * removed with it; a test runner's processes end without a word, a script's do not.
 */
function installedProfile(extension: string): Promise<string> {
  const made = fresh.get(extension) ?? install(extension);
  fresh.set(extension, made);
  return made;
}

async function install(extension: string): Promise<string> {
  const profile = await mkdtemp(`${extension}-installed-`);
  process.once("exit", () => rmSync(profile, { recursive: true, force: true }));
  const context = await launchContext(profile, extension, []);
  // The last thing that installing does, and does once.
  while (!context.pages().some((page) => page.url().endsWith("/welcome.html"))) await after(20);
  await context.close();
  return profile;
}

async function openBench(context: BrowserContext, id: string): Promise<Page> {
  const bench = context.pages()[0] ?? (await context.newPage());
  await bench.goto(`chrome-extension://${id}/manifest.json`);
  // The demo's runner keeps the names of functions with a helper that a page does not have.
  await bench.evaluate("globalThis.__name = (named) => named");
  return bench;
}

async function launchContext(
  profile: string,
  extension: string,
  args: readonly string[],
  window?: LaunchOptions["window"],
): Promise<BrowserContext> {
  const { path, isBranded } = browserHere();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: path,
    headless: window === undefined,
    ...(window?.display !== undefined && { env: { ...process.env, DISPLAY: window.display } }),
    ...(isBranded && { ignoreDefaultArgs: ["--disable-extensions"] }),
    args: isBranded
      ? ["--enable-unsafe-extension-debugging", ...args]
      : [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`, ...args],
    viewport: window === undefined ? { width: 1000, height: 700 } : null,
  });
  if (isBranded) {
    const session = await context.browser()?.newBrowserCDPSession();
    // Not in Playwright's types yet.
    const send = session?.send.bind(session) as ((method: string, parameters: object) => Promise<unknown>) | undefined;
    await send?.("Extensions.loadUnpacked", { path: extension });
  }
  return context;
}

/**
 * Starts a browser with the built extension and the real permission model. A prompt cannot be answered without a display, so
 * the grant is written where the browser itself writes it when the user says yes.
 */
export async function launch(options: LaunchOptions): Promise<ExtensionBrowser> {
  const { extension, args = [] } = options;
  if (browserHere().isBranded && options.grant !== "none")
    throw new Error(
      "Google Chrome and Microsoft Edge take the site access of an extension only from a person: set CHROME_PATH to Chromium or Brave",
    );
  const id = await extensionId(extension);
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), "hopscope-e2e-")));
  if (options.profile === undefined) await cp(await installedProfile(extension), profile, { recursive: true });
  await writeGrant(profile, id, options);
  const context = await launchContext(profile, extension, args, options.window);
  const messages: string[] = [];
  context.on("console", (message) => {
    if (message.location().url.startsWith(`chrome-extension://${id}`)) messages.push(message.text());
  });
  const bench = await openBench(context, id);
  const ownRequests = await watchOwnRequests(bench, id);
  return {
    context,
    profile,
    id,
    console: messages,
    ownRequests,
    bench,
    async tabIdOf(page) {
      await page.bringToFront();
      return bench.evaluate(async () => {
        const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
        return tab?.id ?? -1;
      });
    },
    async openPopup(tabId) {
      const page = await context.newPage();
      await page.setViewportSize({ width: 380, height: 600 });
      await page.goto(`chrome-extension://${id}/popup.html${tabId === undefined ? "" : `?tab=${tabId}`}`);
      return page;
    },
    badgeOf: (tabId) => bench.evaluate((tab) => chrome.action.getBadgeText({ tabId: tab }), tabId),
    async killWorker() {
      const session = await context.newCDPSession(bench);
      await session.send("ServiceWorker.enable");
      await session.send("ServiceWorker.stopAllWorkers");
      await session.detach();
    },
    async devtools() {
      const browser = context.browser();
      if (!browser) throw new Error("The browser gives no session of its own");
      return browser.newBrowserCDPSession();
    },
    async close() {
      await context.close();
      if (!options.keepProfile) await rm(profile, { recursive: true, force: true });
      const unasked = ownRequests.filter((request) => !options.asksServers && !isMetadata(request));
      if (unasked.length > 0)
        throw new Error(`nobody asked for ${unasked.map(({ method, url }) => `${method} ${url}`)}`);
    },
  };
}

/** By the browser's own account, so that what the extension forgot to record is seen too. */
async function watchOwnRequests(bench: Page, id: string): Promise<readonly OwnRequest[]> {
  const requests: OwnRequest[] = [];
  await bench.exposeFunction("noteOwnRequest", (method: string, url: string) => {
    requests.push({ method, url: url.split(/[?#]/, 1)[0] ?? "" });
  });
  await bench.evaluate((own) => {
    const note = (globalThis as unknown as { noteOwnRequest: (method: string, url: string) => void }).noteOwnRequest;
    const onRequest = ({ method, url, initiator }: chrome.webRequest.OnBeforeRequestDetails): undefined => {
      if (initiator === own) note(method, url);
    };
    const start = () => {
      chrome.webRequest.onBeforeRequest.removeListener(onRequest);
      chrome.webRequest.onBeforeRequest.addListener(onRequest, { urls: ["*://*/*"] });
    };
    start();
    // Hosts granted after a listener was added are not told to it.
    chrome.permissions.onAdded.addListener(start);
  }, `chrome-extension://${id}`);
  return requests;
}

async function writeGrant(profile: string, id: string, { grant, incognito }: LaunchOptions): Promise<void> {
  const file = join(profile, "Default", "Preferences");
  const preferences = JSON.parse(await readFile(file, "utf8"));
  const settings = preferences.extensions.settings[id];
  if (incognito) settings.incognito = true;
  const hosts = grant === "all" ? ["*://*/*"] : grant === "none" ? [] : grant;
  if (hosts.length > 0) {
    for (const name of ["granted_permissions", "runtime_granted_permissions", "active_permissions"]) {
      const before = settings[name] ?? {};
      settings[name] = {
        ...before,
        api: [...new Set([...(before.api ?? []), "webNavigation"])],
        explicit_host: [...new Set([...(before.explicit_host ?? []), ...hosts])],
      };
    }
  }
  await writeFile(file, JSON.stringify(preferences));
}
