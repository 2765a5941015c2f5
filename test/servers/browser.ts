import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { findBrowser } from "../../scripts/find-browser.ts";

export interface Browser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** A browser without the extension and with a profile of its own. Throws what to do when there is none. */
export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  const found = findBrowser();
  if (!found) throw new Error("No Chromium-family browser found; set CHROME_PATH");
  const profile = await mkdtemp(join(tmpdir(), "hopscope-lab-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: found.path,
    headless: true,
    args: [...args],
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
