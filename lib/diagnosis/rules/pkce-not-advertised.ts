import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";
import { isMcp, primaryFirst, rungEvidence, sayStumbling, severityBeside, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const pkceNotAdvertised = defineRule({
  id: "pkce-not-advertised",
  title: "The server metadata does not offer PKCE with S256",
  severity: "error",
  needs: ["metadata", "request"],
  why: "An MCP client must see S256 in code_challenge_methods_supported before it goes on, since it cannot otherwise know that the server protects its code. An absent list counts as no PKCE, in OpenID documents too.",
  fix: [
    {
      by: "authorization server",
      do: "Add S256 to code_challenge_methods_supported in every metadata document of this issuer, once the server enforces PKCE.",
      code: { language: "json", text: '"code_challenge_methods_supported": ["S256"]' },
    },
  ],
  references: [
    mcpRevision("2025-11-25", "Authorization Code Protection", "#authorization-code-protection"),
    rfc(8414, "2"),
    rfc(7636, "4.2"),
  ],
  check: (facts) =>
    withMetadata(facts, (metadata) => {
      const { server } = metadata;
      if (server === undefined) return notApplicable("No server metadata was found");
      if (!isMcp(metadata)) return notApplicable("Only MCP demands that PKCE is advertised");
      const methods = parseServerMetadata(server.document).value.code_challenge_methods_supported;
      if (methods?.includes("S256")) return pass();
      const says = methods === undefined ? "absent" : methods.join(", ") || "an empty list";
      return fail({
        summary: `code_challenge_methods_supported of ${server.urlText} is ${says}; MCP 2025-11-25 and later forbid clients to go on.${
          methods === undefined
            ? sayStumbling("requires-pkce-advertised")
            : " Clients with the MCP TypeScript SDK stop as well."
        }`,
        certainty: "proven",
        severity: severityBeside(facts),
        evidence: primaryFirst(rungEvidence(server, "code_challenge_methods_supported", says), []),
      });
    }),
});
