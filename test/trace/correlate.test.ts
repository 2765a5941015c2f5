import { describe, expect, test } from "vitest";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { correlate } from "@/lib/trace/correlate.ts";
import { code, redirectUri, server, state, trace } from "@/test/builders.ts";

const flowsOf = (raw: readonly RawObservation[], secret = 7) => {
  const redactor = createRedactor({ id: `key-${secret}`, bytes: new Uint8Array(32).fill(secret) });
  return correlate(raw.flatMap((observation) => redactor.redact(observation) ?? []));
};
const rolesOf = (raw: readonly RawObservation[]) => flowsOf(raw).map(({ legs }) => legs.map(({ role }) => role));
/** A second trace of the same browser: its request ids go on counting. */
const apart = (raw: readonly RawObservation[]): RawObservation[] =>
  raw.map((observation) =>
    "requestId" in observation && observation.requestId !== undefined
      ? { ...observation, requestId: `b${observation.requestId}` }
      : observation,
  );
const otherState = "Zz9ifjsldkjQx8Yz1b2C3d4E5f6G7h8I";

describe("what belongs to one attempt", () => {
  test("request, login, consent and response", () => {
    const raw = trace()
      .authorizationRequest()
      .redirectsTo(`${server}/login`)
      .loginPage()
      .visits(`${server}/login`, "POST")
      .redirectsTo(`${server}/consent`)
      .page({ text: "Allow App to read your profile?" })
      .visits(`${server}/consent`, "POST")
      .respondsWith()
      .page({ text: "You can close this window." }).raw;
    expect(rolesOf(raw)).toEqual([
      ["authorization-request", "interaction", "interaction", "interaction", "interaction", "redirection-endpoint"],
    ]);
  });

  test("the endpoint asked again by its own login page", () => {
    const again = `${server}/authorize?response_type=code&client_id=s6BhdRkqt3&redirect_uri=${encodeURIComponent(redirectUri)}&state=${state}`;
    const raw = trace()
      .authorizationRequest()
      .redirectsTo(`${server}/login`)
      .loginPage()
      .visits(`${server}/login`, "POST")
      .redirectsTo(again)
      .page({ status: 400, text: "Client not found." }).raw;
    expect(rolesOf(raw)).toEqual([["authorization-request", "interaction", "interaction", "authorization-request"]]);
  });

  test("the hop to an upstream authorization server and its answer to the proxy", () => {
    const raw = trace()
      .authorizationRequest()
      .redirectsTo(
        `https://upstream.example/auth?response_type=code&client_id=proxy&redirect_uri=${encodeURIComponent(`${server}/auth/callback`)}&state=${otherState}`,
      )
      .loginPage()
      .visits("https://upstream.example/auth", "POST")
      .redirectsTo(`${server}/auth/callback?code=${code}up&state=${otherState}`)
      .respondsWith()
      .page({ text: "Done" }).raw;
    expect(rolesOf(raw)).toEqual([
      ["authorization-request", "upstream", "interaction", "interaction", "redirection-endpoint"],
    ]);
  });

  test("the server's own error page reached by a redirect with error parameters", () => {
    const raw = trace()
      .authorizationRequest()
      .redirectsTo(`${server}/error?error=invalid_client&error_description=unknown`)
      .page({ text: "invalid_client" }).raw;
    expect(rolesOf(raw)).toEqual([["authorization-request", "interaction"]]);
  });

  test.each([
    ["an hour later is the attempt's", 60, [["authorization-request", "interaction", "redirection-endpoint"]]],
    ["two hours later is one of its own", 120, [["authorization-request", "interaction"], ["redirection-endpoint"]]],
  ])("a response %s", (_, minutes, roles) => {
    const raw = trace()
      .authorizationRequest()
      .redirectsTo(`${server}/approval`)
      .page({ text: "Your administrator was asked" })
      .wait(minutes * 60_000)
      .visits(`${redirectUri}?code=${code}&state=${state}`)
      .page({ text: "Done" }).raw;
    expect(rolesOf(raw)).toEqual(roles);
  });

  test("a response in another tab, by its state", () => {
    const popup = trace().authorizationRequest({}, { tab: 4 }).loginPage().raw;
    const elsewhere = trace()
      .wait(60_000)
      .authorizationRequest({ state: otherState }, { tab: 5 })
      .visits(`${redirectUri}?code=${code}&state=${state}`)
      .page({ text: "Done" }).raw;
    const flows = flowsOf([...popup, ...apart(elsewhere)]);
    expect(flows.map(({ legs, tabIds }) => [legs.map(({ role }) => role), tabIds])).toEqual([
      [
        ["authorization-request", "redirection-endpoint"],
        [4, 5],
      ],
      [["authorization-request"], [5]],
    ]);
  });

  test("a response whose state was changed, by its redirect URI", () => {
    const raw = trace().authorizationRequest().respondsWith({ state: otherState }).page({ text: "Done" }).raw;
    expect(rolesOf(raw)).toEqual([["authorization-request", "redirection-endpoint"]]);
  });

  test("a response after the browser was restarted, by its redirect URI", () => {
    const before = trace().authorizationRequest().loginPage().raw;
    const after = trace()
      .wait(120_000)
      .visits(`${redirectUri}?code=${code}&state=${state}`)
      .page({ text: "Done" })
      .raw.map((observation) => ({ ...observation, session: "two" }));
    const second = createRedactor({ id: "key-two", bytes: new Uint8Array(32).fill(9) });
    const first = createRedactor({ id: "key-one", bytes: new Uint8Array(32).fill(7) });
    const flows = correlate([
      ...before.flatMap((observation) => first.redact(observation) ?? []),
      ...after.flatMap((observation) => second.redact(observation) ?? []),
    ]);
    expect(flows.map(({ legs }) => legs.map(({ role }) => role))).toEqual([
      ["authorization-request", "redirection-endpoint"],
    ]);
  });

  test("a private-use scheme, which the browser only names", () => {
    const raw = trace()
      .authorizationRequest({ redirect_uri: "cursor://anysphere.cursor-mcp/oauth/callback" })
      .respondsWith({}, "cursor://anysphere.cursor-mcp/oauth/callback").raw;
    const [flow] = flowsOf(raw);
    expect(flow?.legs.at(-1)?.exchange.redirect).toMatchObject({ scheme: "cursor", host: "anysphere.cursor-mcp" });
  });

  test("a token request of a page, by its code", () => {
    const raw = trace()
      .authorizationRequest({ state: otherState })
      .respondsWith({ state: otherState, code: `${code}Other` })
      .page({ text: "Done" })
      .authorizationRequest()
      .respondsWith()
      .page({ text: "Done" })
      .tokenRequest({ code: `${code}Other` }, { json: { access_token: "x".repeat(40), token_type: "Bearer" } }).raw;
    expect(rolesOf(raw)).toEqual([
      ["authorization-request", "redirection-endpoint", "token"],
      ["authorization-request", "redirection-endpoint"],
    ]);
  });
});

