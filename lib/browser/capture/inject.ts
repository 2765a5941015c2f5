import { type Browser, browser } from "wxt/browser";
import { type DocumentReading, readDocument } from "./read-document.ts";

/** Characters of page text that leave the page. */
const textLimit = 64 * 1024;
const readTimeout = 3_000;

type Target = { readonly tabId: number; readonly documentId?: string };

/** Rejects as `executeScript` does, and resolves to `"pending"` where the browser leaves the injection pending for ever. */
export async function readTarget(
  { tabId, documentId }: Target,
  { settleFor }: { readonly settleFor: number },
): Promise<DocumentReading | "pending" | undefined> {
  const target: Browser.scripting.InjectionTarget =
    documentId === undefined ? { tabId } : { tabId, documentIds: [documentId] };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"pending">((resolve) => {
    timer = setTimeout(() => resolve("pending"), settleFor + readTimeout);
  });
  try {
    const answer = browser.scripting.executeScript({ target, func: readDocument, args: [textLimit, settleFor] });
    const first = await Promise.race([answer, late]);
    return first === "pending" ? first : (first[0]?.result ?? undefined);
  } finally {
    clearTimeout(timer);
  }
}
