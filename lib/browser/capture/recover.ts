import { browser } from "wxt/browser";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { Record } from "./draft.ts";
import { readPage } from "./page-text.ts";
import type { LoadedDocument } from "./web-navigation.ts";

/** Minutes; the shortest delay the browser grants. */
const wakeAfter = 0.5;

/**
 * Reads a document, and has the browser wake the worker again should it be killed meanwhile: the event that announced the
 * document comes only once.
 */
export async function readSafely(document: LoadedDocument, record: Record): Promise<void> {
  const alarm = `unread-${document.tabId}`;
  await browser.alarms.create(alarm, { delayInMinutes: wakeAfter });
  await readPage(document, record, () => void browser.alarms.clear(alarm));
}

/** The documents now shown in tabs of recent attempts whose text was never stored: a killed worker had no time for them. */
export async function findUnread(recent: readonly Observation[], session: string): Promise<LoadedDocument[]> {
  const api: typeof browser.webNavigation | undefined = browser.webNavigation;
  if (!api) return [];
  const own = recent.filter((observation) => observation.source === "browser" && observation.session === session);
  const read = new Set(own.map((observation) => (observation.kind === "page" ? observation.documentId : undefined)));
  const tabIds = new Set(own.flatMap(({ tabId }) => tabId ?? []));
  const shown = await Promise.all(
    [...tabIds].map(async (tabId) => {
      const frame = await api.getFrame({ tabId, frameId: 0 }).catch(() => null);
      if (!frame || frame.errorOccurred || read.has(frame.documentId)) return undefined;
      return { tabId, frameId: 0, documentId: frame.documentId, url: frame.url };
    }),
  );
  return shown.flatMap((document) => document ?? []);
}
