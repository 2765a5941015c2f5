import { openidCore, rfc } from "../references.ts";
import { findSent, isKnownAbsent, parameterEvidence } from "../requested.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const nonceMissing = defineRule({
  id: "nonce-missing",
  title: "The request asks for an ID token in the response and has no nonce",
  severity: "warning",
  needs: ["request"],
  why: "An ID token that comes straight from the authorization endpoint could have been issued for another session and replayed. nonce ties it to the request, and OpenID Connect requires it there.",
  fix: [
    {
      by: "client",
      do: "Send nonce, a fresh random value for each attempt, and compare it with the claim in the ID token; better, use response_type=code with PKCE.",
    },
  ],
  references: [
    openidCore("3.2.2.1", "ImplicitAuthRequest"),
    openidCore("3.3.2.11", "HybridIDToken"),
    rfc(9700, "4.5.3.2"),
  ],
  check({ request }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const types = findSent(request.value, "response_type")?.text.split(" ") ?? [];
    if (!types.includes("id_token")) return notApplicable("the request does not ask for an ID token in the response");
    if (request.value.hiddenBy) return notApplicable(`${request.value.hiddenBy} hides the parameters`);
    if (!isKnownAbsent(request.value, "nonce")) return pass();
    return fail({
      certainty: "proven",
      summary: `The request has response_type "${types.join(" ")}" and no nonce.`,
      evidence: [{ ...parameterEvidence(request.value, "nonce"), isPrimary: true }],
    });
  },
});
