import * as fc from "fast-check";
import { expect, test } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { code, redirectUri, server, state, type Trace, trace } from "../builders.ts";

const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
const other = "Zz9ifjsldkjQx8Yz1b2C3d4E5f6G7h8I";
const fromPage = { source: "browser" } as const;
const posted = (values: Readonly<Record<string, string>>) => ({
  kind: "form" as const,
  fields: Object.entries(values).map(([name, value]) => ({ name, value })),
});

/** One attempt of every shape; each ends in a verdict that one event too many or too few would change. */
const attempts: Readonly<Record<string, Trace>> = {
  query: trace().authorizationRequest().loginPage().visits(`${server}/login`, "POST").respondsWith({ state: other }),
  "form post": trace()
    .authorizationRequest({ response_mode: "form_post" })
    .loginPage()
    .visits(redirectUri, "POST", posted({ code, state: other }))
    .page({ status: 400, text: "state" }),
  fragment: trace().authorizationRequest().redirectsTo(`${redirectUri}#error=access_denied&state=${state}`).page({}),
  "error page": trace().authorizationRequest().page({ status: 400, text: "Client not found." }),
  "dead loopback": trace()
    .authorizationRequest({ redirect_uri: "http://127.0.0.1:33418/callback" })
    .respondsWith({}, "http://127.0.0.1:33418/callback")
    .fails("net::ERR_CONNECTION_REFUSED")
    .visits(`http://127.0.0.1:33418/callback?code=${code}&state=${state}`)
    .fails("net::ERR_CONNECTION_REFUSED"),
  "custom scheme": trace()
    .authorizationRequest({ redirect_uri: "cursor://anysphere.cursor-mcp/oauth/callback" })
    .respondsWith({}, "cursor://anysphere.cursor-mcp/oauth/callback"),
  abandoned: trace().authorizationRequest().loginPage().closesTab(),
  "token request": trace()
    .authorizationRequest()
    .respondsWith()
    .page({ text: "Welcome" })
    .fetches(`${server}/token`, {
      ...fromPage,
      form: { grant_type: "authorization_code", code, redirect_uri: redirectUri },
      error: "net::ERR_FAILED",
    }),
  interrupted: trace().authorizationRequest().loginPage().gap("worker-started-late").respondsWith().page({}),
};

const elsewhere = "https://login.other.example";
const theirState = "Qw9ifjsldkjQx8Yz1b2C3d4E5f6G7h8I";
const theirs = { client_id: "another-client", redirect_uri: "https://other.example/cb", state: theirState };
const at = (endpoint: string) => ({ endpoint: `${endpoint}/authorize` });

/** What else goes on in the browser. */
const others: readonly Trace[] = [
  trace()
    .authorizationRequest(theirs, at(elsewhere))
    .loginPage()
    .redirectsTo(`${theirs.redirect_uri}?code=abc&state=${theirState}`),
  trace().authorizationRequest(theirs, at(elsewhere)).page({ status: 400, text: "invalid_scope" }),
  trace()
    .authorizationRequest({ ...theirs, state: `${theirState}2` })
    .loginPage()
    .closesTab(),
  trace().visits("https://news.example/").page({ text: "News" }).gap("page-text-unreadable"),
  trace().visits(redirectUri).page({ text: "The client's own start page" }),
  trace().visits(`${server}/help`).page({ text: "Unknown client? Ask your administrator" }).closesTab(),
  trace().fetches(`${elsewhere}/token`, {
    ...fromPage,
    form: { grant_type: "refresh_token", client_id: "another-client" },
    answer: { status: 200 },
  }),
  trace().fetches(`${elsewhere}/.well-known/openid-configuration`, { ...fromPage, answer: { status: 404 } }),
];

const redact = (raw: readonly RawObservation[]) => raw.flatMap((one) => redactor.redact(one) ?? []);

/** As tabs and requests of their own, some seconds earlier or later. */
const shifts = [-7_500, -2_500, -300, 700, 1_500, 4_500, 9_500];
const noise = others.flatMap(({ raw }, index) =>
  shifts.map((shift) =>
    redact(
      raw.map((one) => ({
        ...one,
        at: one.at + shift,
        ...(one.tabId !== undefined && { tabId: one.tabId + 100 * (index + 1) }),
        ...("requestId" in one && one.requestId !== undefined && { requestId: `n${index}-${one.requestId}` }),
      })),
    ),
  ),
);

const asOf = Date.UTC(2026, 0, 5, 12);
const told = (observations: readonly Observation[], id: string | undefined) => {
  const [report] = diagnose(observations, { asOf }).filter(({ flow }) => flow.id === id);
  if (!report) return "no such attempt";
  const { state: how, findings, unsettled } = report.diagnosis;
  return JSON.stringify([how, findings, unsettled, report.flow]);
};

const subjects = Object.entries(attempts).map(([name, { raw }]) => {
  const observations = redact(raw);
  const [report] = diagnose(observations, { asOf });
  return { name, observations, id: report?.flow.id, alone: told(observations, report?.flow.id) };
});

/** Any order, by a sort on numbers drawn for the purpose. */
function mix<Item>(items: readonly Item[], seed: number): Item[] {
  let now = seed >>> 0;
  const draw = () => {
    now = (Math.imul(now, 1_664_525) + 1_013_904_223) >>> 0;
    return now;
  };
  return items
    .map((item) => [draw(), item] as const)
    .sort(([left], [right]) => left - right)
    .map(([, item]) => item);
}

test("every attempt is told apart from the others", () => {
  expect(subjects.every(({ id }) => id !== undefined)).toBe(true);
  expect(new Set(subjects.map(({ alone }) => alone)).size).toBe(subjects.length);
});

test("unrelated tabs, order of arrival and duplicates change nothing in a diagnosis", () => {
  const index = (length: number) => fc.nat(length - 1);
  fc.assert(
    fc.property(
      index(subjects.length),
      fc.uniqueArray(index(noise.length), { maxLength: 3 }),
      fc.integer(),
      fc.nat(4),
      (which, noises, seed, duplicates) => {
        const subject = subjects[which];
        if (!subject) return;
        const all = [...subject.observations, ...noises.flatMap((one) => noise[one] ?? [])];
        const delivered = mix([...all, ...mix(all, seed ^ 0x5bd1e995).slice(0, duplicates * 5)], seed);
        expect(told(delivered, subject.id)).toBe(subject.alone);
      },
    ),
    { numRuns: 10_000 },
  );
}, 300_000);
