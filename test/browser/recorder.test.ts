import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Draft } from "@/lib/browser/capture/draft.ts";
import { createRecorder, type Recorder } from "@/lib/browser/recorder.ts";
import type { Settings } from "@/lib/browser/settings.ts";
import type { Store, Timeline } from "@/lib/browser/store.ts";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { Range } from "@/lib/trace/units.ts";
import { code, redirectUri, trace } from "../builders.ts";

const session = { id: "test-key", bytes: new Uint8Array(32).fill(7) };
const unrestricted: Settings = {
  isPaused: false,
  ignoredHosts: [],
  hadAccess: true,
  fetchesMetadata: false,
  keepFinishedDays: 1,
  notifies: false,
};
const drafts = (raw: ReturnType<typeof trace>): Draft[] => raw.raw;

let stored: Map<string, Observation>;
let isFull: boolean;
/** Writes that fail before one does not. */
let failures: number;
let isRoomMade: boolean;
/** What the computer's clock shows, in milliseconds. */
let clock: () => number;
let replaced: [number, string][];
/** What outlives a worker, and ends with the browser. */
let untold: readonly Observation[];
let waiting: readonly Range[];
let heardDocuments: string[];

const store: Store & Pick<Timeline, "between"> = {
  async put(observation) {
    if (isFull) throw new DOMException("full", "QuotaExceededError");
    if (failures-- > 0) throw new DOMException("the connection is closing", "InvalidStateError");
    stored.set(observation.id, observation);
  },
  since: async (at) => [...stored.values()].filter((observation) => observation.at >= at),
  between: async (from, to) => ({
    observations: [...stored.values()].filter(({ at }) => at >= from && at <= to),
  }),
  async remove(ids) {
    for (const id of ids) stored.delete(id);
  },
  count: async () => stored.size,
  clear: async () => stored.clear(),
};

beforeEach(() => {
  stored = new Map();
  isFull = false;
  [failures, isRoomMade] = [0, false];
  clock = () => failing.raw.at(-1)?.at ?? 0;
  replaced = [];
  untold = [];
  waiting = [];
  heardDocuments = [];
});

/** A worker that has just started. */
function startWorker({ settings = unrestricted, key = session } = {}): Recorder {
  return createRecorder({
    session: Promise.resolve(key),
    store,
    losses: {
      read: async () => untold,
      async write(gaps) {
        untold = gaps;
      },
    },
    waiting: {
      read: async () => waiting,
      write(ranges) {
        waiting = ranges;
      },
    },
    heardDocuments: Promise.resolve(heardDocuments),
    onDocument: (id) => void heardDocuments.push(id),
    onLost: () => undefined,
    settings: Promise.resolve(settings),
    now: () => clock(),
    async makeRoom() {
      isRoomMade = true;
      return false;
    },
    onKept: () => undefined,
    onReplaced: (tabId, by) => replaced.push([tabId, by]),
  });
}

async function run(given: readonly Draft[], recorder = startWorker()) {
  for (const draft of given) recorder.record(draft);
  await recorder.settled();
}

const verdicts = () =>
  diagnose([...stored.values()], { asOf: (failing.raw.at(-1)?.at ?? 0) + 1_000 }).map(({ diagnosis }) => ({
    state: diagnosis.state,
    headline: diagnosis.findings[0]?.id,
  }));

let failing: ReturnType<typeof trace>;
beforeAll(() => {
  failing = trace()
    .authorizationRequest()
    .redirectsTo("https://auth.example/login")
    .loginPage()
    .visits("https://auth.example/login", "POST")
    .respondsWith({ state: "changed-on-the-way-0123456789abcdef" })
    .page({ status: 400, text: "unexpected state" });
});

test("events that arrive before anything is ready are kept, in their order", async () => {
  await run(drafts(failing));
  expect([...stored.values()].map(({ kind, at }) => [kind, at])).toEqual(
    drafts(failing).map(({ kind, at }) => [kind, at]),
  );
  expect(verdicts()).toMatchObject([{ state: "not-connected", headline: "state-mismatch" }]);
});

test("a worker that dies between any two events changes nothing", async () => {
  await run(drafts(failing));
  const whole = [...stored.keys()];
  for (let cut = 1; cut < drafts(failing).length; cut += 1) {
    stored = new Map();
    await run(drafts(failing).slice(0, cut));
    await run(drafts(failing).slice(cut));
    expect([...stored.keys()]).toEqual(whole);
  }
});

