import { browser } from "wxt/browser";
import type { AttemptSummary } from "@/lib/report/summary.ts";
import { area, placeOf, watchPlaces } from "./area.ts";
import { isEqual } from "./equal.ts";
import { readSessionId } from "./session.ts";

/** The stored projection that lists are shown from. It can be rebuilt from the observations at any time. */
export interface StoredIndex {
  /** Version of the extension, thus of its rules, that made it. */
  readonly version: string;
  /** Newest first. */
  readonly attempts: readonly AttemptSummary[];
  readonly gaps: number;
  /** How many observations it was made from: open attempts are read again when there is more to see. */
  readonly observations: number;
}

/** The newest attempts, in one value, so that a list opens without reading all of them. */
interface Head extends StoredIndex {
  /** What identifies each page of older attempts, oldest first. */
  readonly pages: readonly string[];
}

const headPlace = placeOf("popup-index");
const seenPlace = placeOf("seen");
/** The newest of them alone, so that the head is read with no more than it needs. */
const newestSeenPlace = placeOf("seen-newest");
const pagePlace = (page: number) => `${headPlace}-${page}`;

const pageSize = 200;
/** Attempts that the head holds at least. */
const headSize = 100;
/** More than the head holds at most, so that forgetting some attempts brings none back as unread. */
const newestSeen = 1_000;

const empty: Head = { version: "", attempts: [], gaps: 0, observations: 0, pages: [] };

export interface NewestAttempts extends StoredIndex {
  /** Attempts that are stored and not among these. */
  readonly older: number;
}

/** The newest attempts alone: what a list opens with. */
export async function readIndex(): Promise<NewestAttempts> {
  const { head, marks } = await readHead(newestSeenPlace);
  return { ...mark(head, marks), older: head.pages.length * pageSize };
}

/** All attempts. A page that is damaged is left out, and the index no longer counts as up to date. */
export async function readWholeIndex(): Promise<StoredIndex> {
  const { head, marks } = await readHead(seenPlace);
  const places = head.pages.map((_, page) => pagePlace(page));
  const stored = places.length === 0 ? {} : await browser.storage[area].get(places);
  const pages = places.map((place) => readAttempts(stored[place]));
  const older = pages.flatMap((page) => page ?? []).reverse();
  const version = pages.every((page) => page?.length === pageSize) ? head.version : "";
  return mark({ ...head, version, attempts: [...head.attempts, ...older] }, marks);
}

/** Removes what is damaged: the next projection writes all of it anew. */
export const dropIndex = (): Promise<void> => browser.storage[area].remove(headPlace);

/** Writes the index, and of its pages only those that are not as they stand there. */
export function createIndexWriter(): { write(index: StoredIndex): Promise<void> } {
  /** Attempts that are the same object are the same attempt. */
  const known = new Map<string, { readonly page: readonly AttemptSummary[]; readonly mark: string }>();
  const markOf = (place: string, page: readonly AttemptSummary[]) => {
    const before = known.get(place);
    if (before && isSame(page, before.page)) return before.mark;
    const mark = hash(JSON.stringify(page));
    known.set(place, { page, mark });
    return mark;
  };
  return {
    async write({ attempts, ...index }) {
      const count = Math.max(0, Math.floor((attempts.length - headSize) / pageSize));
      const oldestFirst = attempts.toReversed();
      const pages = Array.from({ length: count }, (_, page) =>
        oldestFirst.slice(page * pageSize, (page + 1) * pageSize),
      );
      const marks = pages.map((page, number) => markOf(pagePlace(number), page));
      const head: Head = { ...index, pages: marks, attempts: attempts.slice(0, attempts.length - count * pageSize) };
      const stored = (await browser.storage[area].get(headPlace))[headPlace];
      if (isEqual(stored, head)) return;
      const before = toHead(stored)?.pages ?? [];
      const changed = pages.flatMap((page, number) =>
        marks[number] === before[number] ? [] : [[pagePlace(number), page] as const],
      );
      // In one step: a head never counts pages that are not there.
      await browser.storage[area].set({ ...Object.fromEntries(changed), [headPlace]: head });
      const gone = before.slice(count).map((_, number) => pagePlace(count + number));
      if (gone.length > 0) await browser.storage[area].remove(gone);
    },
  };
}

const isSame = (page: readonly AttemptSummary[], before: readonly AttemptSummary[]) =>
  before.length === page.length && page.every((attempt, index) => attempt === before[index]);

/** FNV-1a over UTF-16 units, twice: equal pages are recognised, nothing is kept safe by it. */
function hash(text: string): string {
  let [one, other] = [0x811c9dc5, 0x01000193];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other + unit, 0x85ebca6b) ^ (other >>> 13);
  }
  return `${text.length}.${(one >>> 0).toString(36)}.${(other >>> 0).toString(36)}`;
}

/** Read marks are the user's own: they outlive every rebuilding of the index. Ids of the newest attempts come first. */
export async function writeSeen(flowIds: readonly string[]): Promise<void> {
  await browser.storage[area].set({ [seenPlace]: flowIds, [newestSeenPlace]: flowIds.slice(0, newestSeen) });
}

export const watchStoredIndex = (onChange: () => void): (() => void) => watchPlaces([headPlace, seenPlace], onChange);

interface Marks {
  readonly seen: ReadonlySet<string>;
  /** Of the browser now. */
  readonly session: string | undefined;
}

async function readHead(place: string): Promise<{ readonly head: Head; readonly marks: Marks }> {
  const [stored, session] = await Promise.all([
    browser.storage[area].get([headPlace, place]),
    readSessionId().catch(() => undefined),
  ]);
  const seen: unknown = stored[place];
  return {
    head: toHead(stored[headPlace]) ?? empty,
    marks: { seen: new Set(Array.isArray(seen) ? seen : []), session },
  };
}

function toHead(stored: unknown): Head | undefined {
  if (typeof stored !== "object" || stored === null) return undefined;
  const { version, gaps, observations, pages, attempts } = stored as Partial<Record<keyof Head, unknown>>;
  const read = readAttempts(attempts);
  if (typeof version !== "string" || typeof gaps !== "number" || typeof observations !== "number") return undefined;
  if (!read || !Array.isArray(pages) || !pages.every((mark) => typeof mark === "string")) return undefined;
  return { version, gaps, observations, pages, attempts: read };
}

/** As much of the shape as a list shows without further questions; undefined when any of them is something else. */
function readAttempts(stored: unknown): readonly AttemptSummary[] | undefined {
  return Array.isArray(stored) && stored.every(isAttempt) ? stored : undefined;
}

function isAttempt(stored: unknown): stored is AttemptSummary {
  if (typeof stored !== "object" || stored === null) return false;
  const { flowId, tabIds, at, state, server, headline } = stored as Partial<Record<keyof AttemptSummary, unknown>>;
  return (
    typeof flowId === "string" &&
    Array.isArray(tabIds) &&
    typeof at === "number" &&
    typeof state === "string" &&
    typeof server === "string" &&
    (headline === undefined || (typeof headline === "object" && headline !== null))
  );
}

function mark(index: StoredIndex, { seen, session }: Marks): StoredIndex {
  const { version, gaps, observations } = index;
  const attempts = index.attempts.map((attempt) => ({
    ...attempt,
    unread: attempt.unread && !seen.has(attempt.flowId),
    // A browser that is started again may give the ids of closed tabs to others (Firefox counts from 1).
    tabIds: session !== undefined && attempt.flowId.startsWith(`${session}:`) ? attempt.tabIds : [],
  }));
  return { version, gaps, observations, attempts };
}
