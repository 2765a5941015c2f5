import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { expect } from "vitest";

/** A client that is an extension; `identity.launchWebAuthFlow` opens a window that is no tab at first. */
const files = {
  "manifest.json": JSON.stringify({
    manifest_version: 3,
    name: "client",
    version: "1",
    permissions: ["identity"],
    background: { service_worker: "worker.js" },
  }),
  "worker.js": `
    globalThis.start = (url) => chrome.identity.launchWebAuthFlow({ url, interactive: true });
    globalThis.redirectUri = chrome.identity.getRedirectURL("done");`,
};

/** What its worker offers. */
interface Offered {
  readonly redirectUri: string;
  start(url: string): Promise<string>;
}

export async function write(folder: string): Promise<void> {
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

export const redirectUri = async (context: BrowserContext): Promise<string> =>
  (await workerOf(context)).evaluate(() => (globalThis as unknown as Offered).redirectUri);

/** Resolves to the URL that the flow ended on. */
export const start = async (context: BrowserContext, url: string): Promise<string> =>
  (await workerOf(context)).evaluate((asked) => (globalThis as unknown as Offered).start(asked), url);

async function workerOf(context: BrowserContext) {
  const found = () => context.serviceWorkers().find((worker) => /^chrome-extension:.*\/worker\.js$/.test(worker.url()));
  await expect.poll(() => found() !== undefined).toBe(true);
  const worker = found();
  if (!worker) throw new Error("The client has no worker");
  return worker;
}
