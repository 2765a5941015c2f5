import type { Observation } from "@/lib/exchange/observation.ts";
import { openFor, resumedAt } from "./attempt.ts";

/** A stretch of time, both ends included, in milliseconds since the epoch. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** All the time that these stand for, of which there is at least one: what goes on after a pause reaches back over it. */
export function rangeOf(observations: readonly Observation[]): Range {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const seen of observations) {
    from = Math.min(from, seen.at, resumedAt(seen));
    to = Math.max(to, seen.at);
  }
  return { from, to };
}

/** Whether what happened in one of them may belong to an attempt in the other. */
export const isNearby = (one: Range, other: Range): boolean =>
  one.from <= other.to + openFor && one.to >= other.from - openFor;

/**
 * Parts of a trace that can be correlated each by itself: nothing joins across a quiet time of more than `openFor`, and a
 * recording joins nothing but itself. `observations` in order of time. Parts whose ranges are nearby, because one goes on after
 * a pause with what is in the other, belong together with all that is between them. What names an attempt of another part, because it was
 * asked about it or registered its client, is found by `linksFrom`.
 */
export function splitUnits(observations: readonly Observation[]): Observation[][] {
  const units: Observation[][] = [];
  const imports = new Map<string, Observation[]>();
  let lastAt = Number.NEGATIVE_INFINITY;
  for (const observation of observations) {
    if (observation.source === "import") {
      const recording = imports.get(observation.session);
      if (recording) recording.push(observation);
      else imports.set(observation.session, [observation]);
      continue;
    }
    const unit = units.at(-1);
    if (unit && observation.at - lastAt <= openFor) unit.push(observation);
    else units.push([observation]);
    lastAt = observation.at;
  }
  return [...units, ...imports.values()];
}
