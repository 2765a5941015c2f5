import { advertised, metadataEvidence } from "../advertised.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";
import { list } from "../words.ts";

export const issuerParameterMissing = defineRule({
  id: "issuer-parameter-missing",
  title: "The server announces iss in its responses and does not send it",
  severity: "error",
  needs: ["response", "metadata"],
  why: "A server that announces authorization_response_iss_parameter_supported must send iss with every response, errors included. A client that reads the announcement must reject a response without it.",
  fix: [
    {
      by: "authorization server",
      do: "Send iss with every authorization response and error response, or withdraw authorization_response_iss_parameter_supported from the metadata.",
    },
  ],
  references: [rfc(9207, "2.3"), rfc(9207, "2.4")],
  supersedes: ["callback-failed"],
  check({ response, metadata }) {
    if (response.status !== "observed") return notApplicable("no authorization response was seen");
    const { mode, parameters, exchangeId, role } = response.value;
    if (mode === "jarm") return notApplicable("the response is a signed JWT, which carries iss inside");
    if (advertised({ metadata })?.authorization_response_iss_parameter_supported !== true)
      return notApplicable("the server metadata does not announce iss");
    if (parameters.some(({ name }) => name === "iss")) return pass();
    const names = list([...new Set(parameters.map(({ name }) => name))]);
    return fail({
      certainty: "proven",
      summary: `The server metadata announces iss in authorization responses, and this one has only ${names}.`,
      evidence: [
        {
          exchangeId,
          role,
          part: "response",
          where: "parameters of the response",
          says: names,
          against: { where: "authorization_response_iss_parameter_supported of the server metadata", says: "true" },
          isPrimary: true,
        },
        metadataEvidence({ metadata }, "authorization_response_iss_parameter_supported", "true"),
      ],
    });
  },
});
