import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { Flow } from "@/lib/trace/flow.ts";

/** The stored observations that an attempt was made from: what is removed when it is forgotten, and exported with it. */
export function observationsOf(flow: Flow, observations: readonly Observation[]): Observation[] {
  const ids = new Set<string>([
    ...flow.legs.map(({ exchange }) => exchange.id),
    ...flow.tabEvents.map(({ id }) => id),
    ...flow.gaps.filter(({ tabId }) => tabId !== undefined).map(({ id }) => id),
  ]);
  const requestIds = new Set(flow.legs.flatMap(({ exchange }) => exchange.requestId ?? []));
  return observations.filter(
    (observation) =>
      observation.session === flow.session &&
      (ids.has(observation.id) ||
        ("requestId" in observation && observation.requestId !== undefined && requestIds.has(observation.requestId)) ||
        (observation.tabId !== undefined &&
          flow.tabIds.includes(observation.tabId) &&
          observation.at >= flow.startedAt &&
          observation.at <= flow.lastAt)),
  );
}

interface Retention {
  readonly now: number;
  /** Observations kept at most. */
  readonly limit: number;
  /** Milliseconds. Finished attempts are a login history that nobody asked for; failed ones stay until they are forgotten. */
  readonly keepFinishedFor: number;
  /** Sessions of recordings that the user kept: these stay until they are forgotten. */
  readonly kept: ReadonlySet<string>;
}

/**
 * Ids of what is to be removed at `now`: attempts that did not fail and ended longer ago than that, what belongs to no attempt
 * and is as old, and beyond `limit` observations the oldest attempts, finished ones before failed ones.
 */
export function expired(
  reports: readonly FlowReport[],
  observations: readonly Observation[],
  { now, limit, keepFinishedFor, kept }: Retention,
): string[] {
  const removed = new Set<string>();
  const inFlow = new Set<string>();
  const oldestFirst = [...reports].sort(
    (left, right) => Number(hasFailed(left)) - Number(hasFailed(right)) || left.flow.lastAt - right.flow.lastAt,
  );
  const parts = oldestFirst.map((report) => {
    const ids = observationsOf(report.flow, observations).map(({ id }) => id);
    for (const id of ids) inFlow.add(id);
    return { report, ids };
  });
  for (const { id, at, session } of observations)
    if (!inFlow.has(id) && !kept.has(session) && at < now - keepFinishedFor) removed.add(id);
  for (const { report, ids } of parts) {
    const isOld = !hasFailed(report) && !kept.has(report.flow.session) && report.flow.lastAt < now - keepFinishedFor;
    if (isOld || observations.length - removed.size > limit) for (const id of ids) removed.add(id);
  }
  return [...removed];
}

const hasFailed = ({ diagnosis }: FlowReport) => diagnosis.state === "not-connected";