test.each([
  ["five hours", 5],
  ["three days", 72],
])("an attempt that goes on after %s is told to the end, whenever the worker died", async (_, hours) => {
  const given = drafts(failing);
  const paused = given.findIndex(({ kind }) => kind === "page") + 1;
  const late = given.map((draft, index) => (index < paused ? draft : { ...draft, at: draft.at + hours * 60 * 60_000 }));
  for (let cut = 1; cut < late.length; cut += 1) {
    [stored, waiting] = [new Map(), []];
    clock = () => late[cut - 1]?.at ?? 0;
    await run(late.slice(0, cut));
    clock = () => late.at(-1)?.at ?? 0;
    await run(late.slice(cut));
    expect(verdicts()).toMatchObject([{ state: "not-connected", headline: "state-mismatch" }]);
  }
});

test("of an attempt that waits no more, a new worker reads nothing that is old", async () => {
  await run([...drafts(failing), ...drafts(trace().wait(60_000).authorizationRequest({}, { tab: 9 }).closesTab())]);
  expect(waiting).toEqual([]);
});

test("the same events delivered twice are stored once", async () => {
  await run([...drafts(failing), ...drafts(failing)]);
  expect(stored.size).toBe(failing.raw.length);
});

describe("what belongs to no attempt leaves no trace", () => {
  test("an ordinary page", async () => {
    await run(drafts(trace().visits("https://news.example/article?id=7").page({ text: "News", title: "News" })));
    expect(stored.size).toBe(0);
  });

  test("where the person went after an attempt: that, not where to", async () => {
    await run(
      drafts(trace().authorizationRequest().loginPage().visits("https://bank.example/account").page({ text: "Bank" })),
    );
    expect([...stored.values()].at(-1)).toMatchObject({ kind: "tab", event: "left" });
    expect(JSON.stringify([...stored.values()])).not.toContain("bank.example");
  });
});

test("paused: nothing is recorded", async () => {
  await run(drafts(failing), startWorker({ settings: { ...unrestricted, isPaused: true } }));
  expect(stored.size).toBe(0);
});

test("not on this site: nothing of it or below it", async () => {
  await run(drafts(failing), startWorker({ settings: { ...unrestricted, ignoredHosts: ["auth.example"] } }));
  expect(JSON.stringify([...stored.values()])).not.toContain('"host":"auth.example"');
});

test("settings that change while the worker lives count at once", async () => {
  const recorder = startWorker();
  await recorder.settled();
  recorder.applySettings({ ...unrestricted, isPaused: true });
  await run(drafts(failing), recorder);
  expect(stored.size).toBe(0);
});

describe("a store that is full for a while", () => {
  test("loses events, not the worker, and marks the gap when it was, once there is room", async () => {
    const recorder = startWorker();
    const [first, second, ...rest] = drafts(failing);
    if (!first || !second) throw new Error("the trace is too short");
    await run([first], recorder);
    isFull = true;
    await run([second], recorder);
    isFull = false;
    await run(rest, recorder);
    expect(gaps()).toMatchObject([{ reason: "quota", at: second.at, tabId: second.tabId }]);
    expect(stored.size).toBe(failing.raw.length);
  });

  test("whatever is lost, and whether or not the worker dies with it: the right verdict, or incomplete with its gap", async () => {
    const all = drafts(failing);
    for (let from = 0; from < all.length; from += 1)
      for (let to = from + 1; to <= all.length; to += 1)
        for (const dies of [false, true]) {
          [stored, untold, isFull] = [new Map(), [], false];
          const recorder = startWorker();
          await run(all.slice(0, from), recorder);
          isFull = true;
          await run(all.slice(from, to), recorder);
          isFull = false;
          const next = dies ? startWorker() : recorder;
          await run(all.slice(to), next);
          // Nothing more happens in the browser; an alarm wakes the worker.
          await next.tellLosses();
          const told = verdicts();
          const isRight = told.length === 1 && told[0]?.headline === "state-mismatch";
          const isLess = told.every(({ state, headline }) => state === "incomplete" || headline === "callback-failed");
          expect({ from, to, dies, told, isRight: isRight || (isLess && gaps().length > 0) }).toMatchObject({
            isRight: true,
          });
          expect(untold).toEqual([]);
        }
  });
});

