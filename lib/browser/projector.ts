import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { summarise } from "@/lib/report/summary.ts";
import { expired, observationsOf } from "./flow-observations.ts";
import { readIndex, type StoredIndex, writeIndex, writeSeen } from "./popup-index.ts";
import { isOnSite } from "./settings.ts";
import { type Store, storeLimit } from "./store.ts";

/** Keeps the popup's index equal to what the stored observations say. */
export interface Projector {
  add(observation: Observation): void;
  /** Diagnoses what is stored and writes the index; calls while one runs become one more run. */
  project(): Promise<void>;
  /** What is stored, diagnosed now. */
  reports(): Promise<readonly FlowReport[]>;
  forget(flowId: string): Promise<void>;
  /** Forgets the attempts with a leg on this host or below it. */
  forgetSite(host: string): Promise<void>;
  forgetAll(): Promise<void>;
  markSeen(): Promise<void>;
  /** Removes what has expired. */
  retain(): Promise<void>;
  /** Removes a tenth of what is stored, oldest attempts first; false when there is nothing to remove. */
  makeRoom(): Promise<boolean>;
}

interface Parts {
  readonly store: Store;
  readonly now: () => number;
  readonly version: string;
  readonly onProjected: (index: StoredIndex, reports: readonly FlowReport[]) => void;
}

export function createProjector({ store, now, version, onProjected }: Parts): Projector {
  let known: Promise<Map<string, Observation>> | undefined;
  let running: Promise<void> | undefined;
  let isStale = false;

  const load = () => {
    if (!known) {
      known = store
        .since(0)
        .then((observations) => new Map(observations.map((observation) => [observation.id, observation])));
      // The next run reads again.
      known.catch(() => {
        known = undefined;
      });
    }
    return known;
  };
  const reportsOf = (observations: readonly Observation[]) => diagnose(observations, { asOf: now() });

  async function run(): Promise<void> {
    try {
      while (isStale) {
        isStale = false;
        const observations = [...(await load()).values()];
        const reports = reportsOf(observations);
        await writeIndex({
          version,
          observations: observations.length,
          attempts: reports.map(summarise),
          // Those of one tab are shown with its attempt; those the user asked for are no surprise.
          gaps: observations.filter(
            (seen) => seen.kind === "gap" && seen.tabId === undefined && seen.reason !== "paused",
          ).length,
        });
        onProjected(await readIndex(), reports);
      }
    } finally {
      // In the same turn as the last look at `isStale`, so that no call falls in between.
      running = undefined;
    }
  }

  function project(): Promise<void> {
    isStale = true;
    running ??= run();
    return running;
  }

  async function remove(choose: (reports: readonly FlowReport[], all: readonly Observation[]) => readonly string[]) {
    const all = await store.since(0);
    const ids = choose(reportsOf(all), all);
    if (ids.length === 0) return false;
    await store.remove(ids);
    known = undefined;
    await project();
    return true;
  }

  async function forgetWhere(isForgotten: (report: FlowReport) => boolean) {
    await remove((reports, all) =>
      reports.filter(isForgotten).flatMap(({ flow }) => observationsOf(flow, all).map(({ id }) => id)),
    );
  }

  return {
    add(observation) {
      void known?.then((map) => map.set(observation.id, observation));
      void project();
    },
    project,
    async reports() {
      return reportsOf([...(await load()).values()]);
    },
    forget: (flowId) => forgetWhere(({ flow }) => flow.id === flowId),
    forgetSite: (host) =>
      forgetWhere(({ flow }) =>
        flow.legs.some(({ exchange }) => isOnSite(exchange.url.host.replace(/:\d+$/, ""), host)),
      ),
    async forgetAll() {
      await store.clear();
      known = undefined;
      await writeSeen([]);
      await project();
    },
    async markSeen() {
      const { attempts } = await readIndex();
      await writeSeen(attempts.map(({ flowId }) => flowId));
      onProjected(await readIndex(), []);
    },
    async retain() {
      await remove((reports, all) => expired(reports, all, { now: now(), limit: storeLimit }));
    },
    makeRoom: () =>
      remove((reports, all) => expired(reports, all, { now: now(), limit: Math.floor(all.length * 0.9) })),
  };
}
