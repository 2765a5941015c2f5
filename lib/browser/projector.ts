import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { Alert } from "@/lib/report/alerts.ts";
import { summarise, summariseImported } from "@/lib/report/summary.ts";
import { forgetAlertMarks, writeAlerts } from "./alerts.ts";
import { expired, observationsOf } from "./flow-observations.ts";
import { forgetImported, readImported } from "./imported.ts";
import { forgetInPairs, forgetPairs, forgetPairsOfSite, writePairs } from "./pairs.ts";
import { readIndex, type StoredIndex, writeIndex, writeSeen } from "./popup-index.ts";
import { isOnSite, readSettings } from "./settings.ts";
import { type Store, storeLimit } from "./store.ts";

/** Keeps the popup's index equal to what the stored observations say. */
export interface Projector {
  add(observation: Observation): void;
  /** Diagnoses what is stored and writes the index; calls while one runs become one more run. */
  project(): Promise<void>;
  /** The same after somebody else wrote to the store. */
  reload(): Promise<void>;
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
  /** Alerts that were not in the list before. */
  readonly onAlerts: (alerts: readonly Alert[]) => void;
}

export function createProjector({ store, now, version, onProjected, onAlerts }: Parts): Projector {
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
        const imported = await readImported();
        const isImported = ({ flow }: FlowReport) => imported.has(flow.session);
        const seenHere = reports.filter((report) => !isImported(report));
        await writePairs(seenHere);
        onAlerts(await writeAlerts(seenHere));
        await writeIndex({
          version,
          observations: observations.length,
          attempts: reports.map((report) => (isImported(report) ? summariseImported(report) : summarise(report))),
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
    const all = await store.since(0);
    const forgotten = reportsOf(all).filter(isForgotten);
    await forgetInPairs(new Set(forgotten.map(({ flow }) => flow.id)));
    await remove(() => forgotten.flatMap(({ flow }) => observationsOf(flow, all).map(({ id }) => id)));
  }

  async function retention() {
    const [{ keepFinishedDays }, kept] = await Promise.all([readSettings(), readImported()]);
    return { now: now(), keepFinishedFor: keepFinishedDays * 24 * 60 * 60_000, kept };
  }

  return {
    add(observation) {
      void known?.then((map) => map.set(observation.id, observation));
      void project();
    },
    project,
    async reload() {
      known = undefined;
      await project();
    },
    async reports() {
      return reportsOf([...(await load()).values()]);
    },
    forget: (flowId) => forgetWhere(({ flow }) => flow.id === flowId),
    async forgetSite(host) {
      await forgetPairsOfSite(host);
      await forgetWhere(({ flow }) =>
        flow.legs.some(({ exchange }) => isOnSite(exchange.url.host.replace(/:\d+$/, ""), host)),
      );
    },
    async forgetAll() {
      await store.clear();
      known = undefined;
      await Promise.all([writeSeen([]), forgetAlertMarks(), forgetPairs(), forgetImported()]);
      await project();
    },
    async markSeen() {
      const { attempts } = await readIndex();
      await writeSeen(attempts.map(({ flowId }) => flowId));
      onProjected(await readIndex(), []);
    },
    async retain() {
      const rules = await retention();
      await remove((reports, all) => expired(reports, all, { ...rules, limit: storeLimit }));
    },
    async makeRoom() {
      const rules = await retention();
      return remove((reports, all) => expired(reports, all, { ...rules, limit: Math.floor(all.length * 0.9) }));
    },
  };
}
