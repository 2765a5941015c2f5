import { registrationRoutes } from "@/lib/oauth/registration.ts";
import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";
import { isMcp, primaryFirst, rungEvidence, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const registrationUnavailable = defineRule({
  id: "registration-unavailable",
  title: "The authorization server offers clients no way to get a client_id",
  severity: "warning",
  needs: ["metadata", "request"],
  why: "A client that was not registered by hand needs a registration endpoint, or a server that accepts client ID metadata documents. With neither, only somebody who types a client_id into the client can connect.",
  fix: [
    {
      by: "authorization server",
      do: "Accept client ID metadata documents and say so with client_id_metadata_document_supported (MCP 2025-11-25 and later), or offer dynamic registration with registration_endpoint (deprecated by MCP 2026-07-28, still what most clients use).",
    },
    {
      by: "user",
      do: "Register the client at the authorization server by hand and enter its client_id in the client's settings.",
    },
  ],
  references: [
    mcpRevision("2025-11-25", "Client Registration Approaches", "#client-registration-approaches"),
    mcpRevision("2025-03-26", "Dynamic Client Registration"),
    rfc(7591, "3"),
  ],
  check: (facts) =>
    withMetadata(facts, (metadata) => {
      const { server } = metadata;
      if (server === undefined) return notApplicable("No server metadata was found");
      if (!isMcp(metadata)) return notApplicable("Only MCP clients register themselves");
      if (facts.request.status === "observed") return notApplicable("The client already has a client_id");
      const { acceptsMetadataDocument, registrationEndpoint } = registrationRoutes(
        parseServerMetadata(server.document).value,
      );
      if (acceptsMetadataDocument || registrationEndpoint !== undefined) return pass();
      return fail({
        summary: `${server.urlText} has neither registration_endpoint nor client_id_metadata_document_supported`,
        certainty: "proven",
        evidence: primaryFirst(rungEvidence(server, "registration_endpoint", "absent"), [
          rungEvidence(
            server,
            "client_id_metadata_document_supported",
            String(server.document?.client_id_metadata_document_supported ?? "absent"),
          ),
        ]),
      });
    }),
});