test("a write that fails by itself is tried again, and nothing is removed for it", async () => {
  failures = 1;
  await run(drafts(failing));
  expect(stored.size).toBe(failing.raw.length);
  expect(isRoomMade).toBe(false);
});

test("an error page whose text there was no room for accuses nobody by its status alone", async () => {
  const refused = drafts(trace().authorizationRequest().page({ status: 400, text: "invalid_client: not found" }));
  const recorder = startWorker();
  await run(refused.slice(0, -1), recorder);
  isFull = true;
  await run(refused.slice(-1), recorder);
  isFull = false;
  await recorder.tellLosses();
  expect(gaps()).toMatchObject([{ reason: "quota" }]);
  expect(verdicts()).toEqual([{ state: "incomplete", headline: undefined }]);
});

describe("the computer's clock", () => {
  const hours = 60 * 60_000;
  const shifted = (given: readonly Draft[], from: number, by: number) =>
    given.map((draft, index) => (index < from ? draft : { ...draft, at: draft.at + by }));

  test.each([
    ["the same worker", false],
    ["a worker started anew", true],
  ])("set back at any moment changes nothing: %s", async (_, dies) => {
    const all = drafts(failing);
    for (let from = 1; from < all.length; from += 1) {
      stored = new Map();
      const given = shifted(all, from, -2 * hours);
      clock = () => all[from - 1]?.at ?? 0;
      const recorder = startWorker();
      await run(given.slice(0, from), recorder);
      clock = () => given.at(-1)?.at ?? 0;
      await run(given.slice(from), dies ? startWorker() : recorder);
      expect({ from, verdicts: verdicts() }).toEqual({
        from,
        verdicts: [{ state: "not-connected", headline: "state-mismatch" }],
      });
    }
  });

  test("events a little out of order keep their times", async () => {
    const [first, ...rest] = drafts(failing);
    if (!first) throw new Error("the trace is too short");
    await run([...rest.slice(0, 1), first]);
    expect([...stored.values()].find(({ kind }) => kind === "request")?.at).toBe(first.at);
  });
});

const gaps = () => [...stored.values()].flatMap((seen) => (seen.kind === "gap" ? [seen] : []));

describe("a worker that was killed before it could store a request", () => {
  test("takes the answer, marks the gap where it happened, and says nothing that it did not see", async () => {
    const response = { kind: "form", fields: [{ name: "code", value: "SplxlOBeZQQYbYS6WxSbIA" }] } as const;
    const posted = trace()
      .authorizationRequest({ response_mode: "form_post" })
      .loginPage()
      .visits("https://app.example/callback", "POST", response)
      .page({ text: "Welcome" }).raw;
    const lost = posted.findIndex((raw) => raw.kind === "request" && raw.url === "https://app.example/callback");
    await run(posted.slice(0, lost));
    await run(posted.slice(lost + 1));
    const [tabId] = posted.flatMap((raw) => raw.tabId ?? []);
    expect(gaps()).toMatchObject([{ reason: "worker-started-late", tabId, at: posted[lost + 1]?.at }]);
    expect(verdicts()).toEqual([{ state: "incomplete", headline: undefined }]);
  });

  test("takes the redirect whose request was the authorization request itself", async () => {
    const [, ...rest] = drafts(failing);
    await run(rest);
    expect(gaps()).toMatchObject([{ reason: "worker-started-late" }]);
    expect(verdicts()).toMatchObject([{ state: "not-connected", headline: "state-mismatch" }]);
  });

  test("still drops what belongs to no attempt", async () => {
    await run(drafts(trace().visits("https://news.example/article").page({ text: "News" })).slice(1));
    expect(stored.size).toBe(0);
  });
});

test("an answer whose request was seen and dropped stays dropped", async () => {
  await run(drafts(trace().visits("https://news.example/?code=abcdefgh&x=1&y=2&z=3").page({ text: "News" })));
  expect(stored.size).toBe(0);
});

