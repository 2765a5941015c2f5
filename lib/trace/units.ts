import type { Observation } from "@/lib/exchange/observation.ts";
import { openFor } from "./attempt.ts";

/**
 * Parts of a trace that can be correlated each by itself: nothing joins across a quiet time of more than `openFor`, and a
 * recording joins nothing but itself. `observations` in order of time. What names an attempt of another part, because it was
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
