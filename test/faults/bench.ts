import { inject } from "vitest";
import { type ExtensionBrowser, launch } from "../e2e/browser.ts";
import { createVictim, type Victim } from "./worker.ts";

/** A browser of its own, whose worker may be hurt without hurting others. */
export interface Bench {
  readonly browser: ExtensionBrowser;
  readonly victim: Victim;
}

/** Attempts spend most of their time waiting, so more browsers than the machine has cores are of use. */
export const atOnce = 3;

export async function startBench(): Promise<Bench> {
  const browser = await launch({ extension: inject("extension"), grant: "all" });
  return { browser, victim: await createVictim(browser) };
}

export const startBenches = (): Promise<Bench[]> => Promise.all(Array.from({ length: atOnce }, startBench));

/** Does every job, each in the first place that is free. */
export async function spread<Place, Job>(
  places: readonly Place[],
  jobs: readonly Job[],
  work: (place: Place, job: Job) => Promise<void>,
): Promise<void> {
  const waiting = [...jobs];
  await Promise.all(
    places.map(async (place) => {
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await work(place, job);
    }),
  );
}
