import "fake-indexeddb/auto";
import { openDB } from "idb";
import { beforeEach, describe, expect, test } from "vitest";
import { expired, observationsOf } from "@/lib/browser/flow-observations.ts";
import { databaseName, openStore } from "@/lib/browser/store.ts";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { type Trace, trace } from "../builders.ts";

const redact = ({ raw }: Trace): Observation[] => {
  const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
  return raw.flatMap((observation) => redactor.redact(observation) ?? []);
};
const failed = () =>
  trace()
    .authorizationRequest()
    .page({ status: 400, json: { error: "invalid_client" } });
const reportsOf = (observations: readonly Observation[]) =>
  diagnose(observations, { asOf: Math.max(...observations.map(({ at }) => at)) + 1_000 });

beforeEach(async () => {
  await openStore().clear();
});

describe("the event store", () => {
  test("gives back what was put, oldest first, each once", async () => {
    const observations = redact(failed());
    for (const observation of [...observations, ...observations].reverse()) await openStore().put(observation);
    const ids = observations.map(({ id }) => id);
    expect((await openStore().since(0)).map(({ id }) => id)).toEqual(ids);
    expect((await openStore().since(observations[1]?.at ?? 0)).map(({ id }) => id)).toEqual(ids.slice(1));
  });

  test("leaves out what this version cannot read", async () => {
    const [observation] = redact(failed());
    if (!observation) throw new Error("the trace is empty");
    await openStore().put(observation);
    const database = await openDB(databaseName);
    await database.put("observations", { id: "from a later version", at: observation.at, kind: "hologram" });
    database.close();
    expect(await openStore().since(0)).toEqual([observation]);
  });

  test("goes on after another page has upgraded or removed the database", async () => {
    const store = openStore();
    const [observation] = redact(failed());
    if (!observation) throw new Error("the trace is empty");
    await store.put(observation);
    await new Promise<void>((resolve, reject) => {
      const deleting = indexedDB.deleteDatabase(databaseName);
      deleting.onsuccess = () => resolve();
      deleting.onerror = () => reject(deleting.error);
    });
    expect(await store.since(0)).toEqual([]);
    await store.put(observation);
    expect(await store.since(0)).toEqual([observation]);
  });
});

const healthy = (built = trace()) =>
  built.authorizationRequest().loginPage().respondsWith().page({ text: "You can close this window." });
const day = 24 * 60 * 60_000;
const daily = { keepFinishedFor: day, kept: new Set<string>() };

describe("what is removed", () => {
  const all = redact(healthy(failed()).wait(1_000));
  const reports = reportsOf(all);
  const idsOf = (state: string) =>
    reports
      .filter(({ diagnosis }) => diagnosis.state === state)
      .flatMap(({ flow }) => observationsOf(flow, all).map(({ id }) => id));
  const last = Math.max(...all.map(({ at }) => at));

  test("the two attempts of this trace are told apart, and nothing is left over", () => {
    expect(reports.map(({ diagnosis }) => diagnosis.state).sort()).toEqual(["code-delivered", "not-connected"]);
    expect([...idsOf("not-connected"), ...idsOf("code-delivered")].sort()).toEqual(all.map(({ id }) => id).sort());
  });

  test("nothing on the same day", () => {
    expect(expired(reports, all, { ...daily, now: last + day / 2, limit: 100 })).toEqual([]);
  });

  test("after a day: the attempt that went well, not the one that failed", () => {
    expect(expired(reports, all, { ...daily, now: last + day + 1, limit: 100 }).sort()).toEqual(
      idsOf("code-delivered").sort(),
    );
  });

  test("later, when the user wants finished attempts for longer, and never what was kept from a file", () => {
    const aged = { limit: 100, now: last + day + 1 };
    expect(expired(reports, all, { ...daily, ...aged, keepFinishedFor: 7 * day })).toEqual([]);
    expect(expired(reports, all, { ...daily, ...aged, kept: new Set(all.map(({ session }) => session)) })).toEqual([]);
  });

  test("beyond the limit: finished attempts first, then the oldest failed ones", () => {
    const healthyCount = idsOf("code-delivered").length;
    expect(expired(reports, all, { ...daily, now: last, limit: all.length - 1 }).sort()).toEqual(
      idsOf("code-delivered").sort(),
    );
    expect(expired(reports, all, { ...daily, now: last, limit: all.length - healthyCount - 1 })).toHaveLength(
      all.length,
    );
  });

  test("what belongs to no attempt, after a day", () => {
    const stray = redact(trace().gap("quota"));
    const at = stray[0]?.at ?? 0;
    expect(expired([], stray, { ...daily, now: at + day / 2, limit: 100 })).toEqual([]);
    expect(expired([], stray, { ...daily, now: at + day + 1, limit: 100 })).toEqual(stray.map(({ id }) => id));
  });
});
