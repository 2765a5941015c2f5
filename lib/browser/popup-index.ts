import { browser } from "wxt/browser";
import type { AttemptSummary } from "@/lib/report/summary.ts";

/** The stored projection that lists are shown from. It can be rebuilt from the observations at any time. */
export interface StoredIndex {
  /** Version of the extension, thus of its rules, that made it. */
  readonly version: string;
  readonly attempts: readonly AttemptSummary[];
  readonly gaps: number;
  /** How many observations it was made from: open attempts are read again when there is more to see. */
  readonly observations: number;
}

const isPrivate = browser.extension?.inIncognitoContext === true;
// A split incognito worker shares storage.local with the normal one, and that is written to disk.
const area = isPrivate ? "session" : "local";
const indexPlace = isPrivate ? "popup-index-incognito" : "popup-index";
const seenPlace = isPrivate ? "seen-incognito" : "seen";

const empty: StoredIndex = { version: "", attempts: [], gaps: 0, observations: 0 };

export async function readIndex(): Promise<StoredIndex> {
  const stored = await browser.storage[area].get([indexPlace, seenPlace]);
  const index = (stored[indexPlace] as StoredIndex | undefined) ?? empty;
  const seen = new Set(stored[seenPlace] as readonly string[] | undefined);
  return {
    ...index,
    attempts: index.attempts.map((attempt) => (seen.has(attempt.flowId) ? { ...attempt, unread: false } : attempt)),
  };
}

export async function writeIndex(index: StoredIndex): Promise<void> {
  await browser.storage[area].set({ [indexPlace]: index });
}

/** Read marks are the user's own: they outlive every rebuilding of the index. */
export async function writeSeen(flowIds: readonly string[]): Promise<void> {
  await browser.storage[area].set({ [seenPlace]: flowIds });
}

export function watchStoredIndex(onChange: () => void): () => void {
  const listener = (changes: { [name: string]: unknown }, changed: string) => {
    if (changed === area && (indexPlace in changes || seenPlace in changes)) onChange();
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
