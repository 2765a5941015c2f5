import type { Observation } from "@/lib/exchange/observation.ts";
import type { GapReason, RawObservation } from "@/lib/exchange/raw-observation.ts";
import { createRedactor, type Redactor } from "@/lib/redaction/redact.ts";
import { openFor, resumableFor } from "@/lib/trace/attempt.ts";
import { createTracker, type Tracker } from "@/lib/trace/track.ts";
import type { Draft } from "./capture/draft.ts";
import { isPageRequestUrl } from "./capture/page-requests.ts";
import type { ListedRequest } from "./capture/recover.ts";
import type { LoadedDocument } from "./capture/web-navigation.ts";
import { createClock } from "./clock.ts";
import { createHeard, type Heard } from "./heard.ts";
import { createKeeper, type Keeper } from "./keeper.ts";
import type { Losses } from "./losses.ts";
import type { Session } from "./session.ts";
import { isIgnored, type Settings } from "./settings.ts";
import type { Store, Timeline } from "./store.ts";
import type { Waiting } from "./waiting.ts";

export interface Recorder {
  /** Takes the event at once and keeps the order of arrival; nothing of it is ready yet. */
  record(draft: Draft): void;
  /** True once everything recorded so far was decided on and this tab is part of an attempt. */
  isTracked(tabId: number): Promise<boolean>;
  /** Takes a document found in a tab, with a gap, when it is part of an attempt and no event told of it; true when it was taken. */
  recover(shown: LoadedDocument & { readonly hasFailed?: boolean }): Promise<boolean>;
  /** Marks a gap when this request of a followed page was made and its answer never heard of. */
  miss(listed: ListedRequest): void;
  /** Tries again to store the gaps of what was lost. */
  tellLosses(): Promise<void>;
  /** Resolves when everything recorded so far is stored. */
  settled(): Promise<void>;
  /** What the worker found stored when it started. */
  recent(): Promise<{ readonly observations: readonly Observation[]; readonly session: string }>;
  applySettings(settings: Settings): void;
  /** Forgets which tabs are followed, after the observations were removed. */
  restart(): Promise<void>;
}

interface Parts {
  readonly session: Promise<Session>;
  readonly store: Store & Pick<Timeline, "between">;
  readonly losses: Losses;
  readonly waiting: Waiting;
  readonly settings: Promise<Settings>;
  readonly now: () => number;
  /** Makes room in a full store; true when something was removed. */
  readonly makeRoom: () => Promise<boolean>;
  readonly onKept: (observation: Observation) => void;
  /** Something could not be stored: `tellLosses` is to be called some time later. */
  readonly onLost: () => void;
  /** A document, or the browser's error page, took the place of another one; what was set for its tab is cleared. */
  readonly onReplaced: (tabId: number, by: "document" | "error page") => void;
  /** Documents that announced themselves to earlier workers of this session, kept or not. */
  readonly heardDocuments: Promise<readonly string[]>;
  readonly onDocument: (documentId: string, url: string) => void;
}

interface Tools {
  readonly key: Session;
  readonly redactor: Redactor;
  readonly observations: readonly Observation[];
  readonly heard: Heard;
  readonly onTime: (draft: Draft) => Draft;
  readonly keep: Keeper["keep"];
  readonly keeper: Pick<Keeper, "tellLosses" | "settled">;
  tracker: Tracker;
}

/**
 * The one way into the store: redacts, asks the tracker, stores. Decisions are taken one event after the other, in order of
 * arrival; everything a handler needs is awaited inside, so that the events that wake a dead worker wait for it instead of being
 * lost. What was decided is handed to the store at once and not waited for: a worker may be killed at any time.
 */