describe("after the browser was started again", () => {
  const second = { id: "second-key", bytes: new Uint8Array(32).fill(9) };

  test("an attempt that was under way is incomplete, and says why, once", async () => {
    await run(drafts(failing).slice(0, 4));
    await run([], startWorker({ key: second }));
    await run([], startWorker({ key: second }));
    expect(gaps()).toMatchObject([{ reason: "browser-restarted", session: session.id }]);
    expect(verdicts()).toEqual([{ state: "incomplete", headline: undefined }]);
  });

  test("an attempt that had ended keeps its verdict", async () => {
    await run(drafts(trace().authorizationRequest().loginPage().closesTab()));
    const before = verdicts();
    await run([], startWorker({ key: second }));
    expect(verdicts()).toEqual(before);
    await run(drafts(failing));
    expect(verdicts()).toContainEqual({ state: "not-connected", headline: "state-mismatch" });
  });
});

describe("requests of pages", () => {
  const fetched = () =>
    trace()
      .authorizationRequest()
      .respondsWith()
      .page({ text: "Welcome" })
      .fetches("https://auth.example/token", {
        source: "browser",
        form: { grant_type: "authorization_code", code, redirect_uri: redirectUri },
        answer: { status: 400 },
      });

  test("are kept with their answers, in a new worker too", async () => {
    const all = drafts(fetched());
    await run(all.slice(0, -1));
    await run(all.slice(-1));
    expect([...stored.values()].slice(-2)).toMatchObject([
      { kind: "request", type: "fetch" },
      { kind: "response", status: 400 },
    ]);
    expect(gaps()).toEqual([]);
  });

  test("that are none of OAuth are not", async () => {
    const other = { source: "browser", json: { query: "q" } } as const;
    await run(drafts(trace().fetches("https://app.example/api/search", other)));
    expect(stored.size).toBe(0);
  });
});

test("a tab is followed from its authorization request on, in a new worker too", async () => {
  const [tabId] = failing.raw.flatMap((raw) => raw.tabId ?? []);
  if (tabId === undefined) throw new Error("the trace has no tab");
  const recorder = startWorker();
  expect(await recorder.isTracked(tabId)).toBe(false);
  await run(drafts(failing).slice(0, 3), recorder);
  expect(await recorder.isTracked(tabId)).toBe(true);
  expect(await startWorker().isTracked(tabId)).toBe(true);
  expect(await recorder.isTracked(tabId + 1)).toBe(false);
});

test("forgetting everything also forgets which tabs are followed", async () => {
  const recorder = startWorker();
  await run(drafts(failing).slice(0, 3), recorder);
  await store.clear();
  await recorder.restart();
  const [tabId] = failing.raw.flatMap((raw) => raw.tabId ?? []);
  expect(await recorder.isTracked(tabId ?? -1)).toBe(false);
});

describe("a document that a starting worker finds in a tab", () => {
  const found = (url: string, more = {}) => ({
    tabId: 7,
    frameId: 0,
    documentId: "D1",
    url,
    hasFailed: false,
    ...more,
  });
  const request =
    "https://auth.example/authorize?response_type=code&client_id=tool&state=0123456789abcdef0123456789abcdef";
  const response = "http://127.0.0.1:7777/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=0123456789abcdef0123456789abcdef";

  test.each([
    ["an authorization request", request],
    ["an authorization response", response],
  ])("is taken into an attempt with its gap when nobody told of it: %s", async (_, url) => {
    const recorder = startWorker();
    expect(await recorder.recover(found(url))).toBe(true);
    await recorder.settled();
    expect([...stored.values()].map(({ kind }) => kind)).toEqual(["navigation", "gap"]);
    expect(gaps()).toMatchObject([{ reason: "worker-started-late", tabId: 7 }]);
    expect(await recorder.isTracked(7)).toBe(true);
    expect(verdicts()).toMatchObject([{ state: "incomplete" }]);
  });

  test("is taken once, however often workers start", async () => {
    for (let start = 0; start < 3; start += 1) {
      const recorder = startWorker();
      expect(await recorder.recover(found(request))).toBe(start === 0);
      await recorder.settled();
    }
    expect(stored.size).toBe(2);
  });

  test("is left alone where the browser gives documents no id to know them again by", async () => {
    expect(await startWorker().recover(found(request, { documentId: undefined }))).toBe(false);
  });

  test("leaves no trace when it is none of an attempt", async () => {
    const recorder = startWorker();
    expect(await recorder.recover(found("https://shop.example/?code=SPRING10"))).toBe(false);
    await recorder.settled();
    expect(stored.size).toBe(0);
  });

  test("is not found anew after it was forgotten, nor while recording is paused", async () => {
    const place = { source: "browser", at: clock(), tabId: 7, frameId: 0 } as const;
    await run([{ ...place, kind: "navigation", how: "committed", url: request, documentId: "D1" }]);
    expect(stored.size).toBe(1);
    await store.clear();
    expect(await startWorker().recover(found(request))).toBe(false);
    const paused = startWorker({ settings: { ...unrestricted, isPaused: true } });
    expect(await paused.recover(found(request, { documentId: "D2" }))).toBe(false);
    expect(stored.size).toBe(0);
  });

  test("an error page of the browser whose failure was told is not told twice", async () => {
    const refused = trace()
      .authorizationRequest()
      .loginPage()
      .respondsWith({})
      .fails("net::ERR_CONNECTION_REFUSED").raw;
    await run(refused);
    const last = refused.at(-1);
    if (last?.kind !== "navigation" || last.tabId === undefined) throw new Error("the trace does not end in an error");
    const before = stored.size;
    const shown = found(last.url, { tabId: last.tabId, documentId: "error-page", hasFailed: true });
    expect(await startWorker().recover(shown)).toBe(false);
    expect(stored.size).toBe(before);
  });
});

