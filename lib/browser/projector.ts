import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { Alert } from "@/lib/report/alerts.ts";
import type { Pair } from "@/lib/report/pairs.ts";
import { rangeOf } from "@/lib/trace/units.ts";
import { forgetAlertMarks, writeAlerts } from "./alerts.ts";
import { readAround } from "./around.ts";
import { expired, observationsOf } from "./flow-observations.ts";
import { forgetImported, readImported } from "./imported.ts";
import { forgetInPairs, forgetPairs, forgetPairsOfSite, writePairs } from "./pairs.ts";
import { createIndexWriter, type NewestAttempts, readIndex, writeSeen } from "./popup-index.ts";
import { isOnSite, readSettings } from "./settings.ts";
import { type Store, storeLimit, type Timeline } from "./store.ts";
import type { Row } from "./unit.ts";
import { openShelf, type Shelf, type UnitSearch } from "./unit-shelf.ts";
import { createUnits } from "./units.ts";

/** Keeps the popup's index equal to what the stored observations say. */
export interface Projector {
  add(observation: Observation): void;
  /** Diagnoses what was added and writes the index; calls while one runs become one more run. */
  project(): Promise<void>;
  /** The same after somebody else wrote to the store. */
  reload(): Promise<void>;
  /** The reports of this attempt and of those around it, diagnosed now. */
  reportsAround(flowId: string): Promise<readonly FlowReport[]>;
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
  readonly store: Store & Timeline;
  readonly shelf?: Shelf & UnitSearch;
  readonly now: () => number;
  readonly version: string;
  /** Reports are those of attempts that something new was learned of. */
  readonly onProjected: (index: Pick<NewestAttempts, "attempts">, reports: readonly FlowReport[]) => void;
  /** Alerts of attempts that were not in the list before. */
  readonly onAlerts: (alerts: readonly Alert[]) => void;
}

type IsForgotten = (flow: FlowReport["flow"]) => boolean;

export function createProjector({ store, now, version, onProjected, onAlerts, ...parts }: Parts): Projector {
  const shelf = parts.shelf ?? openShelf(version);
  const units = createUnits({ store, shelf, version });
  const index = createIndexWriter();
  let added: Observation[] = [];
  let removed: Observation[] = [];
  /** Others may have written, or this worker has just started. */
  let isUnsure = true;
  let isStale = false;
  let running: Promise<void> | undefined;
  let told = new Set<Pair>();

  async function run(): Promise<void> {
    try {
      while (isStale) {
        isStale = false;
        await projectOnce();
      }
    } finally {
      // In the same turn as the last look at `isStale`, so that no call falls in between.
      running = undefined;
    }
  }

  async function projectOnce(): Promise<void> {
    const imported = await readImported();
    // Before the first look: who becomes unsure of what is stored meanwhile wants another one.
    const mustLook = isUnsure;
    isUnsure = false;
    try {
      const stray = mustLook ? await units.survey() : [];
      const [arrived, left] = [added, removed];
      [added, removed] = [[], []];
      const dirty = [...stray, ...[...arrived, ...left].map((each) => rangeOf([each]))];
      const context = { asOf: now(), isImported: (session: string) => imported.has(session) };
      const reports = await units.update(dirty, left.length > 0 || stray.length > 0 ? [] : arrived, context);
      const rows = [...(await units.rows())].sort(newestFirst);
      const pairs = rows.flatMap(({ pair }) => pair ?? []);
      await writePairs(pairs, (pair) => !told.has(pair));
      onAlerts(await writeAlerts(rows.flatMap(({ alert }) => alert ?? [])));
      await index.write({
        version,
        observations: await store.count(),
        attempts: rows.map(({ summary }) => summary),
        gaps: (await units.all()).reduce((sum, { gaps }) => sum + gaps, 0),
      });
      told = new Set(pairs);
      onProjected(await readIndex(), reports);
    } catch (error) {
      // The next run finds by itself what this one did not get to.
      isUnsure = true;
      throw error;
    }
  }

  function project(): Promise<void> {
    isStale = true;
    running ??= run();
    return running;
  }

  async function remove(observations: readonly Observation[]): Promise<boolean> {
    if (observations.length === 0) return false;
    await store.remove(observations.map(({ id }) => id));
    removed.push(...observations);
    // What was learned from the attempts that remain stays learned.
    told = new Set();
    return true;
  }

  /** A full disk has no room for the index either, and that must not keep anything from being removed. */
  const tryToProject = () => project().catch(() => undefined);

  async function open(key: string) {
    const { own, found } = await units.open(key);
    return { observations: [...own, ...found.linked], flows: found.flows };
  }

  async function forgetWhere(isForgotten: IsForgotten, mayHold: (row: Row) => boolean) {
    await project();
    const [forgotten, observations] = [new Set<string>(), new Map<string, Observation>()];
    for (const { key, rows } of await units.all()) {
      if (!rows.some(mayHold)) continue;
      const opened = await open(key);
      for (const flow of opened.flows.filter(isForgotten)) {
        forgotten.add(flow.id);
        for (const each of observationsOf(flow, opened.observations, opened.flows)) observations.set(each.id, each);
      }
    }
    await forgetInPairs(forgotten);
    await remove([...observations.values()]);
    await project();
  }

  async function retention(limit: (count: number) => number): Promise<boolean> {
    await tryToProject();
    const [{ keepFinishedDays }, kept, all, count] = await Promise.all([
      readSettings(),
      readImported(),
      units.all(),
      store.count(),
    ]);
    const rules = { now: now(), limit: limit(count), keepFinishedFor: keepFinishedDays * 24 * 60 * 60_000, kept };
    const hasRemoved = await remove(await expired({ units: all, count, open, tidied: units.tidied }, rules));
    await tryToProject();
    return hasRemoved;
  }

  return {
    add(observation) {
      added.push(observation);
      void project().catch(() => undefined);
    },
    project,
    async reload() {
      isUnsure = true;
      await project();
    },
    async reportsAround(flowId) {
      return (await readAround(flowId, { store, shelf, asOf: now() })).reports;
    },
    forget: (flowId) =>
      forgetWhere(
        ({ id }) => id === flowId,
        ({ summary }) => summary.flowId === flowId,
      ),
    async forgetSite(host) {
      await forgetPairsOfSite(host);
      await forgetWhere(
        (flow) => flow.legs.some(({ exchange }) => isOnSite(exchange.url.host.replace(/:\d+$/, ""), host)),
        () => true,
      );
    },
    async forgetAll() {
      await store.clear();
      await units.restart();
      [added, removed] = [[], []];
      // A projection that runs may still write what it read before.
      isUnsure = true;
      await Promise.all([writeSeen([]), forgetAlertMarks(), forgetPairs(), forgetImported()]);
      await project();
    },
    async markSeen() {
      await writeSeen([...(await units.rows())].sort(newestFirst).map(({ summary }) => summary.flowId));
      onProjected(await readIndex(), []);
    },
    async retain() {
      await retention(() => storeLimit);
    },
    makeRoom: () => retention((count) => Math.floor(count * 0.9)),
  };
}

const newestFirst = ({ summary: left }: Row, { summary: right }: Row): number =>
  right.at - left.at || (left.flowId < right.flowId ? -1 : 1);