export function createRecorder(parts: Parts): Recorder {
  const { session, store, losses, waiting, settings, now, makeRoom, onKept, onLost, onReplaced } = parts;
  let tail: Promise<unknown> = Promise.resolve();
  let applied: Settings | undefined;
  /** Requests that began in this life of the worker, newest last. */
  const begun = new Set<string>();
  /** When something was last kept of a tab. */
  let followedAt = 0;
  /** Documents that were found, and may yet announce themselves. */
  const found = new Set<string>();

  /** What cannot be read is not known; recording goes on. */
  async function readRecent(key: Session): Promise<readonly Observation[]> {
    const [oldest, until] = [now() - resumableFor, now() - openFor];
    const ranges = (await waiting.read().catch(() => [])).filter(({ from }) => from > oldest && from < until);
    const [recent, ...earlier] = await Promise.all([
      store.since(until).catch(() => []),
      ...ranges.map(({ from, to }) =>
        store.between(from, Math.min(to, until), mostOfWaiting).then(
          ({ observations }) => observations.filter((seen) => seen.session === key.id),
          () => [],
        ),
      ),
    ]);
    return [...earlier.flat(), ...recent];
  }
  const ready = Promise.all([session, settings, parts.heardDocuments.catch(() => [])]).then(
    async ([key, read, documents]): Promise<Tools> => {
      applied ??= read;
      const observations = await readRecent(key);
      for (const { source, tabId, at } of observations)
        if (source === "browser" && tabId !== undefined) followedAt = Math.max(followedAt, at);
      const redactor = createRedactor(key);
      const toGap = ({ session: id, ...seen }: Observation) =>
        redactor.redact({ ...gapOf("quota", seen), session: id });
      const { keep, ...keeper } = createKeeper({ store, losses, makeRoom, toGap, onKept, onLost });
      for (const earlier of openBefore(observations, key.id)) {
        const gap = redactor.redact({ ...gapOf("browser-restarted", { at: now() }), session: earlier });
        if (gap) void keep(gap);
      }
      const heard = createHeard(observations, key.id);
      for (const documentId of documents) heard.noteDocument(documentId);
      const onTime = createClock(observations, key.id, now);
      return { key, redactor, observations, heard, onTime, keep, keeper, tracker: createTracker(observations) };
    },
  );

  const enqueue = <Result>(task: () => Promise<Result>): Promise<Result> => {
    const result = tail.then(task);
    tail = result.catch(() => undefined);
    return result;
  };
  /** An event that cannot be handled must not take the following ones with it. */
  const take = (task: () => Promise<unknown>) => void enqueue(task).catch(() => undefined);

  /** Whether this answers a request that began before this life of the worker. */
  function isLate(draft: Draft): boolean {
    if (draft.kind === "request") {
      begun.add(draft.requestId);
      const [oldest] = begun;
      if (begun.size > mostBegun && oldest !== undefined) begun.delete(oldest);
    }
    return (draft.kind === "response" || draft.kind === "failure") && !begun.has(draft.requestId);
  }

  /** Whether the answer of a page is to a request that may have been a leg of an attempt. Workers of pages have no tab. */
  const isMissed = (draft: Draft, tracker: Tracker, key: Session) =>
    "url" in draft &&
    isPageRequestUrl(draft.url) &&
    (draft.tabId === undefined ? draft.at - followedAt < newsFor : isFollowed(draft.tabId, tracker, key));

  function tellReplaced(draft: Draft) {
    if (draft.kind !== "navigation" || draft.how === "same-document") return;
    if (draft.frameId === 0 && draft.tabId !== undefined)
      onReplaced(draft.tabId, draft.how === "committed" ? "document" : "error page");
  }

  const isUnwanted = (draft: Draft) =>
    applied?.isPaused === true || ("url" in draft && applied !== undefined && isIgnored(applied, draft.url));

  async function ingest(arriving: Draft): Promise<void> {
    const { key, redactor, tracker, heard, onTime, keep } = await ready;
    const draft = onTime(arriving);
    tellReplaced(draft);
    if (draft.kind === "navigation" && draft.documentId !== undefined) {
      if (found.has(draft.documentId)) return;
      heard.noteDocument(draft.documentId);
    }
    /** What could not be stored is to be found again, what was not wanted is not. */
    const decided = () => {
      if (draft.kind === "navigation" && draft.documentId !== undefined) parts.onDocument(draft.documentId, draft.url);
    };
    if (isUnwanted(draft)) return decided();
    const redact = (added: Draft) => redactor.redact({ ...added, session: key.id } as RawObservation);
    const observation =
      redact(draft) ?? (draft.kind === "page" ? redact(gapOf("page-text-unreadable", draft)) : undefined);
    if (!observation) return;
    const isOrphan = isLate(draft);
    const arrived = tracker.departs(observation) ? [redact(leftTab(draft)), observation] : [observation];
    for (const each of arrived) {
      if (!each) continue;
      let kept = tracker.keep(each);
      if (!kept) {
        decided();
        if (!isOrphan || each !== observation) continue;
        // Of a page's request nothing is known without its body, but something was missed.
        if (!draft.isOfPage) kept = tracker.adopt(each);
        if (kept || (draft.isOfPage && isMissed(draft, tracker, key)))
          arrived.push(redact(gapOf("worker-started-late", draft)));
        if (!kept) continue;
      }
      heard.note(kept);
      if (kept.tabId !== undefined) followedAt = Math.max(followedAt, kept.at);
      void keep(kept).then((isStored) => isStored && decided());
      if (tracker.isFull(kept)) arrived.push(redact(gapOf("truncated", draft)));
    }
    waiting.write(tracker.waiting());
  }

  async function recover({ documentId, url, hasFailed, tabId, frameId }: Parameters<Recorder["recover"]>[0]) {
    const { key, redactor, tracker, heard, onTime, keep } = await ready;
    const how = hasFailed ? ("failed" as const) : ("committed" as const);
    const draft: Draft = { kind: "navigation", source: "browser", at: now(), tabId, frameId, how, url };
    if (documentId === undefined || heard.hasDocument(documentId) || isUnwanted(draft)) return false;
    const redact = (added: Draft) => redactor.redact({ ...onTime(added), session: key.id } as RawObservation);
    const shown = redact({ ...draft, documentId });
    if (shown?.kind !== "navigation") return false;
    // The error page that the browser shows has an id of its own, which no event names.
    if (hasFailed && heard.wasAnswered(tabId, shown.url)) return false;
    const wasAsked = heard.wasAsked(tabId, shown.url);
    const navigation = tracker.keep(shown);
    if (!navigation) return false;
    heard.note(navigation);
    found.add(documentId);
    const gap = wasAsked ? undefined : redact(gapOf("worker-started-late", draft));
    void keep(navigation).then((isStored) => isStored && parts.onDocument(documentId, url));
    if (gap) void keep(gap);
    return true;
  }

  async function miss({ tabId, url, at }: ListedRequest): Promise<void> {
    const { key, redactor, tracker, heard, keep } = await ready;
    if (isUnwanted({ kind: "failure", source: "browser", at, tabId, url, requestId: "", error: "" })) return;
    const request = { kind: "request", requestId: "listed", method: "POST", type: "fetch", session: key.id } as const;
    const seen = redactor.redact({ ...request, source: "browser", at, tabId, url });
    if (seen?.kind !== "request" || heard.wasAnswered(tabId, seen.url) || !isFollowed(tabId, tracker, key)) return;
    const gap = redactor.redact({ ...gapOf("worker-started-late", { at, tabId }), session: key.id });
    if (gap) void keep(gap);
  }

  /** Everything recorded so far was decided on and is stored, or lost for good. */
  async function settled() {
    await tail;
    await (await ready).keeper.settled();
  }

  return {
    record: (draft) => take(() => ingest(draft)),
    async isTracked(tabId) {
      await tail;
      const { tracker, key } = await ready;
      return !applied?.isPaused && tracker.isTracked(key.id, tabId);
    },
    recover: (shown) => enqueue(() => recover(shown)),
    miss: (listed) => take(() => miss(listed)),
    tellLosses: async () => (await ready).keeper.tellLosses(),
    settled,
    async recent() {
      const { observations, key } = await ready;
      return { observations, session: key.id };
    },
    applySettings(changed) {
      applied = changed;
    },
    async restart() {
      await settled();
      await enqueue(async () => {
        (await ready).tracker = createTracker(await readRecent(await session));
      });
    },
  };
}

