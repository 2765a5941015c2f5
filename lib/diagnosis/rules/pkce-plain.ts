import { rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const pkcePlain = defineRule({
  id: "pkce-plain",
  title: "PKCE is used with the plain method",
  severity: "warning",
  needs: ["request"],
  why: "With plain the challenge is the verifier itself: whoever can read the authorization request can redeem the code, which is what PKCE is there to prevent. Without code_challenge_method, plain is meant.",
  fix: [{ by: "client", do: "Send code_challenge_method=S256 and the SHA-256 hash of the verifier as the challenge." }],
  references: [rfc(7636, "4.2"), rfc(7636, "7.2"), rfc(9700, "2.1.1")],
  check({ request }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    if (!findSent(request.value, "code_challenge")) return notApplicable("the request has no code_challenge");
    const method = findSent(request.value, "code_challenge_method")?.text;
    if (method !== undefined && method.toLowerCase() !== "plain") return pass();
    return fail({
      certainty: "proven",
      summary: `The request has a code_challenge with ${method === undefined ? "no code_challenge_method, which means plain" : `code_challenge_method ${method}`}.`,
      evidence: [{ ...parameterEvidence(request.value, "code_challenge_method"), isPrimary: true }],
    });
  },
});
