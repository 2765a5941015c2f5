import { describe, expect, test } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { openFor, resumableFor } from "@/lib/trace/attempt.ts";
import { createTracker, type Tracker } from "@/lib/trace/track.ts";
import { code, redirectUri, server, state, type Trace, trace } from "../builders.ts";

const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
const hour = 60 * 60_000;
const callback = `${redirectUri}?code=${code}&state=${state}`;
const expiredPage = { status: 400, text: "Your session has expired", title: "Error" };

/** What a tracker keeps of this; with `isRestarted` every event wakes another worker. */
function kept(raw: readonly RawObservation[], isRestarted = false, before: readonly Observation[] = []): Observation[] {
  const stored = [...before];
  let tracker: Tracker | undefined;
  for (const one of raw.flatMap((each) => redactor.redact(each) ?? [])) {
    if (!tracker || isRestarted) tracker = createTracker(stored);
    const observation = tracker.keep(one) ?? (isRestarted ? tracker.adopt(one) : undefined);
    if (observation) stored.push(observation);
  }
  return stored;
}

const reportsOf = (observations: readonly Observation[]) =>
  diagnose(observations, { asOf: (observations.at(-1)?.at ?? 0) + 2 * openFor });
const rolesOf = (observations: readonly Observation[]) =>
  reportsOf(observations)
    .toReversed()
    .map(({ flow }) => flow.legs.map(({ role, exchange }) => `${role} ${exchange.status ?? exchange.error ?? "-"}`));
const verdictsOf = (observations: readonly Observation[]) =>
  reportsOf(observations).map(({ diagnosis: { state: how, findings, unsettled } }) => ({
    how,
    findings: findings.map(({ id }) => id),
    unsettled,
  }));

/** Everything behind the first `count` observations happens that much later, or the clock says so. */
const later = (built: Trace, count: number, by: number): RawObservation[] =>
  built.raw.map((one, index) => (index < count ? one : { ...one, at: one.at + by }));

const attempts: Readonly<Record<string, () => Trace>> = {
  "an error page after the login": () =>
    trace()
      .authorizationRequest()
      .redirectsTo(`${server}/login`)
      .loginPage()
      .visits(`${server}/login`, "POST")
      .page(expiredPage),
  "a response that the client refuses": () =>
    trace()
      .authorizationRequest()
      .loginPage()
      .visits(`${server}/login`, "POST")
      .respondsWith({ state: "changed-on-the-way-0123456789abcdef" })
      .page({ status: 400, text: "unexpected state" }),
  "a response by a page that was waiting for an approval": () =>
    trace().authorizationRequest().loginPage().visits(callback).page({ text: "You can close this window." }),
  "a callback that nobody listens on": () =>
    trace()
      .authorizationRequest()
      .loginPage()
      .visits(`${server}/login`, "POST")
      .respondsWith()
      .fails("net::ERR_CONNECTION_REFUSED"),
  "a token request of the client's page": () =>
    trace()
      .authorizationRequest()
      .loginPage()
      .visits(`${server}/login`, "POST")
      .respondsWith()
      .page({ text: "Welcome" })
      .fetches(`${server}/token`, {
        source: "browser",
        form: { grant_type: "authorization_code", code, redirect_uri: redirectUri },
        error: "net::ERR_FAILED",
      }),
};

describe.each(Object.entries(attempts))(
  "an attempt goes on after a long time, or so the clock says: %s",
  (_, build) => {
    const whole = build();
    const expected = verdictsOf(kept(whole.raw));
    const roles = rolesOf(kept(whole.raw));

    test("everything is told as if nobody had paused, wherever that was", () => {
      for (const by of [5 * hour, 72 * hour])
        for (let index = 1; index < whole.raw.length; index += 1) {
          const observations = kept(later(whole, index, by));
          expect([index, rolesOf(observations), verdictsOf(observations)]).toEqual([index, roles, expected]);
        }
    });

    test("a worker that starts anew for every event tells the same", () => {
      for (let index = 1; index < whole.raw.length; index += 1) {
        const observations = kept(later(whole, index, 5 * hour), true);
        expect([index, rolesOf(observations), verdictsOf(observations)]).toEqual([index, roles, expected]);
      }
    });

    test("after more than that, nothing else is said than what was seen until then", () => {
      const waiting = whole.raw.findIndex(({ kind }) => kind === "page") + 1;
      const [first, ...others] = rolesOf(kept(later(whole, waiting, resumableFor + hour))).map((each) => each.join());
      expect(first).toBe(
        rolesOf(kept(whole.raw.slice(0, waiting)))
          .flat()
          .join(),
      );
      for (const other of others) expect(other).toMatch(/^redirection-endpoint|^token/);
    });
  },
);

const onLoginPage = () => trace().authorizationRequest().redirectsTo(`${server}/login`).loginPage();
const waited = onLoginPage().raw.length;
const keptLater = (built: Trace) => kept(later(built, waited, 5 * hour));

test("what a new worker is told late of the same moment is the attempt's too", () => {
  const built = onLoginPage().visits(`${server}/login`, "POST").respondsWith().fails("net::ERR_CONNECTION_REFUSED");
  const before = kept(built.raw.slice(0, waited));
  // It is told of the page first, and then of the failure before.
  const stored = kept(
    later(built, waited, 5 * hour)
      .slice(-2)
      .toReversed(),
    true,
    before,
  );
  expect(rolesOf(stored)).toEqual([
    ["authorization-request 302", "interaction 200", "redirection-endpoint net::ERR_CONNECTION_REFUSED"],
  ]);
});

