import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, describe, expect, test } from "vitest";
import { expired, type Kept, observationsOf } from "@/lib/browser/flow-observations.ts";
import { databaseName, openStore } from "@/lib/browser/store.ts";
import { createUnits } from "@/lib/browser/units.ts";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { clientId, code, codeVerifier, redirectUri, type Trace, trace } from "../builders.ts";
import storedByFirst from "../fixtures/stored/schema-1.json" with { type: "json" };

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

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe("the event store", () => {
  test("gives back what was put, oldest first, each once", async () => {
    const observations = redact(failed());
    for (const observation of [...observations, ...observations].reverse()) await openStore().put(observation);
    const ids = observations.map(({ id }) => id);
    expect((await openStore().since(0)).map(({ id }) => id)).toEqual(ids);
    expect((await openStore().since(observations[1]?.at ?? 0)).map(({ id }) => id)).toEqual(ids.slice(1));
  });

  test("reads what the first version stored, and tells no less of it", async () => {
    const first = await openDB(databaseName, 1, {
      upgrade: (created) => void created.createObjectStore("observations", { keyPath: "id" }).createIndex("at", "at"),
    });
    for (const one of storedByFirst) await first.put("observations", one);
    first.close();
    const read = await openStore().since(0);
    expect(read.map(({ id }) => id)).toEqual(storedByFirst.map(({ id }) => id));
    expect(reportsOf(read).map(({ diagnosis: { state, findings } }) => [state, headlineOf(findings)?.id])).toEqual([
      ["code-delivered", undefined],
      ["not-connected", "state-mismatch"],
      ["not-connected", "client-known-to-some-instances"],
    ]);
  });

  test("goes on in a database that a later version has been to", async () => {
    const later = await openDB(databaseName, 7, {
      upgrade: (created) => void created.createObjectStore("observations", { keyPath: "id" }).createIndex("at", "at"),
    });
    later.close();
    const [observation] = redact(failed());
    if (!observation) throw new Error("the trace is empty");
    await openStore().put(observation);
    expect(await openStore().since(0)).toEqual([observation]);
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

/** The units that these observations make, and how they are opened. */
async function keptOf(all: readonly Observation[]): Promise<Kept> {
  for (const one of all) await openStore().put(one);
  const shelf = { all: async () => [], replace: async () => undefined, clear: async () => undefined };
  const units = createUnits({ store: openStore(), shelf, version: "1" });
  const asOf = Math.max(...all.map(({ at }) => at)) + 1_000;
  await units.update(await units.survey(), [], { asOf, isImported: () => false });
  return {
    units: await units.all(),
    count: all.length,
    async open(key) {
      const { own, found } = await units.open(key);
      return { observations: own, flows: found.flows };
    },
    tidied: units.tidied,
  };
}
const idsOf = (observations: readonly Observation[]) => observations.map(({ id }) => id).sort();

describe("what is removed", () => {
  const all = redact(healthy(failed()).wait(1_000));
  const reports = reportsOf(all);
  const ofState = (state: string) =>
    idsOf(
      reports.filter(({ diagnosis }) => diagnosis.state === state).flatMap(({ flow }) => observationsOf(flow, all)),
    );
  const last = Math.max(...all.map(({ at }) => at));
  const later = 10 * 60_000;

  test("the two attempts of this trace are told apart, and nothing is left over", () => {
    expect(reports.map(({ diagnosis }) => diagnosis.state).sort()).toEqual(["code-delivered", "not-connected"]);
    expect([...ofState("not-connected"), ...ofState("code-delivered")].sort()).toEqual(idsOf(all));
  });

  test("nothing on the same day", async () => {
    expect(await expired(await keptOf(all), { ...daily, now: last + day / 2, limit: 100 })).toEqual([]);
  });

  test("after a day: the attempt that went well, not the one that failed", async () => {
    const gone = await expired(await keptOf(all), { ...daily, now: last + day + 1, limit: 100 });
    expect(idsOf(gone)).toEqual(ofState("code-delivered"));
  });

  test("later, when the user wants finished attempts for longer, and never what was kept from a file", async () => {
    const aged = { limit: 100, now: last + day + 1 };
    const kept = new Set(all.map(({ session }) => session));
    expect(await expired(await keptOf(all), { ...daily, ...aged, keepFinishedFor: 7 * day })).toEqual([]);
    expect(await expired(await keptOf(all), { ...daily, ...aged, kept })).toEqual([]);
  });

  test("beyond the limit: finished attempts first, then the oldest failed ones", async () => {
    const healthyCount = ofState("code-delivered").length;
    const beyond = async (limit: number) =>
      idsOf(await expired(await keptOf(all), { ...daily, now: last + later, limit }));
    expect(await beyond(all.length - 1)).toEqual(ofState("code-delivered"));
    expect(await beyond(all.length - healthyCount - 1)).toEqual(idsOf(all));
  });

  test("never what is under way", async () => {
    expect(await expired(await keptOf(all), { ...daily, now: last + 1_000, limit: 1 })).toEqual([]);
  });

  test("nothing of an attempt that failed in the same tab before the other one had its token", async () => {
    const both = redact(
      healthy()
        .authorizationRequest({ client_id: "another" }, { tab: 1, endpoint: "https://other.example/authorize" })
        .page({ status: 400, json: { error: "invalid_client" } })
        .inTab(1)
        .fetches("https://auth.example/token", {
          source: "browser",
          form: {
            grant_type: "authorization_code",
            code,
            redirect_uri: redirectUri,
            client_id: clientId,
            code_verifier: codeVerifier,
          },
          answer: { json: { access_token: "mF_9.B5f-4.1JqM", token_type: "Bearer" } },
        }),
    );
    const [failure, success] = reportsOf(both);
    expect([failure?.diagnosis.state, success?.diagnosis.state]).toEqual(["not-connected", "connected"]);
    const now = (both.at(-1)?.at ?? 0) + day + 1;
    const gone = new Set(idsOf(await expired(await keptOf(both), { ...daily, now, limit: 100 })));
    const left = reportsOf(both.filter(({ id }) => !gone.has(id)));
    expect(left.map(({ flow, diagnosis }) => [flow.id, diagnosis.state])).toEqual([
      [failure?.flow.id, "not-connected"],
    ]);
  });

  test("what belongs to no attempt, after a day", async () => {
    const stray = redact(trace().gap("quota"));
    const at = stray[0]?.at ?? 0;
    expect(await expired(await keptOf(stray), { ...daily, now: at + day / 2, limit: 100 })).toEqual([]);
    expect(idsOf(await expired(await keptOf(stray), { ...daily, now: at + day + 1, limit: 100 }))).toEqual(
      idsOf(stray),
    );
  });
});
