import type { RequestType } from "@/lib/exchange/raw-observation.ts";
import { type HarEntry, headerOf } from "./entry.ts";

/** An entry with what is known of its place in the recording. */
export interface PlacedEntry {
  readonly entry: HarEntry;
  readonly type: RequestType;
  /** Absolute target of the redirect that the browser followed or tried to follow. */
  readonly redirect?: string;
  /** Number of the redirect chain, counted in the file; all hops of one chain share it. */
  readonly chain: number;
  readonly tab: number;
  readonly frameId: number;
  /** Milliseconds since the epoch, strictly increasing along a chain. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Origin of the page that started it, lower case. */
  readonly initiator?: string;
}

/** Redirects are followed at once; an equal URL much later is another visit. */
const followWithin = 120_000;
/** Of the redirects to one URL that wait for their target; older ones were not followed. */
const mostWaiting = 50;

function typeOf(entry: HarEntry): RequestType {
  const destination = headerOf(entry.requestHeaders, "sec-fetch-dest")?.toLowerCase();
  if (destination === "iframe" || destination === "frame") return "sub_frame";
  if (destination === "document") return "main_frame";
  if (destination !== undefined && destination !== "") return "fetch";
  if (entry.resourceType !== undefined && entry.resourceType !== "")
    return entry.resourceType === "document" || entry.resourceType === "main_frame"
      ? "main_frame"
      : entry.resourceType === "sub_frame"
        ? "sub_frame"
        : "fetch";
  if (headerOf(entry.requestHeaders, "upgrade-insecure-requests") === "1") return "main_frame";
  if (headerOf(entry.requestHeaders, "x-requested-with") !== undefined) return "fetch";
  const accept = headerOf(entry.requestHeaders, "accept")?.trimStart().toLowerCase();
  if (accept !== undefined && accept !== "*/*") return accept.startsWith("text/html") ? "main_frame" : "fetch";
  if (entry.method !== "GET") return /html/i.test(entry.mimeType) ? "main_frame" : "fetch";
  // A recording without request headers: a page or redirect is what a person followed.
  return /html/i.test(entry.mimeType) || /[?&]response_type=/.test(entry.url) ? "main_frame" : "fetch";
}

/** The redirect's target, from the header where it is complete (Playwright drops its fragment) or the exporter's field. */
function redirectOf(entry: HarEntry): string | undefined {
  if (entry.status === undefined || entry.status < 300 || entry.status > 399 || entry.status === 304) return undefined;
  const target = headerOf(entry.responseHeaders, "location") || entry.redirectUrl;
  if (!target) return undefined;
  try {
    return new URL(target, entry.url).href;
  } catch {
    return target;
  }
}

/**
 * Gives entries, in order of the file, their place: tab, redirect chain, times. Recordings of one tab (Chromium, Firefox,
 * Safari) count a page per navigation, Playwright one per tab, proxies none.
 */
export function placeEntries(entries: readonly HarEntry[], isPagePerTab: boolean): PlacedEntry[] {
  const tabs = new Map<string, number>();
  const frames = new Map<string, number>();
  const expected = new Map<string, PlacedEntry[]>();
  const types = entries.map(typeOf);
  let lastAt = entries.find((entry) => entry.startedAt !== undefined)?.startedAt ?? 0;

  return entries.map((entry, index) => {
    const type = types[index] ?? "fetch";
    const written = entry.startedAt ?? lastAt;
    lastAt = written;
    const tab = isPagePerTab ? numberOf(tabs, entry.page ?? "") : 1;
    const redirect = redirectOf(entry);
    const previous = takeExpected(entry, type, tab, written, expected);
    const startedAt = previous ? Math.max(written, previous.startedAt + 0.001) : written;
    const initiator = initiatorOf(entry, type) ?? previous?.initiator;
    const placed: PlacedEntry = {
      entry,
      type,
      ...(redirect !== undefined && { redirect }),
      chain: previous?.chain ?? index,
      tab,
      frameId: previous?.frameId ?? (type === "sub_frame" ? numberOf(frames, `${tab} ${entry.frame ?? ""}`) : 0),
      startedAt,
      endedAt: startedAt + entry.duration,
      ...(initiator !== undefined && { initiator }),
    };
    if (redirect !== undefined) {
      const key = keyOf(redirect);
      expected.set(key, [...(expected.get(key) ?? []).slice(1 - mostWaiting), placed]);
    }
    return placed;
  });
}

function takeExpected(
  entry: HarEntry,
  type: RequestType,
  tab: number,
  at: number,
  expected: Map<string, PlacedEntry[]>,
): PlacedEntry | undefined {
  const key = keyOf(entry.url);
  const waiting = expected.get(key) ?? [];
  const found = waiting.find(
    (placed) =>
      placed.tab === tab &&
      (placed.type === "fetch") === (type === "fetch") &&
      at >= placed.startedAt - 1 &&
      at - placed.endedAt <= followWithin,
  );
  if (found)
    expected.set(
      key,
      waiting.filter((placed) => placed !== found),
    );
  return found;
}

/** As the browser asks for it: without fragment, parsed. */
function keyOf(url: string): string {
  const bare = url.split("#", 1)[0] ?? "";
  try {
    return new URL(bare).href;
  } catch {
    return bare;
  }
}

function initiatorOf(entry: HarEntry, type: RequestType): string | undefined {
  const candidates = [
    headerOf(entry.requestHeaders, "origin"),
    type === "fetch" ? entry.initiatorUrl : undefined,
    headerOf(entry.requestHeaders, "referer"),
    entry.initiatorUrl,
  ];
  for (const candidate of candidates) {
    const origin = candidate === undefined ? undefined : originOf(candidate);
    if (origin !== undefined) return origin;
  }
  return undefined;
}

export function originOf(url: string): string | undefined {
  try {
    const { origin } = new URL(url);
    return origin === "null" ? undefined : origin;
  } catch {
    return undefined;
  }
}

/** From 1, in order of appearance. */
function numberOf(known: Map<string, number>, key: string): number {
  const found = known.get(key) ?? known.size + 1;
  known.set(key, found);
  return found;
}
