import { expect, test } from "vitest";
import { compareAttempts } from "@/lib/report/compare.ts";
import { codeChallenge, diagnoseRaw, state, type Trace, trace } from "../builders.ts";

function compare(built: Trace) {
  const [newer, older] = diagnoseRaw(built);
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
