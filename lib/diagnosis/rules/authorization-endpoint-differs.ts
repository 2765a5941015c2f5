import { compareWithMetadata, serverOf } from "@/lib/discovery/compare.ts";
import { primaryFirst, rungEvidence, sayStumbling, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { parameterEvidence } from "../requested.ts";
import { cannotTell, defineRule, fail, notApplicable, pass } from "../rule.ts";

export const authorizationEndpointDiffers = defineRule({
  id: "authorization-endpoint-differs",
  title: "The request went to another URL than the advertised authorization endpoint",
  severity: "warning",
  needs: ["metadata", "request", "response"],
  why: "The authorization endpoint comes from the server's metadata. A client that goes elsewhere used an old document, another issuer, or guessed the path because it found no metadata; what answers there may know nothing of its registration.",
  fix: [
    { by: "client", do: "Read the metadata again and send the request to the authorization_endpoint that it names." },
    {
      by: "operator",
      do: "If clients guess the path, publish metadata where they look; if the endpoint moved, keep the old one redirecting until clients have asked again.",
    },
  ],
  references: [rfc(8414, "2"), mcpRevision("2025-03-26", "Fallbacks for Servers without Metadata Discovery")],
  check: (facts) => {
    const { request, response } = facts;
    if (request.status !== "observed") return notApplicable("No authorization request was seen");
    return withMetadata(facts, (metadata) => {
      const rung = serverOf(metadata, request.value);
      const compared = compareWithMetadata({ request: request.value }, metadata).find(
        ({ parameter }) => parameter === "authorization_endpoint",
      );
      if (rung === undefined || compared === undefined)
        return notApplicable("No server metadata names an authorization endpoint");
      if (compared.verdict === "agrees") return pass();
      const iss =
        response.status === "observed" ? response.value.parameters.find(({ name }) => name === "iss")?.text : undefined;
      const isOurs = rung.isDemanded || (iss !== undefined && iss === rung.document?.issuer);
      // A document that was only guessed from the endpoint's host may belong to another server on it.
      if (!isOurs || compared.verdict === "cannotTell") {
        return cannotTell(
          "Nothing ties this metadata to the attempt",
          "The issuer that the client is configured with, or the resource metadata of the MCP server",
        );
      }
      return fail({
        summary: `${compared.says}.${sayStumbling("guesses-endpoints").replace("Known to stop here", "Known to guess endpoints")}`,
        certainty: "proven",
        evidence: primaryFirst(
          {
            ...parameterEvidence(request.value, "client_id"),
            where: "URL of the request",
            says: compared.sent ?? "",
            against: { where: "authorization_endpoint", says: compared.advertised ?? "" },
          },
          [rungEvidence(rung, "authorization_endpoint", compared.advertised ?? "")],
        ),
      });
    });
  },
});
