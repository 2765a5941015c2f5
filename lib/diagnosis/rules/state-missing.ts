import { rfc } from "../references.ts";
import { findSent, isKnownAbsent, parameterEvidence } from "../requested.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const stateMissing = defineRule({
  id: "state-missing",
  title: "Nothing ties the authorization response to this request",
  severity: "warning",
  needs: ["request"],
  why: "Without state, PKCE or nonce the client cannot tell a response to its own request from one that somebody else has begun and slipped to this browser, which signs the person in to a stranger's account.",
  fix: [
    {
      by: "client",
      do: "Use PKCE, or send state as a fresh random value for each attempt and compare it when the response comes back.",
    },
  ],
  references: [rfc(9700, "2.1"), rfc(9700, "4.7"), rfc(6749, "10.12")],
  check({ request }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    if (request.value.hiddenBy) return notApplicable(`${request.value.hiddenBy} hides the parameters`);
    const ties = ["state", "code_challenge", "nonce"].filter((name) => findSent(request.value, name));
    if (ties.length > 0 || !isKnownAbsent(request.value, "state")) return pass();
    return fail({
      certainty: "proven",
      summary: `The request to ${request.value.url.host} has neither state nor code_challenge nor nonce.`,
      evidence: [{ ...parameterEvidence(request.value, "state"), isPrimary: true }],
    });
  },
});
