import { compareUris } from "@/lib/oauth/redirect-uri.ts";
import {
  isMcp,
  ladderEvidence,
  primaryFirst,
  rungEvidence,
  sayStumbling,
  severityBeside,
  withMetadata,
} from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { cannotTell, defineRule, fail, notApplicable, pass } from "../rule.ts";
import { list } from "../words.ts";

export const challengeMissing = defineRule({
  id: "challenge-missing",
  title: "The MCP server does not ask for authorization with a 401",
  severity: "error",
  needs: ["metadata", "request"],
  why: "A client starts authorization when a request without a token is answered with 401, and reads in WWW-Authenticate where the metadata is. Any other answer tells it that there is nothing to authorize, or nothing at all.",
  fix: [
    {
      by: "operator",
      do: "Answer every request to the MCP endpoint that has no valid token with 401 and a Bearer challenge that names the protected resource metadata. A gateway in front must pass both on.",
      code: {
        language: "http",
        text: 'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"',
      },
    },
  ],
  references: [
    mcpRevision(
      "2026-07-28",
      "Protected Resource Metadata Discovery Requirements",
      "/authorization-server-discovery#protected-resource-metadata-discovery-requirements",
    ),
    rfc(9728, "5.1"),
    rfc(6750, "3"),
  ],
  check: (facts) =>
    withMetadata(facts, (metadata) => {
      const { challenge, resource, rungs } = metadata;
      const rung = rungs.findLast(({ role, status }) => role === "challenge" && status !== undefined);
      if (challenge === undefined || rung === undefined) {
        return notApplicable("The MCP server was not asked without a token");
      }
      const status = String(challenge.status);
      const answer = rungEvidence(rung, "status", status);
      const isBearer = challenge.challenges.some(({ scheme }) => /^(?:bearer|dpop)$/i.test(scheme));
      if (challenge.status === 401) {
        if (isBearer || resource !== undefined) return pass();
        const says = challenge.field ?? "no such header";
        return fail({
          summary: `${challenge.urlText} answered 401 ${challenge.field === undefined ? "without WWW-Authenticate" : `with the challenge ${says}`}, and no protected resource metadata was found either (MCP 2025-06-18 demands the header, later revisions one of the two)`,
          certainty: "proven",
          severity: severityBeside(facts),
          evidence: primaryFirst(rungEvidence(rung, "WWW-Authenticate", says), [answer]),
        });
      }
      if (challenge.refusedOrigin !== undefined) {
        return notApplicable(
          `${challenge.urlText} looked at the Origin first, and refused before it came to the token`,
        );
      }
      if (resource === undefined) {
        return isMcp(metadata) || metadata.server === undefined
          ? cannotTell(
              `${challenge.urlText} answered ${status} to a request without a token`,
              "The URL of the MCP endpoint itself: another path may be the one that clients are given",
            )
          : notApplicable(
              `${challenge.urlText} answered ${status}, like a server that is not an MCP server or asks for nothing`,
            );
      }
      const isUndecided = challenge.status >= 500 || challenge.status === 429 || challenge.status === 404;
      if (isUndecided) {
        return cannotTell(`The MCP endpoint answered ${status}`, "The same request once the endpoint answers");
      }
      return fail({
        summary: `${challenge.urlText} answered ${status} to a request without a token${sayTarget(challenge.urlText, rung.redirect)}, although its resource metadata says that it needs one.${challenge.status === 403 ? sayStumbling("requires-challenge-401") : ""}`,
        certainty: "proven",
        severity: severityBeside(facts),
        evidence: primaryFirst(
          { ...answer, against: { where: "protected resource metadata", says: resource.urlText } },
          [ladderEvidence(resource)],
        ),
      });
    }),
});

/** Clients that follow a redirect to another scheme or host leave the token behind; most do not follow it at all. */
const sayTarget = (from: string, to: string | undefined): string =>
  to === undefined
    ? ""
    : ` and sent it on to ${to} (different ${list(compareUris(from, to).map(({ part }) => part))}), where clients do not go with a token`;
