import { type Attempts, orderAttempts } from "@/lib/diagnosis/history.ts";
import type { Link } from "@/lib/trace/links.ts";
import { type Others, sayTold, type Unit } from "./unit.ts";

/** All units, and what each has to say to the others. */
export interface Directory extends Others {
  all(): Iterable<Unit>;
  get(key: string): Unit | undefined;
  /** The answer is the keys of links and of attempts that are not what they were. */
  replace(gone: readonly string[], unit: Unit | undefined): Changed;
  /** Units that were made before these changes and would come out differently now. */
  outdatedBy(changed: Changed): Set<string>;
}

export interface Changed {
  readonly links: ReadonlySet<string>;
  readonly attempts: ReadonlySet<string>;
}

/** Which units have something under a key. */
class Places {
  readonly #units = new Map<string, Set<string>>();

  at(key: string): ReadonlySet<string> {
    return this.#units.get(key) ?? new Set();
  }

  add(key: string, unit: string): void {
    const units = this.#units.get(key);
    if (units) units.add(unit);
    else this.#units.set(key, new Set([unit]));
  }

  remove(key: string, unit: string): void {
    const units = this.#units.get(key);
    units?.delete(unit);
    if (units?.size === 0) this.#units.delete(key);
  }
}

export function createDirectory(): Directory {
  const units = new Map<string, Unit>();
  const [offering, wanting, trying] = [new Places(), new Places(), new Places()];
  const histories = new Map<string, Attempts>();

  const note = (unit: Unit, how: "add" | "remove") => {
    for (const { key } of unit.links) offering[how](key, unit.key);
    for (const key of unit.wants) wanting[how](key, unit.key);
    for (const { key } of unit.rows) if (key !== undefined) trying[how](key, unit.key);
  };
  const historyOf = (key: string): Attempts => {
    const known = histories.get(key);
    if (known) return known;
    const rows = [...trying.at(key)].flatMap((unit) => units.get(unit)?.rows ?? []);
    const made = orderAttempts(rows.flatMap((row) => (row.key === key && row.attempt ? row.attempt : [])));
    histories.set(key, made);
    return made;
  };

  return {
    all: () => units.values(),
    get: (key) => units.get(key),
    replace(gone, unit) {
      const old = gone.flatMap((key) => units.get(key) ?? []);
      for (const each of old) {
        note(each, "remove");
        units.delete(each.key);
      }
      const made = unit ? [unit] : [];
      for (const each of made) {
        note(each, "add");
        units.set(each.key, each);
      }
      const attempts = difference(attemptsIn(old), attemptsIn(made));
      for (const key of attempts) histories.delete(key);
      return { links: difference(linksIn(old), linksIn(made)), attempts };
    },
    outdatedBy(changed) {
      const outdated = new Set<string>();
      for (const key of changed.links) for (const unit of wanting.at(key)) outdated.add(unit);
      for (const key of changed.attempts) {
        const history = historyOf(key);
        for (const unit of trying.at(key)) {
          const isOutdated = units
            .get(unit)
            ?.rows.some(
              (row) => row.key === key && sayTold(history.around(row.summary.flowId, row.askedAt ?? 0)) !== row.told,
            );
          if (isOutdated) outdated.add(unit);
        }
      }
      return outdated;
    },
    async links(keys, unit) {
      const found: Link[] = [];
      for (const key of keys)
        for (const other of offering.at(key))
          if (other !== unit) found.push(...(units.get(other)?.links.filter((link) => link.key === key) ?? []));
      return found;
    },
    async histories() {
      return { get: historyOf };
    },
  };
}

const linksIn = (units: readonly Unit[]) =>
  units.flatMap(({ links }) => links.map((link) => [link.key, JSON.stringify(link)] as const));
const attemptsIn = (units: readonly Unit[]) =>
  units.flatMap(({ rows }) =>
    rows.flatMap(({ key, attempt }) => (key !== undefined && attempt ? [[key, JSON.stringify(attempt)] as const] : [])),
  );

/** The keys of what is in one of the two and not in the other. */
function difference(before: readonly (readonly [string, string])[], after: readonly (readonly [string, string])[]) {
  const [old, now] = [new Set(before.map((each) => each.join(" "))), new Set(after.map((each) => each.join(" ")))];
  return new Set([
    ...before.flatMap(([key, text]) => (now.has(`${key} ${text}`) ? [] : key)),
    ...after.flatMap(([key, text]) => (old.has(`${key} ${text}`) ? [] : key)),
  ]);
}
