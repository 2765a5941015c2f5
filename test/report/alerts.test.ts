import { expect, test } from "vitest";
import { alertOf } from "@/lib/report/alerts.ts";
import { code, diagnoseRaw, redirectUri, type Trace, trace } from "../builders.ts";

function alertIn(built: Trace) {
  const [report] = diagnoseRaw(built);
  if (!report) throw new Error("the trace has no attempt");
  return { report, alert: alertOf(report) };
}

test("an error response is an alert of the callback, with the server's code and words and where they went", () => {
  const { report, alert } = alertIn(
    trace()
      .authorizationRequest()
      .respondsWith({ code: undefined, error: "access_denied", error_description: "The user refused" })
      .page({ text: "Sign-in failed" }),
  );
  expect(alert).toMatchObject({
    kind: "oauth_callback_failed",
    error: "access_denied",
    description: "The user refused",
    redirectUri,
    server: "auth.example",
    flowId: report.flow.id,
  });
  expect(report.flow.legs.map(({ exchange }) => exchange.id)).toContain(alert?.id);
});

test("a redirection endpoint that cannot be reached or fails is one too, with the error that was seen", () => {
  const unreachable = trace().authorizationRequest().respondsWith().fails("net::ERR_CONNECTION_REFUSED");
  expect(alertIn(unreachable).alert).toMatchObject({
    kind: "oauth_callback_failed",
    error: "net::ERR_CONNECTION_REFUSED",
    redirectUri,
  });
  const failing = trace().authorizationRequest().respondsWith().page({ status: 500, text: "Internal Server Error" });
  expect(alertIn(failing).alert).toMatchObject({ kind: "oauth_callback_failed", error: "HTTP 500", redirectUri });
});

test.each([
  ["refuses with a status of 200", {}, { text: "Invalid state parameter. Authentication failed" }, undefined],
  ["answers with an error of its own", {}, { json: { error: "server_error" } }, "server_error"],
  [
    "gets another state than was sent",
    { state: "other0ifjsldkjQx8Yz1b2C3d4E5f6G7h8I" },
    { text: "Welcome" },
    undefined,
  ],
])("a redirection endpoint that %s is one too", (_, response, answer, error) => {
  const { alert, report } = alertIn(trace().authorizationRequest().respondsWith(response).page(answer));
  expect(report.diagnosis.state).toBe("not-connected");
  expect(alert).toMatchObject({ kind: "oauth_callback_failed", redirectUri });
  expect(alert?.error).toBe(error);
  expect(alert?.description).not.toBe("Welcome");
});

test("a failure on the server's own page is an alert of the authorization", () => {
  const { alert } = alertIn(
    trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_client", error_description: "Invalid client_id" } }),
  );
  expect(alert).toMatchObject({
    kind: "oauth_authorization_failed",
    error: "invalid_client",
    description: "Invalid client_id",
    redirectUri,
  });
});

test.each([
  [
    "a refused registration",
    trace().registration(
      {},
      { status: 400, json: { error: "invalid_redirect_uri", error_description: "Not allowed" } },
    ),
    { error: "invalid_redirect_uri", description: "Not allowed" },
  ],
  [
    "a token request that got no answer",
    trace()
      .authorizationRequest()
      .respondsWith()
      .page({ text: "Welcome" })
      .fetches("https://auth.example/token", {
        form: { grant_type: "authorization_code", code },
        error: "net::ERR_FAILED",
      }),
    { error: "net::ERR_FAILED" },
  ],
])("%s is an alert of the authorization, with what was answered", (_, built, said) => {
  expect(alertIn(built).alert).toMatchObject({ kind: "oauth_authorization_failed", ...said });
});

test("a failure that was long in coming is as old as its end", () => {
  const hanging = trace().authorizationRequest().respondsWith().wait(130_000).fails("net::ERR_CONNECTION_TIMED_OUT");
  const { alert, report } = alertIn(hanging);
  expect(alert?.at).toBeGreaterThan(report.flow.startedAt + 130_000);
});

test("an attempt that did not fail gives none", () => {
  const healthy = trace().authorizationRequest().loginPage().respondsWith().page({ text: "You can close this." });
  expect(alertIn(healthy).alert).toBeUndefined();
  expect(alertIn(trace().authorizationRequest().loginPage()).alert).toBeUndefined();
});
