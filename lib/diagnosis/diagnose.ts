import type { Observation } from "@/lib/exchange/observation.ts";
import { attemptKey, attemptOf, deriveFacts } from "@/lib/facts/derive.ts";
import type { AttemptFacts, FlowFacts } from "@/lib/facts/flow-facts.ts";
import { correlate } from "@/lib/trace/correlate.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import { runRules } from "./engine.ts";
import { remedies } from "./remedies.ts";
import type { Diagnosis, Rule } from "./rule.ts";
import { rules as allRules } from "./rules/index.ts";
import { stateOf } from "./state.ts";

/** One attempt with all that is known of it: what the interface, the reports and the exports are made from. */
export interface FlowReport {
  readonly flow: Flow;
  readonly facts: FlowFacts;
  readonly diagnosis: Diagnosis;
}

/**
 * The whole pure pipeline: observations in any order, duplicates allowed, to one report per attempt, newest first.
 * The same observations and `asOf` (milliseconds since the epoch) give the same reports.
 */
export function diagnose(
  observations: readonly Observation[],
  options: { readonly asOf: number; readonly rules?: readonly Rule[] },
): FlowReport[] {
  const flows = correlate(observations).map((flow) => ({ flow, facts: deriveFacts(flow, []) }));
  const history = new Map<string, AttemptFacts[]>();
  for (const { flow, facts } of flows) {
    const key = attemptKey(facts);
    const attempt = attemptOf(flow, facts);
    if (key !== undefined && attempt) history.set(key, [...(history.get(key) ?? []), attempt]);
  }
  return flows
    .map(({ flow, facts }) => {
      const key = attemptKey(facts);
      const attempts = (key === undefined ? [] : (history.get(key) ?? [])).filter(({ flowId }) => flowId !== flow.id);
      return report(flow, { ...facts, attempts }, options.rules ?? allRules, options.asOf);
    })
    .sort((left, right) => right.flow.startedAt - left.flow.startedAt || (left.flow.id < right.flow.id ? -1 : 1));
}

function report(flow: Flow, facts: FlowFacts, rules: readonly Rule[], asOf: number): FlowReport {
  const { findings, unsettled, faults } = runRules(facts, rules, remedies);
  return {
    flow,
    facts,
    diagnosis: {
      flowId: flow.id,
      state: stateOf(flow, facts, findings, asOf),
      findings,
      unsettled,
      faults,
      ...(facts.server.status === "observed" && { server: facts.server.value }),
      ...(facts.client.status === "observed" && { client: facts.client.value }),
    },
  };
}
