import type { Observation } from "@/lib/exchange/observation.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import type { Row, Unit } from "./unit.ts";

/**
 * The stored observations that an attempt was made from: what is removed when it is forgotten. Another attempt may have come and
 * gone in the same tab meanwhile; what that was made from is not among them.
 */
export function observationsOf(
  flow: Flow,
  observations: readonly Observation[],
  flows: readonly Flow[] = [],
): Observation[] {
  const isOwn = isNamedBy(flow);
  const others = flows
    .filter(({ id, startedAt, lastAt }) => id !== flow.id && startedAt <= flow.lastAt && lastAt >= flow.startedAt)
    .map(isNamedBy);
  return observations.filter(
    (observation) =>
      isOwn(observation) ||
      (observation.session === flow.session &&
        observation.tabId !== undefined &&
        flow.tabIds.includes(observation.tabId) &&
        observation.at >= flow.startedAt &&
        observation.at <= flow.lastAt &&
        !others.some((isOthers) => isOthers(observation))),
  );
}

function isNamedBy({ session, legs, tabEvents, gaps }: Flow): (observation: Observation) => boolean {
  const exchanges = legs.map(({ exchange }) => exchange);
  const ids = new Set<string | undefined>([
    ...exchanges.flatMap(({ id, page, navigation }) => [id, page?.id, navigation?.id]),
    ...tabEvents.map(({ id }) => id),
    ...gaps.filter(({ tabId }) => tabId !== undefined).map(({ id }) => id),
  ]);
  const requestIds = new Set(exchanges.flatMap(({ requestId }) => requestId ?? []));
  return (seen) =>
    seen.session === session &&
    (ids.has(seen.id) || ("requestId" in seen && seen.requestId !== undefined && requestIds.has(seen.requestId)));
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

/** What is stored, without holding it. */
export interface Kept {
  readonly units: readonly Unit[];
  readonly count: number;
  /** A unit's observations, with those of other units that are part of its attempts. */
  open(key: string): Promise<{ readonly observations: readonly Observation[]; readonly flows: readonly Flow[] }>;
  /** Nothing in this unit belongs to no attempt. */
  tidied(key: string): Promise<void>;
}

/** Milliseconds. */
const underWayFor = 5 * 60_000;

/**
 * What is to be removed at `now`: attempts that did not fail and ended longer ago than that, what belongs to no attempt
 * and is as old, and beyond `limit` observations the oldest attempts, finished ones before failed ones. What is under way stays:
 * the room is wanted for the rest of it.
 */
export async function expired(
  { units, count, open, tidied }: Kept,
  { now, limit, keepFinishedFor, kept }: Retention,
): Promise<Observation[]> {
  const removed = new Map<string, Observation>();
  const remove = (observations: readonly Observation[]) => {
    for (const observation of observations) removed.set(observation.id, observation);
  };
  let latest: { readonly key: string; readonly opened: ReturnType<Kept["open"]> } | undefined;
  const opened = (key: string) => {
    latest = latest?.key === key ? latest : { key, opened: open(key) };
    return latest.opened;
  };
  const before = now - Math.max(keepFinishedFor, underWayFor);
  const isOld = (at: number, session: string) => !kept.has(session) && at < before;

  for (const { key, to, rows, times, isTidy } of units) {
    if (isTidy || times !== undefined || to >= before) continue;
    const { observations, flows } = await opened(key);
    const inFlow = new Set(flows.flatMap((flow) => observationsOf(flow, observations).map(({ id }) => id)));
    const loose = observations.filter(({ id, at, session }) => !inFlow.has(id) && isOld(at, session));
    remove(loose);
    if (loose.length === 0 && rows.every(hasFailed)) await tidied(key);
  }
  const oldestFirst = units
    .flatMap(({ key, rows }) => rows.map((row) => ({ key, row })))
    .sort(
      (left, right) => Number(hasFailed(left.row)) - Number(hasFailed(right.row)) || left.row.lastAt - right.row.lastAt,
    );
  for (const { key, row } of oldestFirst) {
    const isUnderWay = now - row.lastAt < underWayFor;
    const isBeyond = !isUnderWay && count - removed.size > limit;
    if (!isBeyond && (hasFailed(row) || isGoingOn(row) || !isOld(row.lastAt, row.session))) continue;
    const { observations, flows } = await opened(key);
    const flow = flows.find(({ id }) => id === row.summary.flowId);
    if (flow) remove(observationsOf(flow, observations, flows));
  }
  return [...removed.values()];
}

const hasFailed = ({ summary }: Row) => summary.state === "not-connected";
const isGoingOn = ({ summary }: Row) => summary.state === "in-progress";
