import type { Observation } from "@/lib/exchange/observation.ts";
import type { GapReason, RawObservation } from "@/lib/exchange/raw-observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { openFor } from "@/lib/trace/attempt.ts";
import { createTracker, type Tracker } from "@/lib/trace/track.ts";
import type { Draft } from "./capture/draft.ts";
import type { Session } from "./session.ts";
import { isIgnored, type Settings } from "./settings.ts";
import type { Store } from "./store.ts";

export interface Recorder {
  /** Takes the event at once and keeps the order of arrival; nothing of it is ready yet. */
  record(draft: Draft): void;
  /** True once everything recorded so far was decided on and this tab is part of an attempt. */
  isTracked(tabId: number): Promise<boolean>;
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
  readonly store: Store;
  readonly settings: Promise<Settings>;
  readonly now: () => number;
  /** Makes room in a full store; true when something was removed. */
  readonly makeRoom: () => Promise<boolean>;
  readonly onKept: (observation: Observation) => void;
  /** A document, or the browser's error page, took the place of another one; what was set for its tab is cleared. */
  readonly onReplaced: (tabId: number, by: "document" | "error page") => void;
}

/**
 * The one way into the store: redacts, asks the tracker, stores, one event after the other. Everything a handler needs is
 * awaited inside, so that the events that wake a dead worker wait for it instead of being lost.
 */
export function createRecorder({ session, store, settings, now, makeRoom, onKept, onReplaced }: Parts): Recorder {
  let tail: Promise<unknown> = Promise.resolve();
  let applied: Settings | undefined;
  let isFull = false;
  /** Requests that began in this life of the worker, newest last. */
  const begun = new Set<string>();

  /** What cannot be read is not known; recording goes on. */
  const readRecent = () => store.since(now() - openFor).catch(() => []);
  const ready = Promise.all([session, settings]).then(async ([key, read]) => {
    applied ??= read;
    const observations = await readRecent();
    const redactor = createRedactor(key);
    for (const earlier of openBefore(observations, key.id)) {
      const gap = redactor.redact({ ...gapOf("browser-restarted", { at: now() }), session: earlier });
      if (gap && (await put(gap))) onKept(gap);
    }
    const tracker: Tracker = createTracker(observations);
    return { key, redactor, tracker, observations };
  });

  const enqueue = <Result>(task: () => Promise<Result>): Promise<Result> => {
    const result = tail.then(task);
    tail = result.catch(() => undefined);
    return result;
  };

  async function put(observation: Observation): Promise<boolean> {
    try {
      await store.put(observation);
      return true;
    } catch {
      if (!(await makeRoom().catch(() => false))) return false;
      return store.put(observation).then(
        () => true,
        () => false,
      );
    }
  }

  /** Whether this answers a request that began before this life of the worker. */
  function isLate(draft: Draft): boolean {
    if (draft.kind === "request") {
      begun.add(draft.requestId);
      const [oldest] = begun;
      if (begun.size > mostBegun && oldest !== undefined) begun.delete(oldest);
    }
    return (draft.kind === "response" || draft.kind === "failure") && !begun.has(draft.requestId);
  }

  function tellReplaced(draft: Draft) {
    if (draft.kind !== "navigation" || draft.how === "same-document") return;
    if (draft.frameId === 0 && draft.tabId !== undefined)
      onReplaced(draft.tabId, draft.how === "committed" ? "document" : "error page");
  }

  async function ingest(draft: Draft): Promise<void> {
    const { key, redactor, tracker } = await ready;
    tellReplaced(draft);
    if (applied?.isPaused || ("url" in draft && applied && isIgnored(applied, draft.url))) return;
    const redact = (added: Draft) => redactor.redact({ ...added, session: key.id } as RawObservation);
    const observation =
      redact(draft) ?? (draft.kind === "page" ? redact(gapOf("page-text-unreadable", draft)) : undefined);
    if (!observation) return;
    const isOrphan = isLate(draft);
    const arrived = tracker.departs(observation) ? [redact(leftTab(draft)), observation] : [observation];
    for (const each of arrived) {
      if (!each) continue;
      if (!tracker.keep(each)) {
        if (!isOrphan) continue;
        // Of a page's request nothing is known without its body, but something was missed.
        const isPart = draft.isOfPage ? isFollowed(draft.tabId, tracker, key) : tracker.adopt(each);
        if (!isPart) continue;
        arrived.push(redact(gapOf("worker-started-late", draft)));
        if (draft.isOfPage) continue;
      }
      if (!(await put(each))) {
        isFull = true;
        continue;
      }
      onKept(each);
      if (isFull) {
        const gap = redact(gapOf("quota", { at: each.at }));
        isFull = !gap || !(await put(gap));
        if (gap && !isFull) onKept(gap);
      }
    }
  }

  return {
    record(draft) {
      void enqueue(() => ingest(draft)).catch(() => {
        // An event that cannot be handled must not take the following ones with it.
      });
    },
    async isTracked(tabId) {
      await tail;
      const { tracker, key } = await ready;
      return !applied?.isPaused && tracker.isTracked(key.id, tabId);
    },
    async settled() {
      await tail;
    },
    async recent() {
      const { observations, key } = await ready;
      return { observations, session: key.id };
    },
    applySettings(changed) {
      applied = changed;
    },
    async restart() {
      await enqueue(async () => {
        (await ready).tracker = createTracker(await readRecent());
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

/** More than a browser has under way at once. */
const mostBegun = 1_000;

const gapOf = (reason: GapReason, { at, tabId }: Pick<Draft, "at" | "tabId">) => ({
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
