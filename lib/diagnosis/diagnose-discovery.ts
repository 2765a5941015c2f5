import type { Observation } from "@/lib/exchange/observation.ts";
import { deriveFacts } from "@/lib/facts/derive.ts";
import { classify } from "@/lib/trace/classify.ts";
import type { Flow, LegRole } from "@/lib/trace/flow.ts";
import { foldExchanges } from "@/lib/trace/fold.ts";
import type { FlowReport } from "./diagnose.ts";
import { runRules } from "./engine.ts";
import { remedies } from "./remedies.ts";
import { rules } from "./rules/index.ts";
import { stateOf } from "./state.ts";

const roles: readonly string[] = ["challenge", "resource-metadata", "server-metadata", "client-metadata"];
const isRole = (shape: string): shape is LegRole => roles.includes(shape);

/**
 * The report of metadata without an attempt: what the ladder found for a URL, and what is wrong with it. `undefined` when
 * there is no metadata request among the observations.
 */
export function diagnoseDiscovery(
  observations: readonly Observation[],
  { asOf }: { readonly asOf: number },
): FlowReport | undefined {
  const legs = foldExchanges(observations).flatMap((exchange) => {
    const shape = classify(exchange);
    return isRole(shape) ? [{ role: shape, exchange }] : [];
  });
  const [first] = legs;
  if (first === undefined) return undefined;
  const flow: Flow = {
    id: first.exchange.id,
    session: first.exchange.session,
    tabIds: [],
    legs,
    tabEvents: [],
    gaps: [],
    startedAt: first.exchange.startedAt,
    lastAt: Math.max(...legs.map(({ exchange }) => exchange.endedAt)),
  };
  const facts = deriveFacts(flow, []);
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
    },
  };
}
