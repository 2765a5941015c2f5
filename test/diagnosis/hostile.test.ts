import { describe, expect, it } from "vitest";
import { diagnoseRaw, trace } from "../builders.ts";

const long = "a".repeat(100_000);
const bidi = "\u202Eevil\u2066\u0000\u200B";

describe("hostile input", () => {
  it.each([
    [
      "a client_id of 100 kB",
      trace().authorizationRequest({ client_id: long }).page({ status: 400, text: "Client not found." }),
    ],
    [
      "a redirect_uri of 100 kB",
      trace()
        .authorizationRequest({ redirect_uri: `https://app.example/${long}` })
        .respondsWith({}, `https://app.example/${long}`)
        .fails("net::ERR_CONNECTION_REFUSED"),
    ],
    [
      "a state of 100 kB",
      trace().authorizationRequest({ state: long }).respondsWith({ state: "b" }).page({ text: "" }),
    ],
    [
      "a page of 1 MB",
      trace()
        .authorizationRequest()
        .page({ status: 400, text: "Client not found. ".repeat(60_000) }),
    ],
    [
      "parameters a thousand times over",
      trace()
        .authorizationRequest({ scope: Array.from({ length: 1000 }, (_, at) => `s${at}`) })
        .page({ status: 400, json: { error: "invalid_request" } }),
    ],
    [
      "bidi and control characters",
      trace()
        .authorizationRequest({ client_id: bidi, redirect_uri: bidi, scope: bidi })
        .page({ status: 400, text: `${bidi} not found` }),
    ],
    [
      "a redirect URI of nothing but delimiters",
      trace().authorizationRequest({ redirect_uri: "://@:/?#[]%" }).page({ status: 400, text: "Invalid redirect_uri" }),
    ],
    [
      "names of the prototype",
      trace()
        .authorizationRequest({ __proto__: undefined, constructor: "x", toString: "y" })
        .respondsWith({ code: undefined, error: "constructor", error_description: "__proto__" })
        .page({ text: "toString" }),
    ],
  ])("%s makes no rule throw and no finding long", (_, built) => {
    const [report] = diagnoseRaw(built);
    expect(report?.diagnosis.faults).toEqual([]);
    for (const finding of report?.diagnosis.findings ?? []) {
      expect(finding.summary.length).toBeLessThanOrEqual(2_100);
      for (const { says } of finding.evidence) expect(says.length).toBeLessThanOrEqual(1_100);
    }
  });
});

describe("healthy attempts", () => {
  const login = "https://auth.example/login";
  it.each([
    [
      "login and consent",
      trace()
        .authorizationRequest()
        .loginPage()
        .visits(login, "POST")
        .page({
          text: "Allow App to read your profile? An error occurred? Contact support.",
          title: "Consent",
          structure: {
            passwordFields: 0,
            textFields: 0,
            hiddenFields: 1,
            buttons: 2,
            links: 1,
            forms: [{ method: "post", action: "/consent" }],
          },
        })
        .visits("https://auth.example/consent", "POST")
        .respondsWith()
        .page({ text: "You are connected" }),
    ],
    [
      "a wrong password on the way",
      trace()
        .authorizationRequest()
        .loginPage()
        .visits(login, "POST")
        .loginPage("Invalid username or password. Sign in Username Password")
        .visits(login, "POST")
        .respondsWith()
        .page({ text: "Welcome" }),
    ],
    [
      "a native client on a loopback port",
      trace()
        .authorizationRequest({ redirect_uri: "http://127.0.0.1:51004/callback" })
        .respondsWith({}, "http://127.0.0.1:51004/callback")
        .page({ text: "You can close this window" }),
    ],
    [
      "a private-use scheme",
      trace()
        .authorizationRequest({ redirect_uri: "cursor://anysphere.cursor-mcp/oauth/callback" })
        .respondsWith({}, "cursor://anysphere.cursor-mcp/oauth/callback"),
    ],
    [
      "a silent renewal that would need a login",
      trace()
        .authorizationRequest({ prompt: "none" })
        .respondsWith({ code: undefined, error: "login_required" })
        .page({ text: "" }),
    ],
    [
      "tokens fetched by the page",
      trace()
        .authorizationRequest()
        .respondsWith()
        .page({ text: "Welcome" })
        .tokenRequest({}, { json: { access_token: "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t", token_type: "Bearer" } }),
    ],
    [
      "a callback page whose host is not granted",
      trace().authorizationRequest().loginPage().visits(login, "POST").respondsWith().isHidden(),
    ],
    [
      "a login page left open",
      trace().authorizationRequest().loginPage("Not registered? Client not found? Forgot password? Username Password"),
    ],
  ])("%s has no error", (_, built) => {
    const [report] = diagnoseRaw(built);
    expect(report?.diagnosis.findings.filter(({ severity }) => severity === "error").map(({ id }) => id)).toEqual([]);
    expect(report?.diagnosis.faults).toEqual([]);
  });
});
