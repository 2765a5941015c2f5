import { browser } from "wxt/browser";
import { mergePairs, type Pair, withoutAttempts } from "@/lib/report/pairs.ts";
import { area, placeOf, watchPlaces } from "./area.ts";
import { isEqual } from "./equal.ts";
import { isOnSite } from "./settings.ts";

const place = placeOf("pairs");

/** What is known of each client at each server. It outlives the finished attempts, which are dropped after a while. */
export async function readPairs(): Promise<readonly Pair[]> {
  const found: unknown = (await browser.storage[area].get(place))[place];
  return Array.isArray(found) ? found.filter(isPair) : [];
}

/** As much of the shape as is relied on. */
function isPair(found: Partial<Pair> | null): found is Pair {
  return (
    typeof found?.id === "string" && typeof found.server === "string" && typeof found.lastAttempt?.flowId === "string"
  );
}

export const watchPairs = (onChange: () => void) => watchPlaces([place], onChange);

/** Takes in what the stored attempts say of the pairs of which there is news. */
export function writePairs(stored: readonly Pair[], isNews: (pair: Pair) => boolean): Promise<void> {
  const changed = new Set(stored.filter(isNews).map(({ id }) => id));
  return change((pairs) =>
    mergePairs(
      pairs,
      stored.filter(({ id }) => changed.has(id)),
    ),
  );
}

/** What was learned from attempts that the user forgets is forgotten with them. */
export const forgetInPairs = (flowIds: ReadonlySet<string>) => change((pairs) => withoutAttempts(pairs, flowIds));

export const forgetPair = (id: string) => change((pairs) => pairs.filter((pair) => pair.id !== id));

export const forgetPairsOfSite = (site: string) =>
  change((pairs) => pairs.filter(({ server }) => !isOnSite(server.replace(/:\d+$/, ""), site)));

export const forgetPairs = () => change(() => []);

async function change(next: (pairs: readonly Pair[]) => readonly Pair[]): Promise<void> {
  await navigator.locks.request(place, async () => {
    const before = await readPairs();
    const after = next(before);
    if (!isEqual(before, after)) await browser.storage[area].set({ [place]: after });
  });
}
