import "fake-indexeddb/auto";
import { openDB } from "idb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { summarise } from "@/lib/report/summary.ts";
import { clientId, code, server, type Trace, trace } from "../builders.ts";
import { createFakeBrowser, installLocks } from "./fake-browser.ts";

const fake = vi.hoisted(() => ({ browser: {} as unknown }));
vi.mock("wxt/browser", () => ({
  get browser() {
    return fake.browser;
  },
}));

const { createProjector } = await import("@/lib/browser/projector.ts");
const { readAlerts } = await import("@/lib/browser/alerts.ts");
const { forgetPair, readPairs } = await import("@/lib/browser/pairs.ts");
const { dropIndex, readIndex, readWholeIndex } = await import("@/lib/browser/popup-index.ts");
const { openShelf, shelfName } = await import("@/lib/browser/unit-shelf.ts");
const { openStore } = await import("@/lib/browser/store.ts");
const { readAround } = await import("@/lib/browser/around.ts");
const { loadReport } = await import("@/lib/browser/reports.ts");

const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
const redact = ({ raw }: Trace): Observation[] => raw.flatMap((observation) => redactor.redact(observation) ?? []);

const hour = 60 * 60_000;
/** Each is a unit of its own. */
const pause = 2 * hour;
const refused = (pauses = 0) =>
  redact(
    trace()
      .wait(pauses * pause)
      .authorizationRequest()
      .page({ status: 400, text: "Client not found." }),
  ).map((one) => named(one, pauses));
const accepted = (pauses: number) =>
  redact(
    trace()
      .wait(pauses * pause)
      .authorizationRequest()
      .loginPage()
      .respondsWith()
      .page({ text: "You can close this window." }),
  ).map((one) => named(one, pauses));
/** Request and document ids are used once in a browser. */
const named = (one: Observation, by: number): Observation => ({
  ...one,
  ...("requestId" in one && one.requestId !== undefined && { requestId: `${one.requestId}-${by}` }),
  ...("documentId" in one && one.documentId !== undefined && { documentId: `${one.documentId}-${by}` }),
});

let browser: ReturnType<typeof createFakeBrowser>;
let now: number;

beforeEach(async () => {
  browser = createFakeBrowser();
  fake.browser = browser;
  installLocks();
  now = Date.UTC(2026, 0, 20);
  // The session of the traces is that of the browser.
  await browser.storage.session.set({ "fingerprint-key": { id: "one", bytes: [] } });
  await openStore().clear();
  await openShelf("1").clear();
});

function startWorker(version = "1", store = openStore(), shelf = openShelf(version)) {
  const onAlerts = vi.fn();
  const onProjected = vi.fn();
  const projector = createProjector({ store, shelf, now: () => now, version, onProjected, onAlerts });
  return { projector, onAlerts, onProjected };
}

/** A store that keeps its answers to this question to itself until it is told to give them. */
function slowStore(question: "between" | "count") {
  const store = openStore();
  const isAsked = vi.fn();
  let answer = () => {};
  const told = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const slow = async (...given: never[]) => {
    const found = await (store[question] as (...given: never[]) => Promise<unknown>)(...given);
    isAsked();
    await told;
    return found;
  };
  const asked = () => expect.poll(() => isAsked.mock.calls.length).toBeGreaterThan(0);
  return { store: { ...store, [question]: slow } as typeof store, asked, answer };
}

async function put(observations: readonly Observation[], projector?: ReturnType<typeof startWorker>["projector"]) {
  for (const one of observations) {
    await openStore().put(one);
    projector?.add(one);
  }
  await projector?.project();
}

const expected = async () =>
  diagnose(await openStore().since(0), { asOf: now }).map((report) => JSON.parse(JSON.stringify(summarise(report))));
const listed = async () => JSON.parse(JSON.stringify((await readWholeIndex()).attempts));