const isFollowed = (tabId: number | undefined, tracker: Tracker, { id }: Session): boolean =>
  tabId !== undefined && tracker.isTracked(id, tabId);

/** Sessions of the browser, other than this one, that left observations and no word of their end. */
function openBefore(observations: readonly Observation[], session: string): readonly string[] {
  const earlier = observations.filter((seen) => seen.source === "browser" && seen.session !== session);
  const told = new Set(earlier.flatMap((seen) => (isRestart(seen) ? seen.session : [])));
  return [...new Set(earlier.map((seen) => seen.session))].filter((each) => !told.has(each));
}
const isRestart = (seen: Observation) => seen.kind === "gap" && seen.reason === "browser-restarted";

/** Milliseconds after which the worker of some page most likely asks for itself. */
const newsFor = 60_000;
/** Observations read of one attempt that waits: beyond these a page sends the person around. */
const mostOfWaiting = 500;

/** More than a browser has under way at once. */
const mostBegun = 1_000;

const gapOf = (reason: GapReason, { at, tabId }: { readonly at: number; readonly tabId?: number | undefined }) => ({
  kind: "gap" as const,
  reason,
  source: "browser" as const,
  at,
  ...(tabId !== undefined && { tabId }),
});

const leftTab = ({ at, tabId }: Draft): Draft => ({
  kind: "tab",
  event: "left",
  source: "browser",
  at,
  ...(tabId !== undefined && { tabId }),
});
