import type { Observation } from "@/lib/exchange/observation.ts";
import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import type { Diagnosis } from "./rule.ts";

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
export function diagnose(_observations: readonly Observation[], _options: { readonly asOf: number }): FlowReport[] {
  return [];
}