describe("the index says what everything diagnosed at once says", () => {
  test("while observations arrive, and after the worker was killed in between", async () => {
    const first = startWorker().projector;
    await put(refused(), first);
    expect(await listed()).toEqual(await expected());
    // Stored, and killed before it was projected.
    await put(accepted(2));
    const second = startWorker().projector;
    await second.project();
    expect(await listed()).toEqual(await expected());
    await put(refused(4), second);
    expect(await listed()).toEqual(await expected());
    expect((await readIndex()).attempts.map(({ headline }) => headline?.id)).toEqual([
      "client-known-to-some-instances",
      undefined,
      "client-known-to-some-instances",
    ]);
  });

  test("after the browser was started again, but for tabs, whose ids others may have by then", async () => {
    const { projector, onProjected } = startWorker();
    await put(refused(), projector);
    const before = await expected();
    expect(before).toMatchObject([{ tabIds: [1] }]);
    await browser.storage.session.set({ "fingerprint-key": { id: "two", bytes: [] } });
    const after = before.map((attempt) => ({ ...attempt, tabIds: [] }));
    expect(await listed()).toEqual(after);
    await projector.project();
    expect(onProjected.mock.lastCall?.[0].attempts).toEqual(after);
    await browser.storage.session.remove("fingerprint-key");
    expect((await readIndex()).attempts).toEqual(after);
  });

  test("after the worker was killed between the attempt that arrived and one that it changes", async () => {
    const first = startWorker().projector;
    await put([...refused(), ...refused(6)], first);
    const shelf = openShelf("1");
    const before = new Set((await shelf.all()).map(({ key }) => key));
    const die = vi.fn(() => new Promise<void>(() => {}));
    const replace: typeof shelf.replace = (gone, made) =>
      gone.some((key) => before.has(key)) ? die() : shelf.replace(gone, made);
    const killed = startWorker("1", openStore(), { ...shelf, replace }).projector;
    await killed.project();
    await put(accepted(3));
    for (const one of accepted(3)) killed.add(one);
    await expect.poll(() => die.mock.calls.length).toBe(1);
    await startWorker().projector.project();
    expect(await listed()).toEqual(await expected());
  });

  test("after a page stored something by itself", async () => {
    const { projector } = startWorker();
    await put(refused(), projector);
    await put(accepted(0.2));
    await projector.reload();
    expect(await listed()).toEqual(await expected());
  });

  test("after a page stored something while the worker looked at what is stored", async () => {
    await put(refused(), startWorker().projector);
    const { store, asked, answer } = slowStore("count");
    const { projector } = startWorker("1", store);
    const running = projector.project();
    await asked();
    await put(accepted(3));
    const reloading = projector.reload();
    answer();
    await Promise.all([running, reloading]);
    expect(await listed()).toEqual(await expected());
  });

  test("with more attempts than its first page holds", async () => {
    const many = Array.from({ length: 420 }, (_, number) => refused(number)).flat();
    for (const one of many) await openStore().put(one);
    const { projector } = startWorker();
    await projector.project();
    const newest = await readIndex();
    expect(newest.attempts.length + newest.older).toBe(420);
    expect(newest.older).toBe(200);
    expect(await listed()).toEqual(await expected());
    const [one] = newest.attempts;
    await projector.forget((await listed()).at(-1).flowId);
    expect((await readWholeIndex()).attempts).toHaveLength(419);
    expect((await readIndex()).attempts[0]?.flowId).toBe(one?.flowId);
  });

  test("the report of one attempt is the one that all of them together give", async () => {
    await put([...accepted(1), ...refused(30), ...accepted(60)]);
    await startWorker().projector.project();
    const all = diagnose(await openStore().since(0), { asOf: now });
    for (const report of all) {
      const { reports } = await readAround(report.flow.id, { store: openStore(), shelf: openShelf("1"), asOf: now });
      expect(reports).toEqual([report]);
    }
  });
});

test("an attempt that fails in the end leaves its client the success of an earlier one", async () => {
  const { projector } = startWorker();
  await put(accepted(0), projector);
  const [earlier] = (await readIndex()).attempts;
  const built = trace()
    .wait(3 * pause)
    .authorizationRequest()
    .loginPage()
    .respondsWith()
    .page({ text: "Welcome" });
  const until = built.raw.length;
  const form = { grant_type: "authorization_code", code, client_id: clientId };
  const answer = { status: 400, json: { error: "invalid_grant" } };
  const later = redact(built.fetches(`${server}/token`, { source: "browser", form, answer })).map((one) =>
    named(one, 3),
  );
  await put(later.slice(0, until), projector);
  const [delivered] = await readPairs();
  expect(delivered?.lastSuccess?.flowId).toBe(delivered?.lastAttempt.flowId);
  await put(later.slice(until), projector);
  const [failed] = await readPairs();
  expect(failed).toMatchObject({ state: "not-connected", lastSuccess: { flowId: earlier?.flowId } });
  expect(failed?.lastFailure?.flowId).toBe(delivered?.lastAttempt.flowId);
});

