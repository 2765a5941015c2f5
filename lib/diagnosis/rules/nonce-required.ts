import { checkJudged } from "../answers.ts";
import { openidCore } from "../references.ts";
import { isKnownAbsent, parameterEvidence } from "../requested.ts";
import { defineRule, notApplicable } from "../rule.ts";

export const nonceRequired = defineRule({
  id: "nonce-required",
  title: "The authorization server requires nonce and the request has none",
  severity: "error",
  needs: ["request", "answer", "response"],
  why: "A request that asks for an ID token from the authorization endpoint must have a nonce; some servers ask for it with every OpenID Connect request.",
  fix: [
    {
      by: "client",
      do: "Send nonce, a fresh random value for each attempt, and compare it with the claim in the ID token.",
    },
  ],
  references: [openidCore("3.1.2.1", "AuthRequest"), openidCore("3.2.2.1", "ImplicitAuthRequest")],
  supersedes: ["authorization-request-invalid"],
  check({ request, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const isAbsent = isKnownAbsent(request.value, "nonce");
    return checkJudged("nonce-required", answers, (answer) => ({
      // Words with several causes prove none of them, whatever else the request lacks.
      isProven: isAbsent && answer.judgement.causes.length === 1,
      summary: isAbsent
        ? `The authorization request to ${request.value.url.host} has no nonce, and ${answer.who} ${answer.did}.`
        : `${answer.who} ${answer.did}, although nonce was sent.`,
      evidence: [parameterEvidence(request.value, "nonce")],
    }));
  },
});
