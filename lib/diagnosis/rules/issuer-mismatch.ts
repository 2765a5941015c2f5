import { compareIssuers } from "@/lib/oauth/issuer.ts";
import { advertised, metadataEvidence } from "../advertised.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";
import { list, quote } from "../words.ts";

export const issuerMismatch = defineRule({
  id: "issuer-mismatch",
  title: "The iss of the authorization response is not the issuer of the server metadata",
  severity: "error",
  needs: ["response", "metadata"],
  why: "iss says which authorization server a response comes from, so that a client which talks to several cannot be tricked into sending one server's code to another. Clients compare it as an exact string and reject the response, errors included, when it differs.",
  fix: [
    { by: "authorization server", do: "Send exactly the issuer of the server metadata as iss, to the last slash." },
    {
      by: "operator",
      do: "Set one public base URL for the authorization server, so that it does not derive its issuer from the host it was asked at.",
    },
  ],
  references: [rfc(9207, "2.4"), rfc(9700, "4.4")],
  supersedes: ["callback-failed"],
  check({ response, metadata }) {
    if (response.status !== "observed") return notApplicable("no authorization response was seen");
    const received = response.value.parameters.find(({ name }) => name === "iss");
    if (!received) return notApplicable("the response has no iss");
    const issuer = advertised({ metadata })?.issuer;
    if (issuer === undefined) return notApplicable("the issuer of the server metadata is not known");
    const comparison = compareIssuers(issuer, received.text);
    if (comparison.verdict === "identical") return pass();
    return fail({
      certainty: "proven",
      summary: `The response says iss ${quote(received.text)}, the server metadata says issuer ${quote(issuer)}: different ${list(comparison.differences)}.`,
      evidence: [
        {
          exchangeId: response.value.exchangeId,
          role: response.value.role,
          part: "response",
          where: "parameter iss of the response",
          says: received.text,
          against: { where: "issuer of the server metadata", says: issuer },
          isPrimary: true,
        },
        metadataEvidence({ metadata }, "issuer", issuer),
      ],
    });
  },
});
