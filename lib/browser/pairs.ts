import { browser } from "wxt/browser";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { mergePairs, type Pair, pairsOf, withoutAttempts } from "@/lib/report/pairs.ts";
import { area, placeOf, watchPlaces } from "./area.ts";
import { isOnSite } from "./settings.ts";

const place = placeOf("pairs");

/** What is known of each client at each server. It outlives the finished attempts, which are dropped after a while. */
export async function readPairs(): Promise<readonly Pair[]> {
  return ((await browser.storage[area].get(place))[place] as readonly Pair[] | undefined) ?? [];
}

export const watchPairs = (onChange: () => void) => watchPlaces([place], onChange);

export const writePairs = (reports: readonly FlowReport[]) => change((pairs) => mergePairs(pairs, pairsOf(reports)));

/** What was learned from attempts that the user forgets is forgotten with them. */
export const forgetInPairs = (flowIds: ReadonlySet<string>) => change((pairs) => withoutAttempts(pairs, flowIds));

export const forgetPair = (id: string) => change((pairs) => pairs.filter((pair) => pair.id !== id));

export const forgetPairsOfSite = (site: string) =>
  change((pairs) => pairs.filter(({ server }) => !isOnSite(server.replace(/:\d+$/, ""), site)));

export const forgetPairs = () => change(() => []);

async function change(next: (pairs: readonly Pair[]) => readonly Pair[]): Promise<void> {
  await navigator.locks.request(place, async () => {
    await browser.storage[area].set({ [place]: next(await readPairs()) });
  });
}
