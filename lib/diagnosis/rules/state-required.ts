import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { isKnownAbsent, parameterEvidence } from "../requested.ts";
import { defineRule, notApplicable } from "../rule.ts";

export const stateRequired = defineRule({
  id: "state-required",
  title: "The authorization server requires state and the request has none",
  severity: "error",
  needs: ["request", "answer", "response"],
  why: "Some servers insist on state to protect their clients from forged responses, although the specification only recommends it.",
  fix: [
    {
      by: "client",
      do: "Send state, a fresh random value for each attempt, and compare it when the response comes back.",
    },
  ],
  references: [rfc(6749, "4.1.1"), rfc(6749, "10.12")],
  supersedes: ["authorization-request-invalid"],
  check({ request, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const isAbsent = isKnownAbsent(request.value, "state");
    return checkJudged("state-required", answers, (answer) => ({
      // Words with several causes prove none of them, whatever else the request lacks.
      isProven: isAbsent && answer.judgement.causes.length === 1,
      summary: isAbsent
        ? `The authorization request to ${request.value.url.host} has no state, and ${answer.who} ${answer.did}.`
        : `${answer.who} ${answer.did}, although state was sent.`,
      evidence: [parameterEvidence(request.value, "state")],
    }));
  },
});
