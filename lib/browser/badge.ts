import { browser } from "wxt/browser";
import type { Access, AttemptSummary } from "@/lib/report/summary.ts";

const failureRed = "#b3261e";
const neutralGrey = "#5f6368";

/** Shows, per tab, how many attempts failed there since the user last looked; `?` everywhere until a site is granted. */
export interface Badge {
  show(attempts: readonly AttemptSummary[]): Promise<void>;
  /** The browser clears a tab's badge with each new document. */
  repeat(tabId: number): void;
  /** The same where the new document is the browser's own error page, whose arrival no event tells. */
  repeatWhenLoaded(tabId: number): Promise<void>;
  showAccess(access: Access): Promise<void>;
}

export function createBadge(): Badge {
  const shown = new Map<number, number>();
  /** After a restart of the worker, tabs still carry what the last one showed. */
  const inherited = browser.tabs.query({}).then((tabs) => tabs.flatMap(({ id }) => id ?? []));
  let isFirst = true;

  const set = async (tabId: number, count: number) => {
    try {
      await browser.action.setBadgeBackgroundColor({ tabId, color: failureRed });
      // An empty text would be a badge of its own; no text gives the tab the general one back.
      await browser.action.setBadgeText({ tabId, ...(count > 0 && { text: String(count) }) });
    } catch {
      // The tab was closed meanwhile.
    }
  };

  const repeat = (tabId: number) => {
    const count = shown.get(tabId);
    if (count) void set(tabId, count);
  };
  const isLoading = (tabId: number) =>
    browser.tabs.get(tabId).then(
      ({ status }) => status === "loading",
      () => false,
    );

  return {
    async show(attempts) {
      const next = new Map<number, number>();
      for (const { unread, tabIds } of attempts)
        if (unread) for (const tabId of tabIds) next.set(tabId, (next.get(tabId) ?? 0) + 1);
      const open = isFirst ? await inherited : [];
      isFirst = false;
      for (const tabId of new Set([...shown.keys(), ...next.keys(), ...open])) {
        const count = next.get(tabId) ?? 0;
        if (shown.get(tabId) === count) continue;
        shown.set(tabId, count);
        void set(tabId, count);
      }
    },
    repeat,
    async repeatWhenLoaded(tabId) {
      for (let tries = 0; tries < 50 && (await isLoading(tabId)); tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
      repeat(tabId);
    },
    async showAccess(access) {
      const isBlind = access === "none" || access === "withheld";
      await browser.action.setBadgeBackgroundColor({ color: neutralGrey });
      await browser.action.setBadgeText({ text: isBlind ? "?" : "" });
    },
  };
}