describe("what are two attempts", () => {
  test("a retry after an error page", () => {
    const raw = trace()
      .authorizationRequest({}, { tab: 1 })
      .page({ status: 400, text: "Unknown client" })
      .authorizationRequest({}, { tab: 1 })
      .page({ status: 400, text: "Unknown client" }).raw;
    expect(rolesOf(raw)).toEqual([["authorization-request"], ["authorization-request"]]);
  });

  test("two attempts of one client side by side", () => {
    const first = trace().authorizationRequest({}, { tab: 1 }).loginPage().raw;
    const second = trace().wait(500).authorizationRequest({ state: otherState }, { tab: 2 }).loginPage().raw;
    expect(rolesOf([...first, ...apart(second)])).toEqual([["authorization-request"], ["authorization-request"]]);
  });

  test("an attempt that the person left, and what they did next", () => {
    const raw = trace().authorizationRequest().loginPage().visits("https://news.example/").page({ text: "News" }).raw;
    expect(rolesOf(raw)).toEqual([["authorization-request"]]);
  });
});

test("the browser's own retries of an unreachable callback are one exchange", () => {
  const built = trace().authorizationRequest().respondsWith().fails("net::ERR_CONNECTION_REFUSED");
  for (let retry = 0; retry < 2; retry += 1)
    built.visits(`${redirectUri}?code=${code}&state=${state}`).fails("net::ERR_CONNECTION_REFUSED");
  const [flow, ...others] = flowsOf(built.raw);
  expect(others).toEqual([]);
  expect(flow?.legs.map(({ role, exchange }) => [role, exchange.error, exchange.repeats])).toEqual([
    ["authorization-request", undefined, 0],
    ["redirection-endpoint", "net::ERR_CONNECTION_REFUSED", 2],
  ]);
});

test("order of arrival and duplicates change nothing", () => {
  const { raw } = trace()
    .authorizationRequest()
    .redirectsTo(`${server}/login`)
    .loginPage()
    .visits(`${server}/login`, "POST")
    .respondsWith()
    .page({ text: "Done" });
  const expected = flowsOf(raw);
  expect(flowsOf([...raw].reverse())).toEqual(expected);
  expect(flowsOf([...raw, ...raw])).toEqual(expected);
});
