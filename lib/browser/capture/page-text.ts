import type { RawPage } from "@/lib/exchange/raw-observation.ts";
import type { Draft } from "./draft.ts";
import { readTarget, withAlarm } from "./inject.ts";
import type { DocumentReading } from "./read-document.ts";
import type { LoadedDocument } from "./web-navigation.ts";

/** A page drawn by script has its text some time after it was loaded. */
const settleTime = 5_000;
/** No answer after this long means, to all that can be known, that the site is withheld. */
const patience = 10_000;

/**
 * Reads a document twice: at once, and again when script has stopped drawing if that changed the text. Call it when
 * `webNavigation.onDOMContentLoaded` names the document: earlier, the previous document of the tab would answer.
 */
export async function readPage(
  document: LoadedDocument,
  record: (draft: Draft) => void,
  onFirst: () => void,
): Promise<void> {
  const { tabId, frameId } = document;
  const at = Date.now();
  const gap = (reason: "access-withheld" | "page-text-unreadable") => {
    record({ kind: "gap", source: "browser", at, tabId, frameId, reason });
    onFirst();
  };
  try {
    const first = await withAlarm(readTarget(document, { settleFor: 0 }), patience, () => gap("access-withheld"));
    if (first) record(toPage(document, first, Date.now()));
    onFirst();
    const settled = await readTarget(document, { settleFor: settleTime });
    if (settled) record(toPage(document, settled, Date.now()));
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    // The document was replaced before it could be read; the next one announces itself.
    if (/no (?:document|tab) with id|was removed|tab was closed/i.test(reason)) onFirst();
    else gap(/cannot access/i.test(reason) ? "access-withheld" : "page-text-unreadable");
  }
}

export function toPage(
  document: { readonly tabId: number; readonly frameId: number; readonly documentId?: string | undefined },
  reading: DocumentReading,
  at: number,
): Omit<RawPage, "session"> {
  return {
    kind: "page",
    source: "browser",
    at,
    tabId: document.tabId,
    frameId: document.frameId,
    ...(document.documentId !== undefined && { documentId: document.documentId }),
    url: reading.url,
    ...(reading.status > 0 && { status: reading.status }),
    contentType: reading.contentType,
    title: reading.title,
    text: reading.text,
    structure: reading.structure,
    ...(reading.isTruncated && { isTruncated: true }),
  };
}
