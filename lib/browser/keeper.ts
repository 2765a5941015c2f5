import type { Observation } from "@/lib/exchange/observation.ts";
import type { Losses } from "./losses.ts";
import type { Store } from "./store.ts";

/** Stores observations, and says with a gap which it could not, however long that takes. */
export interface Keeper {
  /** Handed to the store at once: the worker may be killed at any time. Resolves to whether it was stored; never rejects. */
  keep(observation: Observation): Promise<boolean>;
  /** Tries again to store the gaps of what was lost. */
  tellLosses(): Promise<void>;
  /** Resolves when everything handed over so far is stored, or lost for good. */
  settled(): Promise<void>;
}

interface Parts {
  readonly store: Store;
  readonly losses: Losses;
  /** Makes room in a full store; true when something was removed. */
  readonly makeRoom: () => Promise<boolean>;
  /** The gap that takes the place of an observation. */
  readonly toGap: (lost: Observation) => Observation | undefined;
  readonly onKept: (observation: Observation) => void;
  /** Something could not be stored: `tellLosses` is to be called some time later. */
  readonly onLost: () => void;
}

/** Milliseconds of one tab that one gap stands for, and gaps that are remembered while there is no room for them. */
const oneGapFor = 1_000;
const mostLost = 200;

export function createKeeper({ store, losses, makeRoom, toGap, onKept, onLost }: Parts): Keeper {
  const storing = new Set<Promise<unknown>>();
  let lost: readonly Observation[] = [];
  const restored = losses.read().then(
    (untold) => {
      lost = [...untold, ...lost];
    },
    () => undefined,
  );
  let room: Promise<boolean> | undefined;
  /** Room was made and did not help: what is stored is not removed for nothing. */
  let isRoomUseless = false;
  let isTelling = false;

  const tryPut = (observation: Observation) =>
    store.put(observation).then(
      () => true,
      () => false,
    );
  const remember = () => losses.write(lost).catch(() => undefined);

  async function put(observation: Observation): Promise<boolean> {
    // The second try opens a connection that the browser ended anew; nothing is to be removed for that.
    if ((await tryPut(observation)) || (await tryPut(observation))) {
      isRoomUseless = false;
      return true;
    }
    if (isRoomUseless) return false;
    // Whatever waits for room waits for the same.
    room ??= makeRoom().catch(() => false);
    const hasRoom = await room;
    room = undefined;
    const isStored = hasRoom && (await tryPut(observation));
    isRoomUseless = !isStored;
    return isStored;
  }

  async function lose(observation: Observation): Promise<void> {
    await restored;
    const { at, tabId } = observation;
    const isToldOf = lost.some((gap) => gap.tabId === tabId && Math.abs(gap.at - at) < oneGapFor);
    const gap = isToldOf || lost.length >= mostLost ? undefined : toGap(observation);
    if (!gap) return;
    lost = [...lost, gap];
    await remember();
    onLost();
  }

  async function tellLosses(): Promise<void> {
    await restored;
    if (isTelling || lost.length === 0) return;
    isTelling = true;
    for (const gap of lost) {
      if (!(await tryPut(gap))) break;
      onKept(gap);
      lost = lost.filter((each) => each !== gap);
    }
    isTelling = false;
    await remember();
    if (lost.length > 0) onLost();
  }

  return {
    keep(observation) {
      const stored = put(observation)
        .then(async (isStored) => {
          if (isStored) onKept(observation);
          await (isStored ? tellLosses() : lose(observation));
          return isStored;
        })
        .catch(() => false)
        .finally(() => storing.delete(stored));
      storing.add(stored);
      return stored;
    },
    tellLosses,
    async settled() {
      while (storing.size > 0) await Promise.allSettled(storing);
    },
  };
}
