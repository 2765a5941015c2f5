import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Observation } from "@/lib/exchange/observation.ts";
import { readStored } from "@/lib/redaction/redact.ts";

interface Schema extends DBSchema {
  observations: { key: string; value: Observation; indexes: { at: number } };
}

/** Observations kept at most; beyond it the oldest attempts go first, finished ones before failed ones. */
export const storeLimit = 20_000;

export interface Store {
  /** Idempotent: an observation delivered twice is stored once. Rejects with `QuotaExceededError` when the disk is full. */
  put(observation: Observation): Promise<void>;
  /** Oldest first. What this version cannot read is left out. */
  since(at: number): Promise<readonly Observation[]>;
  count(): Promise<number>;
  remove(ids: readonly string[]): Promise<void>;
  clear(): Promise<void>;
}

export const databaseName = "hopscope";

export function openStore(): Store {
  let database: IDBPDatabase<Schema> | undefined;
  /** The browser may end a connection at any time (storage pressure, cleared site data); the next use opens a new one. */
  const open = async () => {
    database ??= await openDB<Schema>(databaseName, 1, {
      upgrade(created, oldVersion) {
        if (oldVersion < 1) created.createObjectStore("observations", { keyPath: "id" }).createIndex("at", "at");
      },
      blocking() {
        database?.close();
        database = undefined;
      },
      terminated() {
        database = undefined;
      },
    });
    return database;
  };
  return {
    async put(observation) {
      await (await open()).put("observations", observation);
    },
    async since(at) {
      const found: unknown[] = await (await open()).getAllFromIndex("observations", "at", IDBKeyRange.lowerBound(at));
      return found.flatMap((value) => readStored(value) ?? []);
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
