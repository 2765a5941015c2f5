import { describe, expect, test } from "vitest";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { code, diagnoseRaw, redirectUri, server, state, type Trace, trace } from "../builders.ts";

const told = (given: Trace) =>
  diagnoseRaw(given)
    .map(({ flow, diagnosis, facts }) => ({
      roles: flow.legs.map(({ role }) => role),
      state: diagnosis.state,
      finding: diagnosis.findings.find(({ severity }) => severity === "error")?.id,
      mode: facts.response.status === "observed" ? facts.response.value.mode : undefined,
    }))
    .reverse();
const delivered = { state: "code-delivered", finding: undefined };
const query = (values: Readonly<Record<string, string>>) => new URLSearchParams(values).toString();
const answer = `${redirectUri}?${query({ code, state })}`;
const done = { text: "You can close this window." };

/** The same trace with some of its observations changed, left out or added. */
function changed(given: Trace, change: (raw: RawObservation) => readonly object[]): Trace {
  const copy = trace();
  copy.raw.push(...(given.raw.flatMap(change) as RawObservation[]));
  return copy;
}
const inTab = (given: Trace, tabId: number, name: string): Trace =>
  changed(given, (raw) => [{ ...raw, tabId, ...("requestId" in raw && { requestId: `${name}${raw.requestId}` }) }]);
const together = (...all: readonly Trace[]): Trace => {
  const copy = trace();
  copy.raw.push(...all.flatMap(({ raw }) => raw));
  return copy;
};

