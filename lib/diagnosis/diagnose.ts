import type { Observation } from "@/lib/exchange/observation.ts";
import { attemptKey, attemptOf, deriveFacts } from "@/lib/facts/derive.ts";
import type { AttemptFacts, FlowFacts } from "@/lib/facts/flow-facts.ts";
import { correlate } from "@/lib/trace/correlate.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import { runRules } from "./engine.ts";
import { type Attempts, orderAttempts } from "./history.ts";
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

/** An attempt before it is compared with the others of its client. */
export interface ReadFlow {
  readonly flow: Flow;
  readonly facts: FlowFacts;
  /** Attempts with the same key are compared with each other. */
  readonly key?: string;
  /** What this one tells the others. */
  readonly attempt?: AttemptFacts;
}

interface Options {
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  readonly rules?: readonly Rule[];
}

/**
 * The whole pure pipeline: observations in any order, duplicates allowed, to one report per attempt, newest first.
 * The same observations and `asOf` give the same reports.
 */
export function diagnose(observations: readonly Observation[], options: Options): FlowReport[] {
  const flows = correlate(observations).map(readFlow);
  const told = new Map<string, AttemptFacts[]>();
  for (const { key, attempt } of flows) {
    if (key === undefined || !attempt) continue;
    const same = told.get(key);
    if (same) same.push(attempt);
    else told.set(key, [attempt]);
  }
  const histories = new Map([...told].map(([key, attempts]) => [key, orderAttempts(attempts)]));
  return flows
    .map((read) => reportFlow(read, historyFor(read, histories), options))
    .sort((left, right) => right.flow.startedAt - left.flow.startedAt || (left.flow.id < right.flow.id ? -1 : 1));
}

export function readFlow(flow: Flow): ReadFlow {
  const facts = deriveFacts(flow, []);
  const [key, attempt] = [attemptKey(facts), attemptOf(flow, facts)];
  return { flow, facts, ...(key !== undefined && { key }), ...(attempt && { attempt }) };
}

/** What the attempts with its key tell this one. */
export function historyFor(
  { flow, facts, key }: ReadFlow,
  histories: { get(key: string): Attempts | undefined },
): readonly AttemptFacts[] {
  if (key === undefined || facts.request.status !== "observed") return [];
  return histories.get(key)?.around(flow.id, facts.request.value.at) ?? [];
}

/** `attempts` as `historyFor` gives them. */
export function reportFlow(
  { flow, facts }: ReadFlow,
  attempts: readonly AttemptFacts[],
  { asOf, rules = allRules }: Options,
): FlowReport {
  return report(flow, { ...facts, attempts }, rules, asOf);
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
