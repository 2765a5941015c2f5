import type { Flow } from "@/lib/trace/flow.ts";
import type { DiscoveryStart } from "./ask.ts";
import { hopOf } from "./hop.ts";

/** A discovery to run, and the attempt that it is for. */
export interface DueDiscovery {
  readonly flow: Flow;
  readonly start: Extract<DiscoveryStart, { from: "hop" }>;
}

/** Another attempt at the same place within this time is not worth asking again for. */
const freshFor = 10 * 60_000;

const isLadder = ({ exchange }: Flow["legs"][number]): boolean => exchange.purpose?.startsWith("ladder/") === true;

/** Everything that decides which places are asked: attempts that agree in it share their answers. */
const placeOf = ({ clientId, endpoint, resource }: DueDiscovery["start"]["hop"]): string =>
  JSON.stringify([endpoint, resource ?? "", clientId?.includes("://") ? clientId : ""]);

/**
 * The attempts among `candidates` whose metadata was not asked for yet, newest first: seen live in the browser, with an
 * authorization endpoint that can be named. Of attempts at one place the newest is taken, and none when `all` has one
 * there whose metadata was asked in the last ten minutes before `now` (milliseconds since the epoch).
 */
export function dueDiscoveries(candidates: readonly Flow[], all: readonly Flow[], now: number): DueDiscovery[] {
  const asked = all.flatMap((flow) => {
    const last = flow.legs.findLast(isLadder);
    const hop = last && hopOf(flow.legs.map(({ exchange }) => exchange));
    return last && hop ? [{ flowId: flow.id, place: placeOf(hop), at: last.exchange.endedAt }] : [];
  });
  const taken = new Set(asked.filter(({ at }) => now - at < freshFor).map(({ place }) => place));
  const done = new Set(asked.map(({ flowId }) => flowId));
  const due: DueDiscovery[] = [];
  for (const flow of [...candidates].sort((left, right) => right.startedAt - left.startedAt)) {
    const isLive = flow.legs.some(({ exchange }) => exchange.source === "browser");
    const hop = isLive && !done.has(flow.id) ? hopOf(flow.legs.map(({ exchange }) => exchange)) : undefined;
    if (hop === undefined || taken.has(placeOf(hop))) continue;
    taken.add(placeOf(hop));
    due.push({ flow, start: { from: "hop", hop } });
  }
  return due;
}
