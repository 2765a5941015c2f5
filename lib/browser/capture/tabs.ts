import { browser } from "wxt/browser";
import type { Record } from "./draft.ts";

/** Records that a tab was closed: an attempt that stops there was abandoned, or lost its window. */
export function startTabs(record: Record): void {
  browser.tabs.onRemoved.addListener((tabId) => {
    // The only event of ours that carries no time.
    record({ kind: "tab", event: "closed", source: "browser", at: Date.now(), tabId });
  });
}
