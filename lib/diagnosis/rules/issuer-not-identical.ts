import type { RungFacts } from "@/lib/facts/flow-facts.ts";
import { compareIssuers, type IssuerDifference } from "@/lib/oauth/issuer.ts";
import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";
import { primaryFirst, rungEvidence, sayStumbling, severityBeside, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const issuerNotIdentical = defineRule({
  id: "issuer-not-identical",
  title: "The issuer in the server metadata is not the one that leads to it",
  severity: "error",
  needs: ["metadata", "request"],
  why: "A client compares the issuer of the document with the issuer it looked for, as exact strings, because a document that speaks for another issuer is how one server poses as another. A single slash is a difference.",
  fix: [
    {
      by: "operator",
      do: "Write the same string in authorization_servers of the resource metadata and in issuer of the server metadata, character for character, and use it for iss in authorization responses and tokens. Changing the resource metadata is usually the safer side, since tokens carry the issuer.",
    },
  ],
  references: [
    rfc(8414, "3.3"),
    mcpRevision(
      "2026-07-28",
      "Authorization Server Metadata Discovery",
      "/authorization-server-discovery#authorization-server-metadata-discovery",
    ),
    rfc(9207, "2.4"),
  ],
  check: (facts) =>
    withMetadata(facts, ({ servers }) => {
      const compared = servers.flatMap((rung) => compare(rung) ?? []);
      if (compared.length === 0) return notApplicable("No server metadata whose issuer was known beforehand");
      const found = compared.find(({ differences }) => differences.length > 0);
      if (found === undefined) return pass();
      const { differences, expected, issuer, rung } = found;
      const where = rung.expectedIssuer?.from === "url" ? "issuer that this URL belongs to" : "authorization_servers";
      return fail({
        summary: `Clients look for the issuer ${expected}, the metadata says ${issuer} (different ${differences.join(", ")}); MCP 2026-07-28 and RFC 8414 forbid its use.${sayStumbling("strict-issuer")}`,
        certainty: "proven",
        severity: severityBeside(facts),
        evidence: primaryFirst({ ...rungEvidence(rung, "issuer", issuer), against: { where, says: expected } }, [
          {
            exchangeId: rung.expectedIssuer?.exchangeId ?? rung.exchangeId,
            role: rung.expectedIssuer?.from === "url" ? rung.role : "resource-metadata",
            part: "metadata",
            where,
            says: expected,
          },
        ]),
      });
    }),
});

interface Compared {
  readonly rung: RungFacts;
  readonly expected: string;
  readonly issuer: string;
  readonly differences: readonly IssuerDifference[];
}

function compare(rung: RungFacts): Compared | undefined {
  const { issuer } = parseServerMetadata(rung.document).value;
  const expected = rung.expectedIssuer;
  // A place that was only guessed says nothing about which issuer the client looked for.
  if (issuer === undefined || expected === undefined) return undefined;
  if (expected.from === "url" && !rung.isDemanded) return undefined;
  const comparison = compareIssuers(expected.issuer, issuer);
  const all = comparison.verdict === "identical" ? [] : comparison.differences;
  // The well-known URL of an issuer loses its last slash, so by the URL alone a slash cannot be missed.
  const differences = expected.from === "url" ? all.filter((difference) => difference !== "trailing slash") : all;
  return { rung, expected: expected.issuer, issuer, differences };
}
