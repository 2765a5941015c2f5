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
 * The attempts among `candidates` whose metadata is to be asked for, newest first: seen live in the browser, with an
 * authorization endpoint that can be named, and without an answer that was younger than ten minutes when they started (the
 * answers to one attempt hold for the others there). Of attempts at one place the newest is taken, and none when `all` has
 * one there whose metadata was asked in the last ten minutes before `now` (milliseconds since the epoch).
 */
export function dueDiscoveries(candidates: readonly Flow[], all: readonly Flow[], now: number): DueDiscovery[] {
  const taken = new Set(
    all.flatMap((flow) => {
      const hop = now - askedAt(flow) < freshFor ? hopIn(flow) : undefined;
      return hop === undefined ? [] : [placeOf(hop)];
    }),
  );
  const due: DueDiscovery[] = [];
  for (const flow of [...candidates].sort((left, right) => right.startedAt - left.startedAt)) {
    const isLive = flow.legs.some(({ exchange }) => exchange.source === "browser");
    const hop = isLive && flow.startedAt - askedAt(flow) > freshFor ? hopIn(flow) : undefined;
    if (hop === undefined || taken.has(placeOf(hop))) continue;
    taken.add(placeOf(hop));
    due.push({ flow, start: { from: "hop", hop } });
  }
  return due;
}

const hopIn = ({ legs }: Flow) => hopOf(legs.map(({ exchange }) => exchange));

/** When its last rung was answered, in milliseconds since the epoch; long ago when there is none. */
const askedAt = ({ legs }: Flow): number => legs.findLast(isLadder)?.exchange.endedAt ?? Number.NEGATIVE_INFINITY;