test("a token request that the page lists and whose answer nobody heard of is a gap", async () => {
  const attempt = trace().authorizationRequest().respondsWith().page({ text: "Welcome" });
  await run(drafts(attempt));
  const [tabId] = attempt.raw.flatMap((raw) => raw.tabId ?? []);
  if (tabId === undefined) throw new Error("the trace has no tab");
  const recorder = startWorker();
  const listed = { url: "https://auth.example/token", at: (attempt.raw.at(-1)?.at ?? 0) + 10 };
  recorder.miss({ ...listed, tabId });
  recorder.miss({ ...listed, tabId: tabId + 1 });
  await recorder.settled();
  expect(gaps()).toMatchObject([{ reason: "worker-started-late", tabId, at: listed.at }]);
});

test("says which tabs show a new document, so that their badge is set again", async () => {
  await run(drafts(trace().authorizationRequest().loginPage().respondsWith({}).fails("net::ERR_CONNECTION_REFUSED")));
  expect(replaced.map(([, by]) => by)).toEqual(["document", "error page"]);
});

test("an answer to the worker of a page, of whose request nothing is known, is a gap where an attempt has just been", async () => {
  const attempt = trace().authorizationRequest().respondsWith().page({ text: "Welcome" });
  const last = attempt.raw.at(-1)?.at ?? 0;
  const answer = (url: string, at: number): Draft => ({
    kind: "response",
    isOfPage: true,
    source: "browser",
    requestId: "lost",
    at,
    url,
    status: 400,
    headers: [],
  });
  await run([answer("https://auth.example/token", last)]);
  expect(gaps()).toEqual([]);
  await run(drafts(attempt));
  clock = () => last + 10 * 60_000;
  await run([answer("https://a.example/api/csrf-token", last + 50)]);
  await run([answer("https://auth.example/token", last + 10 * 60_000)]);
  expect(gaps()).toEqual([]);
  await run([answer("https://auth.example/token", last + 50)]);
  expect(gaps()).toMatchObject([{ reason: "worker-started-late", at: last + 50 }]);
  expect(gaps()[0]).not.toHaveProperty("tabId");
});

test("such an answer in a tab that has waited for hours is told of once, to nobody", async () => {
  const waitingPage = drafts(trace().authorizationRequest().redirectsTo("https://auth.example/login").loginPage());
  await run(waitingPage);
  const last = waitingPage.at(-1);
  const at = (last?.at ?? 0) + 2 * 60 * 60_000;
  clock = () => at;
  let asked = 0;
  const answer = { kind: "response", source: "browser", requestId: "lost", at, status: 200, headers: [] } as const;
  const draft: Draft = {
    ...answer,
    url: "https://auth.example/token",
    tabId: last?.tabId ?? -1,
    frameId: 0,
    get isOfPage() {
      asked += 1;
      if (asked > 100) throw new Error("round and round");
      return true as const;
    },
  };
  await run([draft]);
  expect(asked).toBeLessThan(10);
  expect(gaps()).toEqual([]);
});
