import type { DBSchema } from "idb";
import * as z from "zod/mini";
import { openWhenUsed } from "./database.ts";
import type { Unit } from "./unit.ts";

/** Where units are kept between two lives of the worker. Everything in it can be made anew from the observations. */
export interface Shelf {
  /** What this version wrote and nothing damaged. */
  all(): Promise<readonly Unit[]>;
  /** In one step, so that no kill leaves a part of the observations in two units or none. */
  replace(gone: readonly string[], units: readonly Unit[]): Promise<void>;
  clear(): Promise<void>;
}

/** The pages' way into the same. */
export interface UnitSearch {
  withFlow(flowId: string): Promise<Unit | undefined>;
  withLinks(keys: readonly string[]): Promise<readonly Unit[]>;
  withAttempts(keys: readonly string[]): Promise<readonly Unit[]>;
}

interface Stored {
  readonly unit: Unit;
  readonly key: string;
  readonly flowIds: readonly string[];
  readonly linkKeys: readonly string[];
  readonly attemptKeys: readonly string[];
}

interface Schema extends DBSchema {
  units: {
    key: string;
    value: Stored;
    indexes: { flowIds: string; linkKeys: string; attemptKeys: string };
  };
}

export const shelfName = "hopscope-units";

/** As much of the shape as is relied on before anything else is looked at. */
const stored = z.object({
  unit: z.object({
    key: z.string(),
    version: z.string(),
    from: z.number(),
    to: z.number(),
    size: z.number(),
    times: z.optional(z.array(z.number())),
    gaps: z.number(),
    links: z.array(z.object({ key: z.string(), session: z.string(), requestId: z.string(), from: z.number() })),
    wants: z.array(z.string()),
    rows: z.array(
      z.object({
        summary: z.object({ flowId: z.string(), tabIds: z.array(z.number()), at: z.number(), server: z.string() }),
        session: z.string(),
        lastAt: z.number(),
        told: z.string(),
      }),
    ),
  }),
});

const indexes = ["flowIds", "linkKeys", "attemptKeys"] as const;

export function openShelf(version: string): Shelf & UnitSearch {
  const open = openWhenUsed<Schema>(shelfName, (created, oldVersion) => {
    if (oldVersion >= 1) return;
    const units = created.createObjectStore("units", { keyPath: "key" });
    for (const index of indexes) units.createIndex(index, index, { multiEntry: true });
  });
  const read = (found: unknown): Unit[] =>
    stored.safeParse(found).success && (found as Stored).unit.version === version ? [(found as Stored).unit] : [];
  const search = async (index: (typeof indexes)[number], keys: readonly string[]) => {
    const transaction = (await open()).transaction("units");
    const found = await Promise.all([...new Set(keys)].map((key) => transaction.store.index(index).getAll(key)));
    return [...new Map(found.flat().flatMap((each) => read(each).map((unit) => [unit.key, unit]))).values()];
  };
  return {
    async all() {
      return (await (await open()).getAll("units")).flatMap(read);
    },
    async replace(gone, units) {
      const transaction = (await open()).transaction("units", "readwrite");
      await Promise.all([
        ...gone.map((key) => transaction.store.delete(key)),
        ...units.map((unit) => transaction.store.put(toStored(unit))),
        transaction.done,
      ]);
    },
    async clear() {
      await (await open()).clear("units");
    },
    withFlow: async (flowId) => (await search("flowIds", [flowId]))[0],
    withLinks: (keys) => search("linkKeys", keys),
    withAttempts: (keys) => search("attemptKeys", keys),
  };
}

const toStored = (unit: Unit): Stored => ({
  unit,
  key: unit.key,
  flowIds: unit.rows.map(({ summary }) => summary.flowId),
  linkKeys: [...new Set(unit.links.map(({ key }) => key))],
  attemptKeys: [...new Set(unit.rows.flatMap(({ key, attempt }) => (key !== undefined && attempt ? key : [])))],
});
