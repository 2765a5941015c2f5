import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import type { Finding, FlowState } from "./rule.ts";

/** After so many milliseconds of quiet an attempt is no longer said to be going on, though it may yet. */
export const waitsFor = 30 * 60_000;

/**
 * The state of an attempt at `asOf` (milliseconds since the epoch). Only what was seen counts: a redirection endpoint whose
 * answer is hidden is *incomplete*, never connected, and time alone makes nothing fail.
 */
export function stateOf(flow: Flow, facts: FlowFacts, findings: readonly Finding[], asOf: number): FlowState {
  if (findings.some(({ severity }) => severity === "error")) return "not-connected";
  if (isConnected(flow, facts)) return "connected";
  if (facts.response.status === "observed" && facts.response.value.error) return "not-connected";
  if (isDelivered(facts)) return "code-delivered";
  const isEnded = facts.timeline.status === "observed" && facts.timeline.value.ended !== undefined;
  const isLive = flow.legs.some(({ exchange }) => exchange.source === "browser" || exchange.source === "devtools");
  const isWaiting = facts.response.status !== "observed" && !isEnded && flow.gaps.length === 0;
  return isLive && isWaiting && asOf - flow.lastAt < waitsFor ? "in-progress" : "incomplete";
}

function isConnected(flow: Flow, facts: FlowFacts): boolean {
  const hasToken =
    facts.tokens.status === "observed" &&
    facts.tokens.value.some((token) => token.hasAccessToken && (token.status ?? 0) < 400);
  return (
    hasToken ||
    flow.legs.some(
      ({ role, exchange }) => role === "resource" && exchange.status !== undefined && exchange.status < 400,
    )
  );
}

const isDelivered = ({ response, delivery }: FlowFacts) =>
  response.status === "observed" &&
  !response.value.error &&
  !response.value.isSealed &&
  delivery.status === "observed" &&
  delivery.value.outcome.kind === "answered" &&
  delivery.value.outcome.status < 400;
