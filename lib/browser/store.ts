import type { DBSchema } from "idb";
import type { Observation } from "@/lib/exchange/observation.ts";
import { readStored } from "@/lib/redaction/redact.ts";
import { openWhenUsed } from "./database.ts";

interface Schema extends DBSchema {
  observations: { key: string; value: Observation; indexes: { at: number } };
}

/** Observations kept at most, of some ten thousand attempts; beyond it the oldest go first, finished ones before failed ones. */
export const storeLimit = 120_000;

export interface Store {
  /** Idempotent: an observation delivered twice is stored once. Rejects with `QuotaExceededError` when the disk is full. */
  put(observation: Observation): Promise<void>;
  /** Oldest first. What this version cannot read is left out. */
  since(at: number): Promise<readonly Observation[]>;
  count(): Promise<number>;
  remove(ids: readonly string[]): Promise<void>;
  clear(): Promise<void>;
}

/** Reading by time, so that nobody has to hold everything. */
export interface Timeline {
  /**
   * What was seen from `from` to `to`, both included, oldest first. `next` is set when more than `most` were stored: the time of
   * the last one looked at.
   */
  between(from: number, to: number, most?: number): Promise<Stretch>;
  /** How many are stored there, readable or not. `from` itself is left out when `isAfter`, `to` when `isBefore`. */
  countBetween(from: number, to: number, isAfter?: boolean, isBefore?: boolean): Promise<number>;
}

export interface Stretch {
  readonly observations: readonly Observation[];
  readonly next?: number;
}

export const databaseName = "hopscope";

export function openStore(): Store & Timeline {
  const open = openWhenUsed<Schema>(databaseName, (created, oldVersion) => {
    if (oldVersion < 1) created.createObjectStore("observations", { keyPath: "id" }).createIndex("at", "at");
  });
  return {
    async put(observation) {
      const transaction = (await open()).transaction("observations", "readwrite");
      const putting = transaction.store.put(observation);
      // At once, not when the answer is back: what was handed over is then kept even if the worker is killed meanwhile.
      transaction.commit();
      await Promise.all([putting, transaction.done]);
    },
    async since(at) {
      const found: unknown[] = await (await open()).getAllFromIndex("observations", "at", IDBKeyRange.lowerBound(at));
      return found.flatMap((value) => readStored(value) ?? []);
    },
    async between(from, to, most) {
      const range = IDBKeyRange.bound(from, to);
      const found: unknown[] = await (await open()).getAllFromIndex("observations", "at", range, most);
      const last = found.length === most ? (found.at(-1) as { readonly at: number }) : undefined;
      return { observations: found.flatMap((value) => readStored(value) ?? []), ...(last && { next: last.at }) };
    },
    async countBetween(from, to, isAfter, isBefore) {
      return (await open()).countFromIndex("observations", "at", IDBKeyRange.bound(from, to, isAfter, isBefore));
    },
    async count() {
      return (await open()).count("observations");
    },
    async remove(ids) {
      const transaction = (await open()).transaction("observations", "readwrite");
      await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
    },
    async clear() {
      await (await open()).clear("observations");
    },
  };
}
