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
  const ordered = inOrder(attempts);
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

/** All attempts of one client at one server, ready to be asked what they say of each of them. */
export interface Attempts {
  /** Those that `readHistory` may read at `at`, without the attempt itself: at most four, however many there are. */
  around(flowId: string, at: number): readonly AttemptFacts[];
}

export function orderAttempts(attempts: readonly AttemptFacts[]): Attempts {
  const ordered = inOrder(attempts);
  const accepted = ordered.filter(({ clientAccepted }) => clientAccepted);
  const refused = ordered.filter(({ clientAccepted }) => !clientAccepted);
  return {
    around(flowId, at) {
      if (accepted.length === 0) return [];
      const isOther = (attempt: AttemptFacts) => attempt.flowId !== flowId;
      const firstAfter = (time: number) => {
        for (let index = indexAfter(accepted, time); index < accepted.length; index += 1)
          if (accepted[index]?.flowId !== flowId) return accepted[index];
        return undefined;
      };
      const firstRefused = refused.find(isOther);
      let last = indexAfter(accepted, at) - 1;
      while (last >= 0 && ((accepted[last]?.at ?? 0) >= at || accepted[last]?.flowId === flowId)) last -= 1;
      const before = accepted[last];
      const around = [firstRefused, firstRefused && firstAfter(firstRefused.at), before, firstAfter(at)];
      return [...new Set(around)].filter((attempt) => attempt !== undefined);
    },
  };
}

const inOrder = (attempts: readonly AttemptFacts[]): AttemptFacts[] =>
  attempts.toSorted((left, right) => left.at - right.at || (left.flowId < right.flowId ? -1 : 1));

/** Index of the first attempt later than `at`. */
function indexAfter(ordered: readonly AttemptFacts[], at: number): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
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
