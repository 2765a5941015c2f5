import { browser } from "wxt/browser";
import { mergePairs, type Pair, withoutAttempts } from "@/lib/report/pairs.ts";
import { area, placeOf, watchPlaces } from "./area.ts";
import { isEqual } from "./equal.ts";
import { isOnSite } from "./settings.ts";

const place = placeOf("pairs");
const forgottenPlace = placeOf("forgotten-pairs");

/** Pairs that the user forgot while their attempts are kept: when the newest of these began, by the pair's id. */
type Forgotten = Readonly<Record<string, number>>;

interface Known {
  readonly pairs: readonly Pair[];
  readonly forgotten: Forgotten;
}

/** What is known of each client at each server. It outlives the finished attempts, which are dropped after a while. */
export const readPairs = async (): Promise<readonly Pair[]> => (await readKnown()).pairs;

/** As much of the shape as is relied on. */
function isPair(found: Partial<Pair> | null): found is Pair {
  return (
    typeof found?.id === "string" && typeof found.server === "string" && typeof found.lastAttempt?.flowId === "string"
  );
}

export const watchPairs = (onChange: () => void) => watchPlaces([place], onChange);

/**
 * Takes in what the stored attempts say of the pairs of which there is news. Of a pair that was forgotten, only what began later
 * counts.
 */
export function writePairs(stored: readonly Pair[], isNews: (pair: Pair) => boolean): Promise<void> {
  const ids = new Set(stored.map(({ id }) => id));
  const changed = new Set(stored.filter(isNews).map(({ id }) => id));
  return change(({ pairs, forgotten }) => {
    const isLater = ({ id, lastAttempt }: Pair) => lastAttempt.at > (forgotten[id] ?? Number.NEGATIVE_INFINITY);
    return {
      pairs: mergePairs(
        pairs,
        stored.filter((pair) => changed.has(pair.id) && isLater(pair)),
      ),
      // Without an attempt there is nothing that could bring the pair back.
      forgotten: where(forgotten, (id) => ids.has(id)),
    };
  });
}

/** What was learned from attempts that the user forgets is forgotten with them. */
export const forgetInPairs = (flowIds: ReadonlySet<string>) =>
  change((known) => ({ ...known, pairs: withoutAttempts(known.pairs, flowIds) }));

export const forgetPair = (id: string) =>
  change(({ pairs, forgotten }) => {
    const gone = pairs.find((pair) => pair.id === id);
    return {
      pairs: pairs.filter((pair) => pair !== gone),
      forgotten: gone ? { ...forgotten, [id]: gone.lastAttempt.at } : forgotten,
    };
  });

export const forgetPairsOfSite = (site: string) =>
  change((known) => ({
    ...known,
    pairs: known.pairs.filter(({ server }) => !isOnSite(server.replace(/:\d+$/, ""), site)),
  }));

export const forgetPairs = () => change(() => ({ pairs: [], forgotten: {} }));

async function readKnown(): Promise<Known> {
  const found = await browser.storage[area].get([place, forgottenPlace]);
  const pairs: unknown = found[place];
  const forgotten: unknown = found[forgottenPlace];
  return {
    pairs: Array.isArray(pairs) ? pairs.filter(isPair) : [],
    forgotten: typeof forgotten === "object" && forgotten !== null ? (forgotten as Forgotten) : {},
  };
}

async function change(next: (known: Known) => Known): Promise<void> {
  await navigator.locks.request(place, async () => {
    const before = await readKnown();
    const after = next(before);
    if (!isEqual(before, after))
      await browser.storage[area].set({ [place]: after.pairs, [forgottenPlace]: after.forgotten });
  });
}

const where = (forgotten: Forgotten, isKept: (id: string) => boolean): Forgotten =>
  Object.fromEntries(Object.entries(forgotten).filter(([id]) => isKept(id)));
