import { compareUris } from "@/lib/oauth/redirect-uri.ts";
import { checkJudged, failJudged, judgedAnswers } from "../answers.ts";
import { rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule } from "../rule.ts";
import { fieldEvidence, findField, isDifferent, isRefused, redemptions } from "../tokens.ts";
import { list, quote } from "../words.ts";

export const tokenRedirectUriMismatch = defineRule({
  id: "token-redirect-uri-mismatch",
  title: "The redirect_uri of the token request is not that of the authorization request",
  severity: "error",
  needs: ["request", "tokens", "delivery"],
  why: "When redirect_uri was part of the authorization request, the token request must repeat it exactly, so that a code which was sent elsewhere cannot be redeemed.",
  fix: [{ by: "client", do: "Send the very same redirect_uri, port and slashes included, in the token request." }],
  references: [rfc(6749, "4.1.3"), rfc(6749, "5.2")],
  supersedes: ["authorization-code-invalid", "callback-failed", "token-response-invalid"],
  check({ request, ...answers }) {
    const sent = request.status === "observed" ? findSent(request.value, "redirect_uri") : undefined;
    for (const token of redemptions(answers.tokens).filter(isRefused)) {
      const repeated = findField(token, "redirect_uri");
      const answer = judgedAnswers(answers).find(({ evidence }) => evidence.exchangeId === token.exchangeId);
      if (request.status !== "observed" || !sent || !answer || (repeated && !isDifferent(sent, repeated))) continue;
      const parts = repeated ? compareUris(repeated.text, sent.text).map(({ part }) => part) : [];
      return failJudged(answer, {
        isProven: true,
        summary: `The token request has ${repeated ? `redirect_uri ${quote(repeated.text)}` : "no redirect_uri"}, the authorization request had ${quote(sent.text)}${parts.length > 0 ? ` (different ${list(parts)})` : ""}, and ${answer.who} ${answer.did}.`,
        evidence: [
          {
            ...fieldEvidence(token, "redirect_uri"),
            isPrimary: true,
            against: { where: "redirect_uri of the authorization request", says: sent.text },
          },
          parameterEvidence(request.value, "redirect_uri"),
        ],
      });
    }
    return checkJudged("token-redirect-uri-mismatch", answers, (answer) => ({
      summary: `${answer.who} ${answer.did}.`,
    }));
  },
});
