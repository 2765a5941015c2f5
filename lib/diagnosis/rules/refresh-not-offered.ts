import { serverOf } from "@/lib/discovery/compare.ts";
import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";
import { primaryFirst, rungEvidence, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const refreshNotOffered = defineRule({
  id: "refresh-not-offered",
  title: "The authorization server offers no refresh tokens",
  severity: "warning",
  needs: ["metadata", "request"],
  why: "Without refresh tokens a person has to sign in again each time the access token expires, often every hour. grant_types_supported without refresh_token tells clients not to expect any.",
  fix: [
    {
      by: "authorization server",
      do: "Support the refresh_token grant and list it in grant_types_supported; list offline_access in scopes_supported if clients have to ask for it by scope.",
    },
  ],
  references: [mcpRevision("2026-07-28", "Refresh Tokens", "#refresh-tokens"), rfc(8414, "2"), rfc(6749, "6")],
  check: ({ metadata: fact, request }) =>
    withMetadata({ metadata: fact }, (metadata) => {
      const sent = request.status === "observed" ? request.value : undefined;
      const server = sent ? serverOf(metadata, sent) : metadata.server;
      if (server === undefined) return notApplicable("No server metadata was found");
      const { grant_types_supported: grants, scopes_supported: scopes } = parseServerMetadata(server.document).value;
      // An absent list means authorization_code and implicit by the letter, but most who leave it out do refresh.
      if (grants === undefined) return notApplicable("The metadata does not list grant types");
      if (grants.includes("refresh_token")) return pass();
      const asked = sent && findSent(sent, "scope")?.text.split(" ").includes("offline_access");
      if (!asked && scopes?.includes("offline_access")) return pass();
      return fail({
        summary: `grant_types_supported of ${server.urlText} is ${grants.join(", ") || "an empty list"}${
          asked ? ", although the request asks for offline_access" : ""
        }`,
        certainty: "proven",
        evidence: primaryFirst(
          rungEvidence(server, "grant_types_supported", grants.join(", ") || "an empty list"),
          sent && asked ? [parameterEvidence(sent, "scope")] : [],
        ),
      });
    }),
});
