import { browser } from "wxt/browser";
import type { Observation, RedactedUrl } from "@/lib/exchange/observation.ts";

/** What was told of already, so that what is found in a tab later can be known from what was missed. */
export interface Heard {
  note(observation: Observation): void;
  /** A document announced itself, whether or not anything of it was kept. */
  noteDocument(documentId: string): void;
  hasDocument(documentId: string): boolean;
  /** A request for this URL was seen to leave this tab. */
  wasAsked(tabId: number, url: RedactedUrl): boolean;
  /** It was answered, or failed. */
  wasAnswered(tabId: number, url: RedactedUrl): boolean;
}

/** More than any tab asks for while it is followed. */
const most = 1_000;

export function createHeard(stored: readonly Observation[], session: string): Heard {
  const documents = new Set<string>();
  const asked = new Set<string>();
  const answered = new Set<string>();
  const add = (set: Set<string>, key: string) => {
    set.add(key);
    const [oldest] = set;
    if (set.size > most && oldest !== undefined) set.delete(oldest);
  };
  const keyOf = (tabId: number | undefined, url: RedactedUrl) => `${tabId}|${JSON.stringify(url)}`;

  const heard: Heard = {
    note(seen) {
      if (seen.source !== "browser" || seen.session !== session) return;
      if ("documentId" in seen && seen.documentId !== undefined) add(documents, seen.documentId);
      if (seen.kind === "request") add(asked, keyOf(seen.tabId, seen.url));
      if (seen.kind === "response" || seen.kind === "failure") add(answered, keyOf(seen.tabId, seen.url));
      if (seen.kind === "navigation" && seen.how === "failed") add(answered, keyOf(seen.tabId, seen.url));
    },
    noteDocument: (documentId) => add(documents, documentId),
    hasDocument: (documentId) => documents.has(documentId),
    wasAsked: (tabId, url) => asked.has(keyOf(tabId, url)),
    wasAnswered: (tabId, url) => answered.has(keyOf(tabId, url)),
  };
  for (const seen of stored) heard.note(seen);
  return heard;
}

const place = "heard-documents";
const mostRemembered = 200;
let writing: Promise<unknown> = Promise.resolve();

/**
 * Documents of which nothing may be stored, because it was forgotten or recording was paused, and which must not be found anew by
 * the next worker. Ids mean nothing outside of this session of the browser.
 */
export async function readHeardDocuments(): Promise<readonly string[]> {
  const found: unknown = (await browser.storage.session.get(place))[place];
  return Array.isArray(found) ? found.filter((id) => typeof id === "string") : [];
}

export function rememberHeardDocument(documentId: string): void {
  writing = writing
    .then(async () => {
      const before = await readHeardDocuments();
      await browser.storage.session.set({ [place]: [...before, documentId].slice(-mostRemembered) });
    })
    .catch(() => undefined);
}
