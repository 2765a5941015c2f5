import { findRefusal } from "../answers.ts";
import { mcpAuthorization, rfc } from "../references.ts";
import { findSent, isKnownAbsent, parameterEvidence } from "../requested.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const pkceMissing = defineRule({
  id: "pkce-missing",
  title: "The authorization request does not use PKCE",
  severity: "warning",
  needs: ["request", "answer", "response"],
  why: "Without code_challenge, whoever gets hold of the code can redeem it or slip it into another session. OAuth 2.1 requires PKCE of every client, RFC 9700 of every public one.",
  fix: [
    {
      by: "client",
      do: "Send code_challenge with code_challenge_method=S256, and code_verifier in the token request.",
    },
  ],
  references: [
    rfc(9700, "2.1.1"),
    rfc(7636, "1"),
    mcpAuthorization("Authorization Code Protection", "authorization-code-protection"),
  ],
  check({ request, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const types = findSent(request.value, "response_type")?.text.split(" ") ?? [];
    if (!types.includes("code")) return notApplicable("the request does not ask for a code");
    if (request.value.hiddenBy) return notApplicable(`${request.value.hiddenBy} hides whether PKCE is used`);
    if (findRefusal(answers)) return notApplicable("the request was refused");
    if (!isKnownAbsent(request.value, "code_challenge")) return pass();
    const guard = findSent(request.value, "nonce")
      ? " It has a nonce, which protects a confidential OpenID Connect client in part."
      : "";
    return fail({
      certainty: "proven",
      summary: `The request asks ${request.value.url.host} for a code and has no code_challenge.${guard}`,
      evidence: [{ ...parameterEvidence(request.value, "code_challenge"), isPrimary: true }],
    });
  },
});
