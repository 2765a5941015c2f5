import type { MetadataFacts, RungFacts } from "@/lib/facts/flow-facts.ts";
import { isSettled, ladderEvidence, primaryFirst, severityBeside, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { cannotTell, defineRule, fail, notApplicable, type Outcome, pass } from "../rule.ts";

export const resourceMetadataMissing = defineRule({
  id: "resource-metadata-missing",
  title: "The MCP server publishes no protected resource metadata where clients look",
  severity: "error",
  needs: ["metadata", "request"],
  why: "Protected resource metadata tells a client which authorization server to use. Without it, clients of 2025-06-18 and later stop, and older ones guess that the MCP server's own host is the authorization server.",
  fix: [
    {
      by: "operator",
      do: "Serve the metadata as JSON, readable without credentials, at the well-known path with the path of the MCP endpoint behind it, and name that URL in WWW-Authenticate. A reverse proxy must route /.well-known/ of the host to the MCP server.",
      code: {
        language: "json",
        text: '{\n  "resource": "https://mcp.example.com/mcp",\n  "authorization_servers": ["https://auth.example.com"]\n}',
      },
    },
  ],
  references: [
    mcpRevision(
      "2025-11-25",
      "Protected Resource Metadata Discovery Requirements",
      "#protected-resource-metadata-discovery-requirements",
    ),
    mcpRevision("2025-06-18", "Authorization Server Location", "#authorization-server-location"),
    rfc(9728, "3"),
  ],
  supersedes: ["server-metadata-missing"],
  check: (facts) =>
    withMetadata(facts, (metadata) => {
      const asked = metadata.rungs.filter(({ role, isDemanded }) => role === "resource-metadata" && isDemanded);
      if (asked.length === 0) return notApplicable("Nothing in this attempt leads to protected resource metadata");
      const broken = brokenLink(metadata, asked);
      const standard = asked.filter(({ isStandard }) => isStandard);
      if (broken === undefined && standard.some(({ outcome }) => outcome === "accepted" || outcome === "unread"))
        return pass();
      if (broken === undefined && !standard.every(isSettled)) return undecided(standard);
      const misplaced = asked.find(({ isStandard, outcome }) => !isStandard && outcome === "accepted");
      const [first, ...others] =
        broken === undefined ? standard : [broken, ...standard.filter((rung) => rung !== broken)];
      if (first === undefined) return pass();
      const fallback = metadata.rungs.find(
        ({ rung, outcome }) => rung === "server-metadata/mcp-origin" && outcome === "accepted",
      );
      const where = misplaced ? `; it is at ${misplaced.urlText}` : "";
      const old = fallback ? `; only clients of 2025-03-26 go on, with ${fallback.urlText}` : "";
      return fail({
        summary:
          broken === undefined
            ? `None of the ${standard.length} places where clients look has protected resource metadata${where}${old}`
            : `WWW-Authenticate names ${broken.urlText}, where there is no protected resource metadata (${broken.verdict})${where}`,
        certainty: "proven",
        severity: severityBeside(facts),
        evidence: primaryFirst(
          ladderEvidence(first),
          [...others, ...(misplaced ? [misplaced] : [])].map(ladderEvidence),
        ),
      });
    }),
});

/** The URL that the challenge names, when nothing is there: clients that got it look nowhere else (RFC 9728 §5.1). */
function brokenLink({ challenge }: MetadataFacts, asked: readonly RungFacts[]): RungFacts | undefined {
  if (challenge?.resourceMetadata === undefined) return undefined;
  const linked = asked.filter(({ rung }) => rung.startsWith("resource-metadata/challenge"));
  const isThere = linked.some(({ outcome }) => outcome === "accepted" || outcome === "unread");
  return isThere ? undefined : linked.find(isSettled);
}

function undecided(standard: readonly RungFacts[]): Outcome {
  const open = standard.find((rung) => !isSettled(rung));
  return cannotTell(
    `${open?.urlText ?? "A metadata URL"} could not be read (${open?.verdict ?? "no answer"})`,
    "The same request from a network that reaches the server: curl -i with this URL",
  );
}
