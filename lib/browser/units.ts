import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { waitsFor } from "@/lib/diagnosis/state.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { isNearby, type Range, rangeOf, splitUnits } from "@/lib/trace/units.ts";
import { createFreshUnit } from "./fresh-unit.ts";
import type { Store, Timeline } from "./store.ts";
import {
  type Context,
  correlateUnit,
  keyOfUnit,
  type Row,
  readUnit,
  sessionOfUnit,
  type Unit,
  unitOf,
} from "./unit.ts";
import { createDirectory } from "./unit-directory.ts";
import type { Shelf } from "./unit-shelf.ts";

/**
 * What the stored observations say, one unit at a time: what arrives is diagnosed together with its own unit, and other units
 * only when it changes what they have of it. The rows come out as if everything were diagnosed at once.
 */
export interface Units {
  /** Takes in what was added or removed in these stretches. The answer is the reports of what happened of late. */
  update(dirty: readonly Range[], added: readonly Observation[], context: Context): Promise<readonly FlowReport[]>;
  /** The stretches in which more or less is stored than the units know of. */
  survey(): Promise<readonly Range[]>;
  all(): Promise<readonly Unit[]>;
  rows(): Promise<readonly Row[]>;
  /** The unit as it is stored, correlated. */
  open(
    key: string,
  ): Promise<{ readonly own: readonly Observation[]; readonly found: Awaited<ReturnType<typeof correlateUnit>> }>;
  /** Notes that nothing in this unit belongs to no attempt. */
  tidied(key: string): Promise<void>;
  /** Forgets what is in memory and on the shelf. */
  restart(): Promise<void>;
}

interface Parts {
  readonly store: Pick<Store, "count"> & Timeline;
  readonly shelf: Shelf;
  readonly version: string;
}

/** Observations that are looked at in one go while units are found. */
const atOnce = 4_000;
const always: Range = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