test("a response in another tab finds the attempt that waits for its state", () => {
  const [{ raw }, count] = [onLoginPage().visits(callback).page({ text: "Done" }), waited];
  const elsewhere = raw.map((one, index) => (index < count ? one : { ...one, at: one.at + 5 * hour, tabId: 7 }));
  expect(rolesOf(kept(elsewhere))).toEqual([
    ["authorization-request 302", "interaction 200", "redirection-endpoint 200"],
  ]);
});

test("another attempt in the same tab is another one", () => {
  const client = { initiator: "https://app.example" };
  const { raw } = onLoginPage()
    .authorizationRequest({ state: "another-0123456789abcdefghijklmnop" }, { tab: 1 })
    .page(expiredPage);
  const again = raw.map((one) => (one.kind === "request" ? { ...one, ...client } : one));
  const paused = again.map((one, index) => (index < waited ? one : { ...one, at: one.at + 5 * hour }));
  expect(rolesOf(kept(paused))).toEqual([
    ["authorization-request 302", "interaction 200"],
    ["authorization-request 400"],
  ]);
  expect(kept(paused).filter(({ quietFor }) => quietFor !== undefined)).toEqual([]);
});

test("a page that was loaded again is no step of the attempt, as without a pause", () => {
  const { raw } = onLoginPage().visits(`${server}/login`).page(expiredPage);
  const reload = (one: RawObservation): RawObservation =>
    one.kind === "navigation" ? { ...one, transition: "reload" } : one;
  const reloaded = raw.map((one, index) => (index < waited ? one : reload({ ...one, at: one.at + 5 * hour })));
  expect(rolesOf(kept(reloaded))).toEqual([["authorization-request 302", "interaction 200"]]);
});

test.each([
  ["follows a link on the server's pages", () => onLoginPage().visits(`${server}/help`).page({ text: "Help" })],
  ["goes elsewhere", () => onLoginPage().visits("https://news.example/").page({ text: "News" })],
  [
    "goes on to use the server's site",
    () =>
      onLoginPage()
        .visits(`${server}/inbox`)
        .page({ text: "You have mail" })
        .visits(`${server}/inbox`, "POST")
        .page({}),
  ],
  [
    "goes elsewhere and comes back",
    () => onLoginPage().visits("https://news.example/").page({}).visits(`${server}/login`, "POST").page(expiredPage),
  ],
  ["closes the tab", () => onLoginPage().closesTab()],
])("nothing is kept of what a person does who %s after a long time", (_, build) => {
  expect(keptLater(build())).toHaveLength(waited);
});

test("a code that comes again is not the attempt's, long after it was delivered", () => {
  const built = onLoginPage().visits(callback).page({ text: "Done" });
  const count = built.raw.length;
  const { raw } = built.visits(callback).page({ status: 400, text: "state" });
  const again = raw.map((one, index) => (index < count ? one : { ...one, at: one.at + 5 * hour, tabId: 7 }));
  expect(rolesOf(kept(again))).toEqual([
    ["authorization-request 302", "interaction 200", "redirection-endpoint 200"],
    ["redirection-endpoint 400"],
  ]);
});

test("a code that a redirect brought is not the attempt's when its page is opened again two days later", () => {
  const built = onLoginPage().visits(`${server}/login`, "POST").respondsWith().page({ text: "Done" });
  const count = built.raw.length;
  const { raw } = built.inTab(7).visits(callback).page({ status: 400, text: "state" });
  expect(rolesOf(kept(raw.map((one, index) => (index < count ? one : { ...one, at: one.at + 48 * hour }))))).toEqual([
    ["authorization-request 302", "interaction 200", "interaction 302", "redirection-endpoint 200"],
    ["redirection-endpoint 400"],
  ]);
});

test.each([
  ["encoded in another way is the same", "kZ3vQp8sT1yB6nWm4xR9cL2dF7hJ0aEg==", "kZ3vQp8sT1yB6nWm4xR9cL2dF7hJ0aEg==", 1],
  ["too short to be told from another is none to wait for", "48213", "97055", 2],
])("a state that is %s, in another tab after a pause", (_, sent, received, flows) => {
  const built = trace().authorizationRequest({ state: sent }).redirectsTo(`${server}/login`).loginPage();
  const elsewhere = built.inTab(7).visits(`${redirectUri}?code=${code}&state=${received}`).page({ text: "Done" });
  expect(rolesOf(keptLater(elsewhere))).toHaveLength(flows);
});

test("an answer of another site does not end the pause of the attempt in its tab", () => {
  const { raw } = onLoginPage()
    .visits("https://news.example/")
    .page({ text: "News" })
    .visits(`${server}/inbox`)
    .page({});
  // The worker was killed between the request and its answer.
  const orphan = later({ raw } as Trace, waited, 5 * hour).filter((_, index) => index !== waited);
  expect(kept(orphan.slice(waited), true, kept(orphan.slice(0, waited)))).toHaveLength(waited);
});

test("back on the login page of an earlier attempt, it goes on after a pause as it does without", () => {
  const built = onLoginPage()
    .authorizationRequest({ client_id: "another" }, { tab: 1, endpoint: "https://other.example/authorize" })
    .page({ text: "Sign in" });
  const shown = built.raw.find(({ kind }) => kind === "navigation") as RawObservation;
  const at = (built.raw.at(-1)?.at ?? 0) + 1000;
  built.raw.push({ ...shown, at, transition: "link", qualifiers: ["forward_back"] } as RawObservation);
  const count = built.raw.length;
  built.wait(1000).visits(`${server}/login`, "POST").page(expiredPage);
  const roles = [["authorization-request 302", "interaction 200", "interaction 400"], ["authorization-request 200"]];
  for (const by of [0, 5 * hour]) expect(rolesOf(kept(later(built, count, by)))).toEqual(roles);
});
