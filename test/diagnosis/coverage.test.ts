import { describe, expect, it } from "vitest";
import { runRules } from "@/lib/diagnosis/engine.ts";
import { rules } from "@/lib/diagnosis/rules/index.ts";
import { observed } from "@/lib/facts/fact.ts";
import type { FlowFacts, Judgement } from "@/lib/facts/flow-facts.ts";
import { causes } from "@/lib/servers/server.ts";
import { code, diagnoseRaw, type Trace, trace } from "../builders.ts";

function factsOf(built: Trace): FlowFacts {
  const [report] = diagnoseRaw(built);
  if (!report) throw new Error("the trace has no attempt");
  return report.facts;
}

const whole = factsOf(
  trace()
    .registration({}, { status: 201, json: { client_id: "s6BhdRkqt3" } })
    .authorizationRequest()
    .respondsWith()
    .page({ text: "Welcome" })
    .tokenRequest({}, { json: { access_token: `${code}token` } }),
);
const stopped = factsOf(trace().authorizationRequest().page({ status: 400, text: "Something" }));

/** One attempt, judged on one leg, whatever its words were: rules must not depend on how the judge came to it. */
function judgedOn(leg: string, judgement: Judgement): FlowFacts {
  const facts = leg === "answer" ? stopped : whole;
  const { answer, response, delivery, tokens, registration } = facts;
  switch (leg) {
    case "answer":
      return answer.status === "observed" ? { ...facts, answer: observed({ ...answer.value, judgement }) } : facts;
    case "response":
      return response.status === "observed"
        ? { ...facts, response: observed({ ...response.value, hasCode: false, error: { error: "x" }, judgement }) }
        : facts;
    case "delivery":
      return delivery.status === "observed" && delivery.value.page
        ? { ...facts, delivery: observed({ ...delivery.value, page: { ...delivery.value.page, judgement } }) }
        : facts;
    case "token":
      return tokens.status === "observed"
        ? { ...facts, tokens: observed(tokens.value.map((token) => ({ ...token, judgement }))) }
        : facts;
    default:
      return registration.status === "observed"
        ? { ...facts, registration: observed({ ...registration.value, judgement }) }
        : facts;
  }
}

describe.each(["answer", "response", "delivery", "token", "registration"])("a judged %s", (leg) => {
  it.each(causes)("that means %s has a finding", (cause) => {
    const facts = judgedOn(leg, { causes: [cause], certainty: "possible", basis: [] });
    const { findings, faults } = runRules(facts, rules, () => []);
    expect(faults).toEqual([]);
    expect(findings.filter(({ severity }) => severity === "error")).not.toEqual([]);
  });
});
