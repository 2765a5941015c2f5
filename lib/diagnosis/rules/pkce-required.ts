import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { isKnownAbsent, parameterEvidence } from "../requested.ts";
import { defineRule, notApplicable } from "../rule.ts";

export const pkceRequired = defineRule({
  id: "pkce-required",
  title: "The authorization server requires PKCE and the request has no code_challenge",
  severity: "error",
  needs: ["request", "answer", "response"],
  why: "PKCE binds the authorization code to the client that asked for it. A server may require it of every client and refuses a request without code_challenge, often before it looks at anything else.",
  fix: [
    {
      by: "client",
      do: "Send code_challenge with code_challenge_method=S256, and code_verifier in the token request.",
    },
    { by: "operator", do: "Where the client cannot do PKCE, switch the requirement off for this client alone." },
  ],
  references: [rfc(7636, "4.4.1"), rfc(9700, "2.1.1")],
  supersedes: ["authorization-request-invalid"],
  check({ request, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const isAbsent = isKnownAbsent(request.value, "code_challenge");
    return checkJudged("pkce-required", answers, (answer) => ({
      // Words with several causes prove none of them, whatever else the request lacks.
      isProven: isAbsent && answer.judgement.causes.length === 1,
      summary: isAbsent
        ? `The authorization request to ${request.value.url.host} has no code_challenge, and ${answer.who} ${answer.did}.`
        : `${answer.who} ${answer.did}, although a code_challenge was sent.`,
      evidence: [parameterEvidence(request.value, "code_challenge")],
    }));
  },
});