test("a failure is news once, though its callback shows it again after the redirect did", async () => {
  const { projector, onAlerts } = startWorker();
  const failing = trace().authorizationRequest().respondsWith({ code: undefined, error: "access_denied" });
  for (const one of redact(failing.fails("net::ERR_CONNECTION_REFUSED"))) await put([one], projector);
  expect(onAlerts.mock.calls.flatMap(([alerts]) => alerts)).toHaveLength(1);
  expect(await readAlerts()).toMatchObject([{ error: "access_denied" }]);
});

test("a link to an attempt leads to the one that it became part of", async () => {
  const { projector, onAlerts } = startWorker();
  const built = trace().fetches(`${server}/register`, {
    source: "browser",
    json: { client_name: "App", redirect_uris: ["https://app.example/callback"] },
    answer: { status: 400, json: { error: "invalid_redirect_uri" } },
  });
  const until = built.raw.length;
  const all = redact(built.authorizationRequest().page({ status: 400, text: "Client not found." }));
  await put(all.slice(0, until), projector);
  const linked = onAlerts.mock.calls.flatMap(([alerts]) => alerts)[0]?.flowId;
  await put(all.slice(until), projector);
  const [attempt, ...others] = await listed();
  expect(others).toEqual([]);
  expect(attempt.flowId).not.toBe(linked);
  expect((await loadReport(linked))?.flow.id).toBe(attempt.flowId);
});

describe("what is forgotten", () => {
  test("one attempt, with its alert and what was learned from it, and nothing of the others", async () => {
    const { projector } = startWorker();
    await put([...refused(), ...accepted(3)], projector);
    const [, gone] = await listed();
    expect(await readAlerts()).toHaveLength(1);
    await projector.forget(gone.flowId);
    expect(await listed()).toEqual(await expected());
    expect(await listed()).toHaveLength(1);
    expect(await readAlerts()).toEqual([]);
    expect((await readPairs()).map(({ lastFailure }) => lastFailure)).toEqual([undefined]);
  });

  test("a client at a server: its attempts, which are kept, do not bring it back, and a new one does", async () => {
    await put([...refused(), ...accepted(3)], startWorker().projector);
    const [pair] = await readPairs();
    await forgetPair(pair?.id ?? "");
    expect(await readPairs()).toEqual([]);
    const { projector } = startWorker();
    await projector.project();
    expect(await readPairs()).toEqual([]);
    await put(refused(6), projector);
    const [newest] = (await readIndex()).attempts;
    expect(await readPairs()).toMatchObject([{ lastAttempt: { flowId: newest?.flowId } }]);
    expect((await readPairs())[0]?.lastSuccess).toBeUndefined();
  });

  test("a site", async () => {
    const { projector } = startWorker();
    const elsewhere = trace()
      .wait(9 * hour)
      .authorizationRequest({}, { endpoint: "https://other.example/authorize" });
    await put(
      [...refused(), ...redact(elsewhere.page({ status: 500, text: "no" })).map((one) => named(one, 9))],
      projector,
    );
    await projector.forgetSite("auth.example");
    expect((await readIndex()).attempts.map(({ server }) => server)).toEqual(["other.example"]);
    expect((await readPairs()).map(({ server }) => server)).toEqual(["other.example"]);
  });

  test("everything, in the units as in the index", async () => {
    const { projector } = startWorker();
    await put([...refused(), ...accepted(3)], projector);
    await projector.forgetAll();
    expect(await listed()).toEqual([]);
    expect(await readAlerts()).toEqual([]);
    expect(await openShelf("1").all()).toEqual([]);
  });

  test("everything, what is being projected too", async () => {
    const { store, asked, answer } = slowStore("between");
    const { projector } = startWorker("1", store);
    const projecting = put(refused(), projector);
    await asked();
    const forgetting = projector.forgetAll();
    // It has come to where it waits for the projection.
    await expect.poll(() => openStore().count()).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer();
    await Promise.all([projecting, forgetting]);
    expect(await listed()).toEqual([]);
    expect(await openShelf("1").all()).toEqual([]);
  });

  test("finished attempts after a day, and never a failed one", async () => {
    const { projector } = startWorker();
    await put([...refused(), ...accepted(3)], projector);
    await projector.retain();
    expect((await readIndex()).attempts.map(({ state }) => state)).toEqual(["not-connected"]);
    expect(await listed()).toEqual(await expected());
  });

  test.each([
    ["a moment", 20_000],
    ["twenty minutes", 20 * 60_000],
  ])(
    "no attempt that goes on, quiet for %s, where finished ones are kept until the next clean-up only",
    async (_, quiet) => {
      await browser.storage.local.set({ settings: { keepFinishedDays: 0 } });
      const { projector } = startWorker();
      const waiting = redact(trace().authorizationRequest().loginPage());
      now = (waiting.at(-1)?.at ?? 0) + quiet;
      await put(waiting, projector);
      await projector.retain();
      expect((await readIndex()).attempts.map(({ state }) => state)).toEqual(["in-progress"]);
      now += hour;
      await projector.retain();
      expect((await readIndex()).attempts).toEqual([]);
    },
  );

  test("the oldest when there is no room, until there is nothing", async () => {
    const { projector } = startWorker();
    await put([...refused(), ...refused(3)], projector);
    expect(await projector.makeRoom()).toBe(true);
    expect((await readIndex()).attempts).toHaveLength(1);
    expect(await projector.makeRoom()).toBe(true);
    expect(await projector.makeRoom()).toBe(false);
  });
});

