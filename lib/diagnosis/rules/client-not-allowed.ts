import { checkJudged } from "../answers.ts";
import { probesOf } from "../probed.ts";
import { rfc } from "../references.ts";
import { parameterEvidence, sayParameter } from "../requested.ts";
import { defineRule, fail } from "../rule.ts";
import { quote } from "../words.ts";

export const clientNotAllowed = defineRule({
  id: "client-not-allowed",
  title: "The authorization server knows this client but does not let it do this",
  severity: "error",
  needs: ["request", "answer", "response", "probes"],
  why: "A client can be registered and still be disabled, not assigned to a tenant or group, limited to other grant types, or missing from a list of clients that are let in.",
  fix: [
    {
      by: "operator",
      do: "In the client's settings at the authorization server, enable it and allow the authorization code grant; where the server keeps a list of allowed clients, add this one.",
    },
    {
      by: "client",
      do: "If the server admits only well-known clients, ask its operator to pre-register this one and enter the client ID that they issue.",
    },
  ],
  references: [rfc(6749, "4.1.2.1"), rfc(6749, "2.2")],
  check({ request, probes, ...answers }) {
    const asked = probesOf({ probes })?.clientAllowList;
    if (asked?.verdict === "allowList") {
      return fail({
        certainty: "proven",
        summary: `The registration endpoint accepted one redirect URI and refused another in registrations that differ in nothing else: it answered ${quote(asked.plain.says)}.`,
        evidence: [
          {
            exchangeId: asked.plain.exchangeId,
            role: "probe",
            part: "probe",
            where: "registration with a redirect URI of our own",
            says: asked.plain.says,
            against: { where: "registration with a well-known client's redirect URI", says: asked.compared.says },
            isPrimary: true,
          },
        ],
      });
    }
    return checkJudged("client-not-allowed", answers, (answer) => ({
      summary: `${answer.who} does not let client_id ${request.status === "observed" ? sayParameter(request.value, "client_id") : "unknown"} in: it ${answer.did}.`,
      evidence: request.status === "observed" ? [parameterEvidence(request.value, "client_id")] : [],
    }));
  },
});
