import { type Browser, browser } from "wxt/browser";
import { type DocumentReading, readDocument } from "./read-document.ts";

/** Characters of page text that leave the page. */
const textLimit = 64 * 1024;

type Target = { readonly tabId: number; readonly documentId?: string | undefined };

/**
 * Rejects as `executeScript` does. Where the user withheld the site the browser leaves it pending for ever, and a page that
 * is busy with itself answers late: whoever waits decides for how long.
 */
export async function readTarget(
  { tabId, documentId }: Target,
  { settleFor }: { readonly settleFor: number },
): Promise<DocumentReading | undefined> {
  const target: Browser.scripting.InjectionTarget =
    documentId === undefined ? { tabId } : { tabId, documentIds: [documentId] };
  const [first] = await browser.scripting.executeScript({ target, func: readDocument, args: [textLimit, settleFor] });
  return first?.result ?? undefined;
}

/** Calls back when nothing came of it within this many milliseconds; what comes later is still handed on. */
export async function withAlarm<Result>(task: Promise<Result>, after: number, onLate: () => void): Promise<Result> {
  const timer = setTimeout(onLate, after);
  try {
    return await task;
  } finally {
    clearTimeout(timer);
  }
}
