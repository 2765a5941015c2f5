import { expect, test } from "vitest";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { code, codeChallenge, diagnoseRaw, server, state, type Trace, trace } from "../builders.ts";

const jwt = (claims: object, header: object = { alg: "RS256" }) =>
  [header, { iss: server, aud: "s6BhdRkqt3", exp: 1_900_000_000, ...claims }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .concat("c2lnbmF0dXJlLW9mLXRoZS10b2tlbg")
    .join(".");
const encrypted = `${jwt({}, { alg: "RSA-OAEP", enc: "A256GCM" })}.Zm9vYmFyYmF6cXV4.cXV1eGNvcmdl`;
const until = (parameters = {}) =>
  trace().authorizationRequest(parameters).loginPage().visits(`${server}/login`, "POST");
const signed = (response: string) =>
  until({ response_mode: "jwt" })
    .respondsWith({ code: undefined, state: undefined, response })
    .page({ text: "Done. You can close this window." });

/** Chromium's two words for one thing: the request was aborted, the navigation had too many redirects. */
function endless(built: Trace, ...between: readonly string[]): Trace {
  for (let round = 0; round < 3; round += 1) for (const url of between) built.redirectsTo(url);
  built.fails("net::ERR_TOO_MANY_REDIRECTS");
  built.raw.splice(
    0,
    built.raw.length,
    ...built.raw.map((one): RawObservation => (one.kind === "failure" ? { ...one, error: "net::ERR_ABORTED" } : one)),
  );
  return built;
}

/** As `launchWebAuthFlow` asks: no tab, and no text of an answer that it gives up on. */
function withoutTab(built: Trace): Trace {
  const seen = built.raw.filter(({ kind }) => kind === "request" || kind === "response");
  built.raw.splice(0, built.raw.length, ...seen.map(({ tabId: _, ...one }) => one as RawObservation));
  return built;
}

const add = (built: Trace, kind: RawObservation["kind"], added: object): Trace => {
  const like = built.raw.findLast((one) => one.kind === kind);
  const at = (built.raw.at(-1)?.at ?? 0) + 10;
  built.raw.push({ ...like, at, ...added } as RawObservation);
  return built;
};
/** The connection broke, or the computer slept, when the page was there. */
const cutShort = (built: Trace, error: string) => add(built, "response", { kind: "failure", error });
const stopped = (built: Trace, error: string) => add(built, "navigation", { how: "failed", error });

/** A worker that starts finds the browser's error page and takes it for the document, before it is told of the failure. */
function foundBefore(built: Trace): Trace {
  const failed = built.raw.findLast((one) => one.kind === "navigation");
  if (failed?.kind !== "navigation") throw new Error("the trace ends with a failed navigation");
  const { error: _, ...shown } = failed;
  const raw = built.raw.filter(({ kind }) => kind !== "failure");
  built.raw.splice(0, built.raw.length, ...raw.slice(0, -1), { ...shown, how: "committed" }, failed);
  return built;
}

/** What the page of the client asks for when it was shown; the browser keeps the bodies to itself. */
function onClientsPage(asks: (built: Trace) => Trace): Trace {
  const built = until().respondsWith().page({ text: "Welcome" });
  const count = built.raw.length;
  const unseen = asks(built)
    .raw.splice(count)
    .map((one) => ({ ...one, source: "browser", tabId: 1, frameId: 0 }) as RawObservation);
  built.raw.push(...unseen);
  return built;
}

const ofExtension = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/done";
const app = "https://app.example";
const otherState = "Zz9ifjsldkjQx8Yz1b2C3d4E5f6G7h8I";
const requestTo = (endpoint: string, client_id = "s6BhdRkqt3") =>
  `${endpoint}?${new URLSearchParams({ response_type: "code", client_id, redirect_uri: `${app}/callback`, state: otherState, code_challenge: codeChallenge, code_challenge_method: "S256" })}`;

const requestOfFirst = requestTo(`${server}/authorize`, "s6BhdRkqt3").replace(otherState, state);
const upstream = `https://login.upstream.example/authorize?${new URLSearchParams({ response_type: "code", client_id: "proxy", redirect_uri: `${server}/callback`, state: otherState })}`;

test.each<{ readonly of: string; readonly built: Trace; readonly ends: readonly string[] }>([
  {
    of: "an error inside a signed response",
    built: signed(jwt({ error: "access_denied", state })),
    ends: ["not-connected access-denied"],
  },
  { of: "a code inside a signed response", built: signed(jwt({ code, state })), ends: ["code-delivered -"] },
  { of: "a response that only the client can read", built: signed(encrypted), ends: ["incomplete -"] },
  {
    of: "a server that redirects in a circle",
    built: endless(trace().authorizationRequest(), `${server}/a`, `${server}/b`),
    ends: ["not-connected authorization-server-error"],
  },
  {
    of: "a client that redirects in a circle",
    built: endless(until().respondsWith(), `${app}/home`, `${app}/callback`),
    ends: ["not-connected callback-failed"],
  },
  {
    of: "a refusal that the browser could not show",
    built: trace()
      .authorizationRequest()
      .redirectsTo(`${server}/refused`)
      .page({ status: 400 })
      .fails("net::ERR_INVALID_RESPONSE"),
    ends: ["not-connected authorization-request-invalid"],
  },
  {
    of: "a login page that must not be shown in a frame",
    built: trace().authorizationRequest({ prompt: "none" }).page({}).fails("net::ERR_BLOCKED_BY_RESPONSE"),
    ends: ["incomplete -"],
  },
  {
    of: "a popup that posted its response and closed",
    built: trace().authorizationRequest({ response_mode: "web_message" }).loginPage().closesTab(),
    ends: ["incomplete -"],
  },
  {
    of: "the error page of a client that signs people in with this server",
    built: until()
      .respondsWith()
      .redirectsTo(`${app}/error`)
      .page({ text: "Authentication failed. We could not sign you in: token exchange failed." }),
    ends: ["not-connected callback-failed"],
  },
  {
    of: "a redirect URI that the browser itself takes, for which there is no host",
    built: until({ redirect_uri: ofExtension }).respondsWith({}, ofExtension).fails("net::ERR_NAME_NOT_RESOLVED"),
    ends: ["incomplete -"],
  },
  {
    of: "an error status for an extension's flow, which ends before there is a tab",
    built: withoutTab(trace().authorizationRequest().page({ status: 500, text: "Internal Server Error" })),
    ends: ["not-connected authorization-server-error"],
  },
  {
    of: "an error alone, in a tab of its own",
    built: trace()
      .authorizationRequest({ state: undefined }, { tab: 1 })
      .loginPage()
      .inTab(2)
      .visits(`${server}/magic`)
      .respondsWith({ code: undefined, state: undefined, error: "access_denied" })
      .page({ text: "Sorry" }),
    ends: ["not-connected access-denied"],
  },
  ...["E1047", "40013", "err-12"].map((error) => ({
    of: `a refusal whose code is the server's own: ${error}`,
    built: until().respondsWith({ code: undefined, error }).page({ text: "Sign in" }),
    ends: ["not-connected authorization-request-invalid"],
  })),
  {
    of: "a client that asks again, with a login, in answer to login_required",
    built: trace()
      .authorizationRequest({ prompt: "none" })
      .respondsWith({ code: undefined, error: "login_required" })
      .redirectsTo(requestTo(`${server}/authorize`))
      .loginPage()
      .visits(`${server}/login`, "POST")
      .respondsWith({ state: otherState })
      .page({ text: "You are signed in" }),
    ends: ["code-delivered -", "not-connected interaction-required"],
  },
  {
    of: "a client that goes on from one server to the next",
    built: until()
      .respondsWith()
      .redirectsTo(requestTo("https://other.example/authorize", "unheard-of"))
      .page({ status: 400, json: { error: "invalid_client", error_description: "Unknown client" } }),
    ends: ["not-connected unknown-client", "code-delivered -"],
  },
  {
    of: "a client and a server that send the browser to each other",
    built: endless(
      until().respondsWith(),
      requestTo(`${server}/authorize`),
      `${app}/callback?code=${code}&state=${otherState}`,
    ),
    ends: ["not-connected callback-failed"],
  },
  {
    of: "a login page that was reloaded",
    built: trace()
      .authorizationRequest({}, { tab: 1 })
      .loginPage()
      .authorizationRequest({}, { tab: 1 })
      .loginPage()
      .visits(`${server}/login`, "POST")
      .respondsWith()
      .page({ text: "You are signed in" }),
    ends: ["code-delivered -"],
  },
  {
    of: "an error page that was reloaded, with better luck",
    built: trace()
      .authorizationRequest({}, { tab: 1 })
      .page({ status: 503, text: "Service Unavailable" })
      .authorizationRequest({}, { tab: 1 })
      .respondsWith()
      .page({ text: "You are signed in" }),
    ends: ["code-delivered -", "not-connected authorization-server-unavailable"],
  },
  {
    of: "an attempt in whose tab another one was begun",
    built: trace()
      .authorizationRequest({}, { tab: 1 })
      .fails("net::ERR_ABORTED")
      .authorizationRequest({ state: otherState }, { tab: 1 })
      .respondsWith({ state: otherState })
      .page({ text: "You are signed in" }),
    ends: ["code-delivered -", "incomplete callback-missing"],
  },
  {
    of: "a client and a server that send the browser to each other, given up on the server's side",
    built: until()
      .respondsWith()
      .redirectsTo(requestOfFirst)
      .respondsWith({ code: "anotherOBeZQQYbYS6WxSbIA" })
      .redirectsTo(requestOfFirst)
      .fails("net::ERR_TOO_MANY_REDIRECTS"),
    ends: ["not-connected callback-failed"],
  },
  {
    of: "an upstream server that redirects in a circle",
    built: endless(trace().authorizationRequest(), upstream, "https://login.upstream.example/a", upstream),
    ends: ["not-connected upstream-authorization-failed"],
  },
  ...[400, 401, 403, 404, 500].map((status) => ({
    of: `a ${status} of another service's token endpoint, which the client's page asked unseen`,
    built: onClientsPage((built) =>
      built.fetches("https://telemetry.example/v1/token", { method: "POST", answer: { status } }),
    ),
    ends: ["code-delivered -"],
  })),
  {
    of: "a refusal at the token endpoint that the metadata names, asked unseen",
    built: onClientsPage((built) =>
      built
        .fetches("https://token.example/v1/token", { method: "POST", answer: { status: 500 } })
        .metadata(`${server}/.well-known/oauth-authorization-server`, {
          json: {
            issuer: server,
            authorization_endpoint: `${server}/authorize`,
            token_endpoint: "https://token.example/v1/token",
          },
        }),
    ),
    ends: ["not-connected authorization-server-error"],
  },
  {
    of: "a client that takes the response and closes its window, in Firefox",
    built: until().respondsWith().fails("NS_BINDING_ABORTED").closesTab(),
    ends: ["incomplete -"],
  },
  {
    of: "a login page that the person left while it was loading, in Firefox",
    built: trace().authorizationRequest().fails("NS_BINDING_ABORTED"),
    ends: ["incomplete -"],
  },
  ...["net::ERR_INCOMPLETE_CHUNKED_ENCODING", "net::ERR_NETWORK_IO_SUSPENDED"].map((error) => ({
    of: `a login page that was cut short: ${error}`,
    built: cutShort(trace().authorizationRequest().loginPage(), error),
    ends: ["incomplete -"],
  })),
  ...["net::ERR_ABORTED", "net::ERR_INCOMPLETE_CHUNKED_ENCODING"].map((error) => ({
    of: `a refusal whose loading was stopped when it was there: ${error}`,
    built: stopped(trace().authorizationRequest().page({ status: 400, text: "Client not found" }), error),
    ends: ["not-connected unknown-client"],
  })),
  {
    of: "a callback that nobody listens on, whose error page was found first",
    built: foundBefore(until().respondsWith().fails("net::ERR_CONNECTION_REFUSED")),
    ends: ["not-connected callback-unreachable"],
  },
  {
    of: "a refusal of a client that waits for a message",
    built: trace()
      .authorizationRequest({ response_mode: "web_message" })
      .page({ status: 400, text: "Client not found" })
      .closesTab(),
    ends: ["not-connected unknown-client"],
  },
])("$of", ({ built, ends }) => {
  const reports = diagnoseRaw(built);
  expect(reports.map(({ diagnosis }) => `${diagnosis.state} ${headlineOf(diagnosis.findings)?.id ?? "-"}`)).toEqual(
    ends,
  );
  for (const { diagnosis } of reports) {
    expect(diagnosis.findings.map(({ summary }) => summary).join()).not.toContain("undefined");
    if (diagnosis.state === "not-connected")
      expect(diagnosis.unsettled.map(({ id }) => id)).not.toContain("callback-missing");
  }
});