test("room is made on a disk that is too full for the index, too", async () => {
  const { projector } = startWorker();
  await put([...refused(), ...refused(3)], projector);
  const { set } = browser.storage.local;
  browser.storage.local.set = () => Promise.reject(new Error("No space left on device"));
  await expect(put(refused(6), projector)).rejects.toThrow("No space");
  const before = await openStore().count();
  expect(await projector.makeRoom()).toBe(true);
  expect(await openStore().count()).toBeLessThan(before);
  browser.storage.local.set = set;
  await projector.project();
  expect(await listed()).toEqual(await expected());
});

describe("a projection that is damaged", () => {
  const many = () => Array.from({ length: 420 }, (_, number) => refused(number)).flat();

  test.each([
    ["is gone", async () => dropIndex()],
    ["is no index", async () => browser.storage.local.set({ "popup-index": "{" })],
    [
      "is of an earlier version of Hopscope",
      async () => browser.storage.local.set({ "popup-index": { version: "1", attempts: [] } }),
    ],
    [
      "lists something else",
      async () =>
        browser.storage.local.set({
          "popup-index": { version: "1", gaps: 0, observations: 3, pages: [], attempts: [{}] },
        }),
    ],
  ])("heals with the next look at it: it %s", async (_, damage) => {
    const { projector } = startWorker();
    await put(refused(), projector);
    await damage();
    expect((await readIndex()).attempts).toEqual([]);
    await projector.project();
    expect(await listed()).toEqual(await expected());
  });

  test.each([
    ["missing", async () => browser.storage.local.remove("popup-index-0")],
    ["half written", async () => browser.storage.local.set({ "popup-index-0": [{ flowId: "1" }] })],
  ])("shows what is left while a page of it is %s, and heals", async (_, damage) => {
    for (const one of many()) await openStore().put(one);
    const { projector } = startWorker();
    await projector.project();
    await damage();
    const shown = await readWholeIndex();
    expect(shown.version).toBe("");
    expect(shown.attempts).toHaveLength(220);
    // As the page does that found it.
    await dropIndex();
    await projector.reload();
    expect(await listed()).toEqual(await expected());
    expect((await readWholeIndex()).version).toBe("1");
  });

  test.each([
    ["units of another version", "0", (unit: object) => unit],
    ["units that are none", "1", () => ({ key: "nonsense" })],
  ])("%s are made anew", async (_, version, change) => {
    await put([...refused(), ...accepted(3)]);
    await startWorker(version).projector.project();
    const database = await openDB(shelfName);
    for (const stored of await database.getAll("units"))
      await database.put("units", { ...stored, unit: change(stored.unit) });
    database.close();
    await startWorker().projector.project();
    expect(await listed()).toEqual(await expected());
    expect(await openShelf("1").all()).toHaveLength(2);
  });

  test.each([
    ["lists that are none", { alerts: "none", pairs: { a: 1 }, seen: 7 }],
    ["lists of something else", { alerts: [null, {}], pairs: [null, {}], seen: [null] }],
  ])("%s are written anew", async (_, damaged) => {
    await browser.storage.local.set(damaged);
    const { projector } = startWorker();
    await put(refused(), projector);
    expect(await readAlerts()).toHaveLength(1);
    expect(await readPairs()).toHaveLength(1);
  });

  test("a full disk costs nothing but time: what could not be written is written later", async () => {
    const { projector } = startWorker();
    const { set } = browser.storage.local;
    browser.storage.local.set = () => Promise.reject(new Error("QUOTA_BYTES quota exceeded"));
    for (const one of refused()) {
      await openStore().put(one);
      projector.add(one);
    }
    await expect(projector.project()).rejects.toThrow("QUOTA_BYTES");
    browser.storage.local.set = set;
    await put(accepted(3), projector);
    expect(await listed()).toEqual(await expected());
  });
});
