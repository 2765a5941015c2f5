import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { AttemptSummary } from "@/lib/report/summary.ts";
import type { ExtensionBrowser } from "./browser.ts";

/** What the popup shows of one attempt. */
export interface Shown {
  readonly state: string | null;
  readonly findings: readonly { readonly id: string | null; readonly certainty: string | null }[];
}

/** Attempts in the stored index that ran in this tab, newest first. */
export function attemptsOf(browser: ExtensionBrowser, tabId: number): Promise<readonly AttemptSummary[]> {
  return browser.bench.evaluate(async (id) => {
    const { "popup-index": index } = await chrome.storage.local.get("popup-index");
    const { attempts } = (index ?? { attempts: [] }) as { attempts: AttemptSummary[] };
    return attempts.filter(({ tabIds }) => tabIds.includes(id));
  }, tabId);
}

/** Opens the popup on this tab and reads the newest attempt in it. */
export async function shownIn(popup: Page): Promise<Shown> {
  const attempt = popup.locator("[data-flow]").first();
  const findings: Locator[] = await popup.locator("[data-finding]").all();
  return {
    state: (await attempt.count()) === 0 ? null : await attempt.getAttribute("data-state"),
    findings: await Promise.all(
      findings.map(async (finding) => ({
        id: await finding.getAttribute("data-finding"),
        certainty: await finding.getAttribute("data-certainty"),
      })),
    ),
  };
}

/** Waits until the popup shows this state with this headline, or none. */
export async function expectShown(popup: Page, expected: { readonly state: string; readonly finding?: string }) {
  await expect
    .poll(
      async () => {
        const { state, findings } = await shownIn(popup);
        return { state, headline: findings[0]?.id ?? undefined };
      },
      { timeout: 10_000, interval: 50 },
    )
    .toEqual({ state: expected.state, headline: expected.finding });
}

/** Everything in the event store, as stored. */
export function storedObservations(browser: ExtensionBrowser): Promise<readonly Record<string, unknown>[]> {
  return browser.bench.evaluate(
    () =>
      new Promise<Record<string, unknown>[]>((resolve, reject) => {
        const opening = indexedDB.open("hopscope");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("observations").objectStore("observations").getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      }),
  );
}
