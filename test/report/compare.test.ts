import { expect, test } from "vitest";
import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { compareAttempts } from "@/lib/report/compare.ts";
import { codeChallenge, diagnoseRaw, state, type Trace, trace } from "../builders.ts";

function compare(built: Trace) {
  const [newer, older] = diagnoseRaw(built);
  return compareTwo(older, newer);
}

function compareTwo(older: FlowReport | undefined, newer: FlowReport | undefined) {
  if (!newer || !older) throw new Error("the trace has no two attempts");
  const { parameters, legs } = compareAttempts(older, newer);
  return { verdicts: Object.fromEntries(parameters.map(({ name, verdict }) => [name, verdict])), parameters, legs };
}
const other = { state: state.replace("a", "b"), code_challenge: codeChallenge.replace("E", "F") };
const refused = { status: 400, json: { error: "invalid_scope" } };

test("parameters that differ, are missing or were added are told apart from those that are new each time", () => {
  const { verdicts, parameters } = compare(
    trace()
      .authorizationRequest({ prompt: "login" })
      .page(refused)
      .wait(1_000)
      .authorizationRequest({ ...other, scope: "openid email", resource: "https://mcp.example/" })
      .page(refused),
  );
  expect(verdicts).toEqual({
    response_type: "same",
    client_id: "same",
    redirect_uri: "same",
    scope: "different",
    state: "renewed",
    code_challenge: "renewed",
    code_challenge_method: "same",
    prompt: "onlyLeft",
    resource: "onlyRight",
  });
  expect(parameters.find(({ name }) => name === "scope")).toMatchObject({
    left: "openid profile",
    right: "openid email",
  });
});

test("a state that was used before is pointed out", () => {
  const { verdicts } = compare(
    trace()
      .authorizationRequest()
      .page(refused)
      .wait(1_000)
      .authorizationRequest({ code_challenge: other.code_challenge })
      .page(refused),
  );
  expect(verdicts).toMatchObject({ state: "reused", code_challenge: "renewed" });
});

test.each([
  ["in clear is the same", "https://app.example/cb?scope=openid", "https://app.example/cb?scope=openid", "same"],
  ["in clear differs", "https://app.example/cb?scope=openid", "https://app.example/cb?scope=emails", "different"],
  [
    "with a replaced part is unknown",
    `https://app.example/${state}`,
    `https://app.example/${other.state}`,
    "cannotTell",
  ],
])("of two sessions, with their own keys, an address %s", (_, left, right, verdict) => {
  const reportOf = (id: string, address: string) => {
    const redactor = createRedactor({ id, bytes: new Uint8Array(32).fill(id.length) });
    const { raw } = trace().authorizationRequest({ redirect_uri: address }).page(refused);
    const seen = raw.flatMap((each) => redactor.redact({ ...each, session: id }) ?? []);
    return diagnose(seen, { asOf: Date.UTC(2026, 0, 6) })[0];
  };
  expect(compareTwo(reportOf("key-a", left), reportOf("other-key", right)).verdicts.redirect_uri).toBe(verdict);
});

test("legs are aligned by role, so that one more shifts nothing", () => {
  const { legs } = compare(
    trace()
      .authorizationRequest()
      .respondsWith()
      .page({ text: "You can close this." })
      .wait(1_000)
      .authorizationRequest(other)
      .loginPage()
      .visits("https://auth.example/continue")
      .respondsWith({ state: other.state })
      .fails("net::ERR_CONNECTION_REFUSED"),
  );
  expect(legs.map(({ role, verdict }) => [role, verdict])).toEqual([
    ["authorization-request", "different"],
    ["interaction", "onlyRight"],
    ["redirection-endpoint", "different"],
  ]);
  expect(legs.at(-1)).toMatchObject({ left: { answer: "200" }, right: { answer: "net::ERR_CONNECTION_REFUSED" } });
});
