import type { AttemptFacts } from "@/lib/facts/flow-facts.ts";
import type { Evidence } from "./rule.ts";
import { sayDuration } from "./words.ts";

/** The other attempts of this client at this server, cut by the time of the one looked at. */
export interface History {
  readonly acceptedBefore?: AttemptFacts;
  readonly acceptedAfter?: AttemptFacts;
  /** An acceptance that came after an earlier refusal: the client went, and was back. */
  readonly recovered?: AttemptFacts;
}

export function readHistory(attempts: readonly AttemptFacts[], at: number): History {
  const ordered = attempts.toSorted((left, right) => left.at - right.at);
  const acceptedBefore = ordered.findLast((attempt) => attempt.clientAccepted && attempt.at < at);
  const acceptedAfter = ordered.find((attempt) => attempt.clientAccepted && attempt.at > at);
  const firstRefused = ordered.find((attempt) => !attempt.clientAccepted && attempt.at < at);
  const recovered =
    firstRefused &&
    ordered.find((attempt) => attempt.clientAccepted && attempt.at > firstRefused.at && attempt.at < at);
  return {
    ...(acceptedBefore && { acceptedBefore }),
    ...(acceptedAfter && { acceptedAfter }),
    ...(recovered && { recovered }),
  };
}

export function historyEvidence(attempt: AttemptFacts, at: number): Evidence {
  return {
    exchangeId: attempt.flowId,
    role: "authorization-request",
    part: "history",
    where: `the attempt ${sayDuration(attempt.at - at)} ${attempt.at < at ? "before" : "after"} this one`,
    says: attempt.clientAccepted ? "the same client_id was accepted" : "the same client_id was refused",
  };
}
