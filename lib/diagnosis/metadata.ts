import type { ClientTrait } from "@/lib/clients/client.ts";
import { clients } from "@/lib/clients/index.ts";
import type { FlowFacts, MetadataFacts, RungFacts } from "@/lib/facts/flow-facts.ts";
import { type Evidence, notApplicable, type Outcome, type Severity } from "./rule.ts";
import { list, shorten } from "./words.ts";

/** Applies a check to the metadata of the attempt, or says what was looked at when there is none. */
export function withMetadata(
  { metadata }: Pick<FlowFacts, "metadata">,
  check: (metadata: MetadataFacts) => Outcome,
): Outcome {
  switch (metadata.status) {
    case "observed":
      return check(metadata.value);
    case "missing":
      return notApplicable(`Looked for ${metadata.looked}`);
    case "notObservable":
      return notApplicable(metadata.why);
  }
}

/**
 * `error` where nothing got past it yet; a `warning` beside an attempt whose client sent its authorization request all the
 * same: what it found there stops other clients.
 */
export const severityBeside = ({ request }: Pick<FlowFacts, "request">): Severity =>
  request.status === "observed" ? "warning" : "error";

/** Whether the attempt is one of MCP: only there is protected resource metadata, PKCE or a way to register demanded. */
export const isMcp = ({ challenge, resource }: MetadataFacts): boolean =>
  resource !== undefined || challenge?.status === 401;

/** What one rung of the ladder said. */
export function rungEvidence(rung: RungFacts, where: string, says: string): Evidence {
  return { exchangeId: rung.exchangeId, role: rung.role, part: "metadata", where, says: shorten(says, 300) };
}

/** The place and outcome of a rung, as an item of evidence. */
export const ladderEvidence = (rung: RungFacts): Evidence => rungEvidence(rung, rung.urlText, rung.verdict);

/** Turns a list into evidence whose first item is the primary one. */
export function primaryFirst(first: Evidence, others: readonly Evidence[]): readonly [Evidence, ...Evidence[]] {
  return [{ ...first, isPrimary: true }, ...others];
}

/** ` Known to stop here: opencode.`, or nothing when no known client does. */
export function sayStumbling(trait: ClientTrait): string {
  const names = clients.filter(({ traits }) => traits.includes(trait)).map(({ name }) => name);
  return names.length === 0 ? "" : ` Known to stop here: ${list(names)}.`;
}

/** Whether the answer to this rung settles that nothing usable is there; a failure of the network and "too many requests" do not. */
export const isSettled = ({ outcome, status }: RungFacts): boolean =>
  status !== 429 && !["unreachable", "timedOut", "notAsked", "unread", "serverError", "tooLarge"].includes(outcome);