describe("every way back to the client", () => {
  test("query", () => {
    expect(told(trace().authorizationRequest().loginPage().respondsWith().page(done))).toMatchObject([
      { ...delivered, mode: "query" },
    ]);
  });

  test("fragment", () => {
    const given = trace().authorizationRequest({ response_mode: "fragment" }).loginPage();
    expect(told(given.redirectsTo(`${redirectUri}#${query({ code, state })}`).page(done))).toMatchObject([
      { ...delivered, mode: "fragment" },
    ]);
  });

  test("form_post", () => {
    const body = {
      kind: "form",
      fields: [
        { name: "code", value: code },
        { name: "state", value: state },
      ],
    } as const;
    const given = trace().authorizationRequest({ response_mode: "form_post" }).loginPage();
    expect(told(given.visits(redirectUri, "POST", body).page(done))).toMatchObject([
      { ...delivered, mode: "form_post" },
    ]);
  });

  test("form_post whose body nobody saw: no verdict on what it carried", () => {
    const given = trace().authorizationRequest({ response_mode: "form_post" }).loginPage().visits(redirectUri, "POST");
    const hidden = changed(given.page(done), (raw) => (raw.kind === "request" && raw.url === redirectUri ? [] : [raw]));
    expect(told(hidden)).toMatchObject([{ state: "incomplete", finding: undefined, mode: undefined }]);
  });

  test("a signed response: its state cannot be compared", () => {
    const jwt = `eyJhbGciOiJSUzI1NiJ9.${"a".repeat(80)}.${"b".repeat(86)}`;
    const [report] = diagnoseRaw(
      trace()
        .authorizationRequest({ response_mode: "jwt" })
        .loginPage()
        .redirectsTo(`${redirectUri}?response=${jwt}&iss=${server}`)
        .page(done),
    );
    expect(report?.facts.response).toMatchObject({
      status: "observed",
      value: { mode: "jarm", state: { verdict: "cannotTell" } },
    });
    expect(report?.diagnosis.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("web_message: nothing comes back that a browser shows, so nothing is claimed", () => {
    const given = trace().authorizationRequest({ response_mode: "web_message" }).page({ text: "" });
    expect(told(given)).toMatchObject([{ finding: undefined, mode: undefined }]);
    expect(told(given)[0]?.state).not.toBe("code-delivered");
  });
});

describe("every way from page to page", () => {
  test.each([
    ["meta refresh or script at once", 0],
    ["script after a while, or a click", 9_000],
  ])("%s", (_, wait) => {
    const given = trace()
      .authorizationRequest()
      .loginPage()
      .visits(`${server}/login`, "POST")
      .page({ text: "One moment" });
    expect(told(given.wait(wait).visits(answer).page(done))).toMatchObject([
      { ...delivered, roles: ["authorization-request", "interaction", "redirection-endpoint"] },
    ]);
  });

  test("a private-use scheme by script, which only a failed navigation names", () => {
    const uri = "cursor://anysphere.cursor-mcp/oauth/callback";
    const given = trace().authorizationRequest({ redirect_uri: uri }).loginPage();
    const last = given.raw.at(-1);
    const url = `${uri}?${query({ code, state })}`;
    given.raw.push({ ...last, kind: "navigation", how: "failed", url, error: "net::ERR_ABORTED" } as RawObservation);
    const [report] = diagnoseRaw(given);
    expect(report?.facts.delivery).toMatchObject({
      status: "observed",
      value: { outcome: { kind: "privateUseScheme" } },
    });
    expect(report?.diagnosis.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("a reload of the callback is the same attempt, and not a second response", () => {
    const given = trace().authorizationRequest().loginPage().respondsWith().page(done).visits(answer).page(done);
    expect(told(given)).toHaveLength(1);
    expect(told(given)[0]?.state).toBe("code-delivered");
  });

  test("back to the login page out of the browser's cache", () => {
    const given = trace()
      .authorizationRequest()
      .loginPage()
      .visits(`${server}/login`, "POST")
      .page({ text: "Consent" });
    const shown = given.raw.find((raw) => raw.kind === "navigation");
    given.raw.push({
      ...shown,
      at: (given.raw.at(-1)?.at ?? 0) + 10,
      transition: "link",
      qualifiers: ["forward_back"],
    } as RawObservation);
    expect(told(given.wait(2_000).visits(`${server}/login`, "POST").respondsWith().page(done))).toMatchObject([
      delivered,
    ]);
  });

  test("a native client's new tab, which nobody opened", () => {
    expect(told(trace().authorizationRequest().page({ status: 400, text: "Client not found." }))).toMatchObject([
      { state: "not-connected", finding: "unknown-client" },
    ]);
  });

  test("a first load of no tab, as launchWebAuthFlow makes it", () => {
    const given = trace().authorizationRequest().loginPage().respondsWith().page(done);
    const first = given.raw[0];
    expect(
      told(
        changed(given, ({ tabId, ...raw }) => [
          raw === first || raw.at === first?.at ? raw : { ...raw, ...(tabId !== undefined && { tabId }) },
        ]),
      ),
    ).toMatchObject([delivered]);
  });
});

describe("what a browser hides", () => {
  test.each([
    ["a pushed request", { request_uri: "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c" }],
    ["a request object", { request: `eyJhbGciOiJub25lIn0.${"a".repeat(60)}.` }],
  ])("%s: nothing is said to lack, and no state to differ", (_, hidden) => {
    const bare = {
      response_type: undefined,
      redirect_uri: undefined,
      scope: undefined,
      state: undefined,
      code_challenge: undefined,
      code_challenge_method: undefined,
    };
    expect(
      told(
        trace()
          .authorizationRequest({ ...bare, ...hidden })
          .loginPage()
          .redirectsTo(answer)
          .page(done),
      ),
    ).toMatchObject([delivered]);
  });
});

describe("errors of the connection", () => {
  test.each([
    "net::ERR_NAME_NOT_RESOLVED",
    "net::ERR_CERT_AUTHORITY_INVALID",
    "net::ERR_SSL_PROTOCOL_ERROR",
    "net::ERR_EMPTY_RESPONSE",
  ])("%s at the callback", (error) => {
    expect(told(trace().authorizationRequest().loginPage().respondsWith().fails(error))).toMatchObject([
      { state: "not-connected", finding: "callback-unreachable" },
    ]);
  });

  test("a dead loopback that the browser asks three times is one attempt with one failure", () => {
    const uri = "http://127.0.0.1:33418/callback";
    const target = `${uri}?${query({ code, state })}`;
    const given = trace()
      .authorizationRequest({ redirect_uri: uri })
      .respondsWith({}, uri)
      .fails("net::ERR_CONNECTION_REFUSED");
    for (const wait of [0, 4_000]) given.wait(wait).visits(target).fails("net::ERR_CONNECTION_REFUSED");
    expect(told(given)).toMatchObject([
      {
        roles: ["authorization-request", "redirection-endpoint"],
        state: "not-connected",
        finding: "callback-unreachable",
      },
    ]);
  });
});

test("a login of the browser's own that the person dismissed: the server was reached, and nobody failed", () => {
  const headers = [{ name: "www-authenticate", value: 'Basic realm="stub"' }];
  const dismissed = trace().authorizationRequest().wait(5_000).fails("net::ERR_INVALID_AUTH_CREDENTIALS");
  const given = changed(dismissed, (raw) =>
    raw.kind === "request" ? [raw, { ...raw, kind: "response", at: raw.at + 5, status: 401, headers }] : [raw],
  );
  expect(told(given)).toMatchObject([{ state: "incomplete", finding: undefined }]);
});

describe("what a person would call one attempt", () => {
  const second = "Zz9ifjsldkjQx8Yz1b2C3d4E5f6G7h8I";

  test("two of the same client in two windows at once are two", () => {
    const one = trace().authorizationRequest().loginPage().wait(2_500).respondsWith().page(done);
    const other = trace()
      .wait(500)
      .authorizationRequest({ state: second })
      .loginPage()
      .respondsWith({ state: second, code: `${code}2` })
      .page(done);
    expect(told(together(one, inTab(other, 9, "b")))).toMatchObject([delivered, delivered]);
  });

  test("a retry after a failure is another", () => {
    const failed = trace().authorizationRequest().page({ status: 400, text: "Client not found." });
    const again = trace()
      .wait(20_000)
      .authorizationRequest({ state: second })
      .loginPage()
      .respondsWith({ state: second })
      .page(done);
    expect(told(together(failed, inTab(again, 1, "b")))).toMatchObject([{ state: "not-connected" }, delivered]);
  });

  test("started in one tab, ended in another: one", () => {
    const started = trace().authorizationRequest().loginPage();
    const ended = trace().wait(30_000).visits(answer).page(done);
    expect(told(together(started, inTab(ended, 5, "b")))).toMatchObject([
      { ...delivered, roles: ["authorization-request", "redirection-endpoint"] },
    ]);
  });

  test("a silent renewal in a frame is an attempt beside the one of the tab", () => {
    const login = trace().authorizationRequest().loginPage();
    const silent = trace()
      .wait(1_500)
      .authorizationRequest({ state: second, prompt: "none" })
      .redirectsTo(`${redirectUri}?${query({ error: "login_required", state: second })}`)
      .page(done);
    const framed = changed(inTab(silent, 1, "f"), (raw) => [
      { ...raw, frameId: 7, ...(raw.kind === "request" && { type: "sub_frame" }) },
    ]);
    const flows = told(together(login, framed));
    expect(flows.map(({ roles }) => roles)).toEqual([
      ["authorization-request"],
      ["authorization-request", "redirection-endpoint"],
    ]);
    expect(flows.map((flow) => flow.state)).toEqual(["incomplete", "not-connected"]);
  });

  test("a page service worker's token request, of no tab, belongs to the attempt whose code it sends", () => {
    const given = trace()
      .authorizationRequest()
      .loginPage()
      .respondsWith()
      .page(done)
      .tokenRequest({}, { status: 200, json: { access_token: "a".repeat(40), token_type: "Bearer" } });
    expect(told(given)).toMatchObject([{ state: "connected" }]);
  });
});
