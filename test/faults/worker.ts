import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Observation } from "@/lib/exchange/observation.ts";
import { readStored } from "@/lib/redaction/redact.ts";
import type { ExtensionBrowser } from "../e2e/browser.ts";

/** The extension's worker, to be hurt. */
export interface Victim {
  kill(): Promise<void>;
  /** Has the browser start the worker when it does not run. */
  wake(): Promise<void>;
  /** Resolves when the worker has stored this many more observations, or was killed. */
  stored(count: number): Promise<void>;
  /** Runs in the worker. */
  run<Argument>(change: (argument: Argument) => void, argument: Argument): Promise<void>;
}

export async function createVictim(browser: ExtensionBrowser): Promise<Victim> {
  const session = await browser.context.newCDPSession(browser.bench);
  await session.send("ServiceWorker.enable");
  const worker = () => {
    const found = browser.context.serviceWorkers()[0];
    if (!found) throw new Error("The extension has no worker");
    return found;
  };
  const wake = () =>
    browser.bench.evaluate(async () => {
      // Only a change is an event.
      await chrome.storage.local.set({ "test-wake": crypto.randomUUID() });
      while ((await chrome.runtime.getContexts({ contextTypes: ["BACKGROUND" as never] })).length === 0)
        await new Promise((resolve) => setTimeout(resolve, 5));
    });
  return {
    async kill() {
      await session.send("ServiceWorker.stopAllWorkers");
    },
    wake,
    async stored(count) {
      await worker().evaluate(
        (wanted) =>
          new Promise<void>((resolve) => {
            const { put } = IDBObjectStore.prototype;
            let left = wanted;
            IDBObjectStore.prototype.put = function (...given) {
              const request = put.apply(this, given);
              left -= 1;
              if (left === 0) request.addEventListener("success", () => resolve());
              return request;
            };
          }),
        count,
      );
    },
    async run(change, argument) {
      await wake();
      await worker().evaluate(change as never, argument);
    },
  };
}

/** Reloads the extension as an update does; what was open of it is closed, so there is a new bench. */
export async function reloadExtension(browser: ExtensionBrowser): Promise<ExtensionBrowser> {
  const { context, id } = browser;
  // With developer mode off, a reloaded unpacked extension stays disabled.
  const settings = await context.newPage();
  await settings.goto("chrome://extensions");
  await settings.evaluate(async () => {
    const { developerPrivate } = chrome as unknown as {
      developerPrivate: { updateProfileConfiguration(change: object): Promise<void> };
    };
    await developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
  });
  const closed = browser.bench.waitForEvent("close");
  await browser.bench.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  await closed;
  await settings.close();
  const bench = await context.newPage();
  await expect
    .poll(
      () =>
        bench.goto(`chrome-extension://${id}/manifest.json`).then(
          () => true,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
  return { ...browser, bench };
}

/** What was stored of this time and later, as the product reads it. */
export async function observationsSince(
  { bench }: { readonly bench: Pick<Page, "evaluate"> },
  at: number,
): Promise<Observation[]> {
  const found: unknown[] = await bench.evaluate(
    (since) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open("hopscope");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction("observations").objectStore("observations");
          const reading = store.index("at").getAll(IDBKeyRange.lowerBound(since));
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      }),
    at,
  );
  return found.flatMap((value) => readStored(value) ?? []);
}
