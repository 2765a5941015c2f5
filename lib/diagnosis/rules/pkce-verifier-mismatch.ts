import type { AuthorizationRequestFacts, TokenFacts } from "@/lib/facts/flow-facts.ts";
import { checkJudged, failJudged, judgedAnswers } from "../answers.ts";
import { rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule } from "../rule.ts";
import { fieldEvidence, findField, isRefused, redemptions } from "../tokens.ts";

export const pkceVerifierMismatch = defineRule({
  id: "pkce-verifier-mismatch",
  title: "The code_verifier does not belong to the code_challenge of the request",
  severity: "error",
  needs: ["request", "tokens", "delivery"],
  why: "The server hashes code_verifier and compares the result with the challenge that came with the request. They differ when the client made a new verifier in between, mixed up two attempts, or encoded the hash wrongly.",
  fix: [
    {
      by: "client",
      do: "Keep the verifier with the state of its own attempt, and send BASE64URL(SHA256(verifier)) without padding as the challenge.",
    },
  ],
  references: [rfc(7636, "4.6"), rfc(7636, "4.2")],
  supersedes: ["authorization-code-invalid", "callback-failed", "token-response-invalid"],
  check({ request, ...answers }) {
    const sent = request.status === "observed" ? request.value : undefined;
    const token =
      sent && redemptions(answers.tokens).find((one) => isRefused(one) && verify(sent, one) === "different");
    const answer = token && judgedAnswers(answers).find(({ evidence }) => evidence.exchangeId === token.exchangeId);
    if (sent && token && answer) {
      return failJudged(answer, {
        isProven: true,
        summary: `The token request has ${findField(token, "code_verifier")?.text ?? "no code_verifier"}, which does not belong to the code_challenge of the authorization request, and ${answer.who} ${answer.did}.`,
        evidence: [
          {
            ...fieldEvidence(token, "code_verifier"),
            isPrimary: true,
            against: {
              where: "code_challenge of the authorization request",
              says: findSent(sent, "code_challenge")?.text ?? "absent",
            },
          },
          parameterEvidence(sent, "code_challenge"),
        ],
      });
    }
    return checkJudged("pkce-verifier-mismatch", answers, (told) => ({ summary: `${told.who} ${told.did}.` }));
  },
});

/** Compares fingerprints of the challenge and of what the verifier becomes under its method (RFC 7636 §4.6). */
function verify(request: AuthorizationRequestFacts, token: TokenFacts): "same" | "different" | "unknown" {
  const challenge = findSent(request, "code_challenge")?.value;
  const verifier = findField(token, "code_verifier")?.value;
  if (challenge && !verifier) return "different";
  if (challenge?.kind !== "secret" || verifier?.kind !== "secret") return "unknown";
  const isS256 = findSent(request, "code_challenge_method")?.text === "S256";
  const expected = isS256 ? verifier.s256 : verifier.fingerprint;
  const given = challenge.fingerprint;
  if (expected === undefined || given === undefined) return "unknown";
  const [expectedKey] = expected.split(".");
  const [givenKey] = given.split(".");
  return expectedKey !== givenKey ? "unknown" : expected === given ? "same" : "different";
}