export function createUnits({ store, shelf, version }: Parts): Units {
  let directory = createDirectory();
  let loading: Promise<void> | undefined;
  const fresh = createFreshUnit();
  /** What units have to say to others and those may not have heard: an update may end, or be killed, before it told them. */
  const changed = { links: new Set<string>(), attempts: new Set<string>() };

  const load = () => {
    loading ??= shelf
      .all()
      .catch(() => [])
      .then(async (units) => {
        for (const unit of units) for (const key of directory.replace([], unit).attempts) changed.attempts.add(key);
        // Another version's.
        if (units.length === 0) await shelf.clear().catch(() => undefined);
      });
    return loading;
  };

  const lived = () => [...directory.all()].filter(({ key }) => sessionOfUnit(key) === undefined);

  /** The whole of every unit that this stretch touches or would join. */
  function widen(range: Range, units = lived()): { readonly range: Range; readonly units: readonly Unit[] } {
    let wide = range;
    for (;;) {
      const { from, to } = wide;
      const near = units.filter((unit) => isNearby(unit, wide));
      const next = {
        from: Math.min(from, ...near.map((unit) => unit.from)),
        to: Math.max(to, ...near.map((unit) => unit.to)),
      };
      if (next.from === from && next.to === to) return { range: wide, units: near };
      wide = next;
    }
  }

  /** The units that this one goes on with after a pause, itself, and all that is between. */
  function resumedIn(own: readonly Observation[], gone: readonly string[]) {
    const range = rangeOf(own);
    if (range.from === own[0]?.at) return undefined;
    const { units, range: whole } = widen(
      range,
      lived().filter(({ key }) => !gone.includes(key)),
    );
    const [first] = units;
    return first && { key: first.key, ...whole, keys: units.map(({ key }) => key) };
  }

  async function update(dirty: readonly Range[], added: readonly Observation[], context: Context) {
    await load();
    const reports: FlowReport[] = [];
    const recordings = new Map<string, Range>();

    async function put(gone: readonly string[], own: readonly Observation[] | undefined) {
      const [first] = own ?? [];
      const made = own && first && (await make(keyOfUnit(first), own));
      const difference = directory.replace(made ? [...new Set([...gone, made.key])] : gone, made);
      for (const key of difference.links) changed.links.add(key);
      for (const key of difference.attempts) changed.attempts.add(key);
      await shelf.replace(gone, made ? [made] : []).catch(() => undefined);
    }
    async function make(key: string, own: readonly Observation[]) {
      const found = await correlateUnit(own, { timeline: store, others: directory });
      const made = await fresh.report(key, found.flows, context, directory);
      reports.push(...made.reports);
      return unitOf(own, { version, rows: made.rows, wants: found.wants });
    }
    const noteRecordings = (observations: readonly Observation[]) => {
      for (const { source, session, at } of observations) {
        if (source !== "import") continue;
        const known = recordings.get(session) ?? directory.get(`import ${session}`) ?? { from: at, to: at };
        recordings.set(session, { from: Math.min(known.from, at), to: Math.max(known.to, at) });
      }
    };

    for (const stretch of merge(dirty)) {
      const { range, units } = widen(stretch);
      const [only] = units;
      const kept = only && units.length === 1 ? fresh.with(only.key, added, range) : undefined;
      let gone = units.map(({ key }) => key);
      if (kept) {
        await put(gone, kept);
        continue;
      }
      for await (const { all, own } of unitsIn(range)) {
        noteRecordings(all);
        if (!own) continue;
        const earlier = resumedIn(own, gone);
        const whole = earlier ? await readUnit(store, earlier) : own;
        fresh.hold(whole);
        await put([...gone, ...(earlier?.keys ?? [])], whole);
        gone = [];
      }
      if (gone.length > 0) await put(gone, undefined);
      for (const unit of directory.all()) {
        const session = sessionOfUnit(unit.key);
        // What was removed from a recording is seen by nothing else.
        if (session !== undefined && unit.from <= range.to && unit.to >= range.from && !recordings.has(session))
          recordings.set(session, unit);
      }
    }
    for (const [session, { from, to }] of recordings) {
      const key = `import ${session}`;
      await put([key], await readUnit(store, { key, from, to }));
    }
    for (let outdated = due(context); ; outdated = new Set()) {
      for (const key of directory.outdatedBy(changed)) outdated.add(key);
      changed.links.clear();
      changed.attempts.clear();
      if (outdated.size === 0) break;
      for (const key of outdated) {
        const unit = directory.get(key);
        if (unit) await put([key], fresh.of(key) ?? (await readUnit(store, unit)));
      }
    }
    const newest = new Map(reports.map((report) => [report.flow.id, report]));
    return [...newest.values()].sort((left, right) => right.flow.startedAt - left.flow.startedAt);
  }

  /** Units with an attempt that waited in vain: time alone has changed its state. */
  function due({ asOf }: Context): Set<string> {
    const isDue = ({ summary, lastAt }: Row) => summary.state === "in-progress" && asOf - lastAt >= waitsFor;
    return new Set([...directory.all()].filter(({ rows }) => rows.some(isDue)).map(({ key }) => key));
  }

  async function* unitsIn({ from, to }: Range) {
    let most = atOnce;
    for (let start = from; ; ) {
      const { observations, next } = await store.between(start, to, most);
      const here = splitUnits(observations.filter(({ source }) => source !== "import"));
      // The last one may go on behind what was looked at.
      const rest = next === undefined ? undefined : here.pop()?.[0]?.at;
      if (next !== undefined && here.length === 0) {
        most *= 2;
        continue;
      }
      yield { all: observations, own: undefined };
      for (const own of here) yield { all: [], own };
      if (next === undefined) return;
      start = rest ?? next;
    }
  }

  return {
    update,
    async survey() {
      await load();
      const [units, times] = [lived().sort((left, right) => left.from - right.from), timesOfRecordings()];
      const expected = units.reduce((sum, { size }) => sum + size, 0) + times.length;
      if (expected === (await store.count())) return [];
      const ranges: Range[] = [];
      let behind = always.from;
      for (const unit of [...units, undefined]) {
        const until = unit?.from ?? always.to;
        const after = behind;
        if ((await store.countBetween(behind, until, true, true)) !== countIn(times, (at) => at > after && at < until))
          ranges.push({ from: behind, to: until });
        if (!unit) break;
        const { from, to, size } = unit;
        if ((await store.countBetween(from, to)) !== size + countIn(times, (at) => at >= from && at <= to))
          ranges.push({ from, to });
        behind = unit.to;
      }
      fresh.drop();
      return ranges;
    },
    async all() {
      await load();
      return [...directory.all()];
    },
    async rows() {
      await load();
      return [...directory.all()].flatMap(({ rows }) => rows);
    },
    async open(key) {
      await load();
      const unit = directory.get(key);
      const own = unit ? await readUnit(store, unit) : [];
      return { own, found: await correlateUnit(own, { timeline: store, others: directory }) };
    },
    async tidied(key) {
      const unit = directory.get(key);
      if (!unit || unit.isTidy) return;
      directory.replace([key], { ...unit, isTidy: true });
      await shelf.replace([], [{ ...unit, isTidy: true }]).catch(() => undefined);
    },
    async restart() {
      directory = createDirectory();
      fresh.drop();
      loading = Promise.resolve();
      await shelf.clear().catch(() => undefined);
    },
  };

  function timesOfRecordings(): number[] {
    return [...directory.all()].flatMap(({ times }) => times ?? []).sort((left, right) => left - right);
  }
}

const countIn = (times: readonly number[], isIn: (at: number) => boolean): number => times.filter(isIn).length;

function merge(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of [...ranges].sort((left, right) => left.from - right.from)) {
    const last = merged.at(-1);
    if (last && isNearby(range, last)) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else merged.push(range);
  }
  return merged;
}
