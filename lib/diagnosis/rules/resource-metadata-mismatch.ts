import type { MetadataFacts, RungFacts } from "@/lib/facts/flow-facts.ts";
import { compareIssuers } from "@/lib/oauth/issuer.ts";
import { parseResourceMetadata } from "@/lib/oauth/resource-metadata.ts";
import { primaryFirst, rungEvidence, severityBeside, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const resourceMetadataMismatch = defineRule({
  id: "resource-metadata-mismatch",
  title: "The protected resource metadata describes another URL than the one the client uses",
  severity: "error",
  needs: ["metadata", "request"],
  why: "A client must not use resource metadata whose resource is not the URL it asked about, and sends that resource on to the authorization server. A slash, a path or a host that differs stops strict clients and makes others ask for a token for the wrong resource.",
  fix: [
    {
      by: "operator",
      do: "Set resource to the exact public URL of the MCP endpoint, the one that clients are given, with its path and without an added slash. Behind a proxy, configure the public URL instead of deriving it from the request.",
    },
    {
      by: "user",
      do: "If the client was given another spelling of the URL, give it the one that the metadata states.",
    },
  ],
  references: [rfc(9728, "3.3"), mcpRevision("2025-06-18", "Canonical Server URI", "#canonical-server-uri")],
  check: (facts) =>
    withMetadata(facts, (metadata) => {
      const rung = metadata.resource;
      const resource = rung && parseResourceMetadata(rung.document).value.resource;
      if (rung === undefined || resource === undefined)
        return notApplicable("No protected resource metadata with a resource was found");
      const asked = askedUrl(metadata, rung);
      if (asked === undefined) return notApplicable("The URL of the MCP server is not known");
      const comparison = compareIssuers(withRootPath(asked), withRootPath(resource));
      if (comparison.verdict === "identical") return pass();
      const prefix = isPrefix(resource, asked);
      const differs = comparison.differences.join(", ");
      return fail({
        summary: `The client uses ${asked}, the metadata describes ${resource} (different ${differs})${
          prefix ? "; clients that accept a parent path go on, those that want the exact URL stop" : ""
        }`,
        certainty: "proven",
        severity: prefix || differs === "trailing slash" ? "warning" : severityBeside(facts),
        evidence: primaryFirst(
          { ...rungEvidence(rung, "resource", resource), against: { where: "URL of the MCP server", says: asked } },
          [],
        ),
      });
    }),
});

/** An empty path and `/` are the same request, and URL parsers write the second for the first (RFC 3986 §6.2.3). */
const withRootPath = (url: string): string => (/^[a-z]+:\/\/[^/?#]+$/i.test(url) ? `${url}/` : url);

/** The MCP URL as the client was given it, before any redirect; else what the well-known path stood in front of. */
function askedUrl({ rungs }: MetadataFacts, rung: RungFacts): string | undefined {
  const challenge = rungs.find(({ role }) => role === "challenge");
  if (challenge !== undefined) return challenge.urlText;
  const marker = "/.well-known/oauth-protected-resource";
  const at = rung.urlText.indexOf(marker);
  return rung.rung === "resource-metadata/inserted" && at > 0
    ? `${rung.urlText.slice(0, at)}${rung.urlText.slice(at + marker.length)}`
    : undefined;
}

function isPrefix(resource: string, asked: string): boolean {
  if (!URL.canParse(resource) || !URL.canParse(asked)) return false;
  const [parent, child] = [new URL(resource), new URL(asked)];
  const path = parent.pathname.endsWith("/") ? parent.pathname : `${parent.pathname}/`;
  return parent.origin === child.origin && child.pathname.startsWith(path);
}
