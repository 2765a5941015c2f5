import { browser } from "wxt/browser";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { Record } from "./draft.ts";
import { isPageRequestUrl } from "./page-requests.ts";
import { readPage } from "./page-text.ts";
import type { LoadedDocument } from "./web-navigation.ts";

/** Minutes; the shortest delay the browser grants. */
const wakeAfter = 0.5;

/** A document that a tab shows now, whoever told of it. */
export interface ShownDocument extends LoadedDocument {
  readonly hasFailed: boolean;
  /** Something of its tab was recorded a while ago. */
  readonly isFollowed: boolean;
}

/** A request that a page made at some time, as the page itself lists it. */
export interface ListedRequest {
  readonly tabId: number;
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Reads a document, and has the browser wake the worker again should it be killed meanwhile: the event that announced the
 * document comes only once.
 */
export async function readSafely(document: LoadedDocument, record: Record): Promise<void> {
  const alarm = `unread-${document.tabId}`;
  await browser.alarms.create(alarm, { delayInMinutes: wakeAfter });
  await readPage(document, record, () => void browser.alarms.clear(alarm));
}

/** Parameters without which no URL is an authorization request or response. */
const telling = /[?&#](?:client_id|request_uri|response_type|code|error|response|id_token|access_token)=/;

/** Whether a document's URL alone can make it part of an attempt; nothing else is looked at. */
export const mayTellOfAttempt = (url: string): boolean => telling.test(url);

/**
 * The documents now shown in tabs of recent attempts, and in tabs whose URL is that of one: a killed worker may have had no
 * time for them, and their events come only once.
 */
export async function findShown(recent: readonly Observation[], session: string): Promise<ShownDocument[]> {
  const api: typeof browser.webNavigation | undefined = browser.webNavigation;
  if (!api) return [];
  // Without access to its site a tab shows no URL.
  const tabs = await browser.tabs.query({}).catch(() => []);
  const followed = tabsOf(recent, session);
  const tabIds = new Set([
    ...followed,
    ...tabs.flatMap(({ id, url }) => (id !== undefined && url !== undefined && mayTellOfAttempt(url) ? id : [])),
  ]);
  const shown = await Promise.all(
    [...tabIds].map(async (tabId) => {
      const frame = await api.getFrame({ tabId, frameId: 0 }).catch(() => null);
      if (!frame || !/^https?:/.test(frame.url)) return [];
      const documentId: string | undefined = frame.documentId;
      const isFollowed = followed.has(tabId);
      return { tabId, frameId: 0, documentId, url: frame.url, hasFailed: frame.errorOccurred, isFollowed };
    }),
  );
  return shown.flat();
}

/** Milliseconds. What a worker was killed over is younger; the tabs of this morning are no news after an update. */
const newsFor = 60_000;

/** Whether a document in a tab of which nothing is known may have come while no worker lived. */
export async function isNew({ tabId, isFollowed, hasFailed }: ShownDocument, now: number): Promise<boolean> {
  if (isFollowed) return true;
  // The browser asks again for what it could not load, and that is told.
  if (hasFailed) return false;
  const [first] = await browser.scripting.executeScript({ target: { tabId }, func: () => performance.timeOrigin });
  return now - (first?.result ?? 0) < newsFor;
}

/** Milliseconds after its last event at which the browser ends a worker that has nothing to do. */
const idleAfter = 30_000;

/**
 * Token, registration and metadata requests that the pages of an attempt list as done. An attempt that was just heard of and a
 * worker that starts mean that another one was killed: it may have taken the events of such a request with it.
 */
export async function findListed(
  recent: readonly Observation[],
  session: string,
  now: number,
): Promise<readonly ListedRequest[]> {
  const here = recent.filter((seen) => seen.source === "browser" && seen.session === session);
  const last = here.at(-1)?.at ?? 0;
  if (now - last > idleAfter) return [];
  const listed = await Promise.all([...tabsOf(recent, session)].map((tabId) => readListed(tabId).catch(() => [])));
  // A page that has been open for hours lists what was asked before its attempt, too.
  const since = new Map(here.toReversed().map((seen) => [seen.tabId, seen.at]));
  return listed.flat().filter(({ tabId, at }) => at >= (since.get(tabId) ?? last));
}

async function readListed(tabId: number): Promise<readonly ListedRequest[]> {
  const [first] = await browser.scripting.executeScript({ target: { tabId }, func: listRequests });
  return (first?.result ?? []).flatMap(({ url, at }) => (isPageRequestUrl(url) ? { tabId, url, at } : []));
}

/** Runs inside the page, so it may use nothing from outside its own braces. */
function listRequests(): { readonly url: string; readonly at: number }[] {
  const made = new Set(["fetch", "xmlhttprequest", "beacon"]);
  return (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
    .filter(({ initiatorType, name }) => made.has(initiatorType) && /token|regist|\/par$|\.well-known\//.test(name))
    .slice(-50)
    .map(({ name, startTime }) => ({ url: name, at: performance.timeOrigin + startTime }));
}

const tabsOf = (recent: readonly Observation[], session: string): ReadonlySet<number> =>
  new Set(recent.flatMap((seen) => (seen.source === "browser" && seen.session === session ? (seen.tabId ?? []) : [])));
