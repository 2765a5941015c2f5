import { type EndpointHazard, findHazards } from "@/lib/discovery/endpoints.ts";
import type { RungFacts } from "@/lib/facts/flow-facts.ts";
import { primaryFirst, rungEvidence, severityBeside, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const endpointInsecure = defineRule({
  id: "endpoint-insecure",
  title: "The metadata names a URL that is not https or not reachable from outside",
  severity: "error",
  needs: ["metadata", "request"],
  why: "A server behind a proxy that ends TLS often sees plain http and its own internal name, and writes that into its metadata. Clients refuse http endpoints, and nobody outside can reach an internal host.",
  fix: [
    {
      by: "operator",
      do: "Configure the server with its public https URL, or let it trust X-Forwarded-Proto and X-Forwarded-Host of the proxy, so that every URL in the metadata is the one that clients use.",
    },
  ],
  references: [mcpRevision("2025-03-26", "Security Considerations"), rfc(8414, "2"), rfc(9700, "2.6")],
  check: (facts) =>
    withMetadata(facts, ({ resource, servers }) => {
      const documents = [...(resource ? [resource] : []), ...servers];
      if (documents.length === 0) return notApplicable("No metadata document was found");
      const found = documents.flatMap((rung) => findHazards(rung).map((hazard) => ({ rung, hazard })));
      const [first, ...others] = found;
      if (first === undefined) return pass();
      return fail({
        summary: `${first.rung.urlText} names ${first.hazard.field} ${first.hazard.url}: ${kinds[first.hazard.kind]}`,
        certainty: "proven",
        severity: severityBeside(facts),
        evidence: primaryFirst(evidenceOf(first), others.map(evidenceOf)),
      });
    }),
});

const kinds: Readonly<Record<EndpointHazard["kind"], string>> = {
  "plain-http": "plain http, although it must be https",
  "internal-host": "a host that only the server's own network knows",
  "forbidden-scheme": "neither https nor http",
};

const evidenceOf = ({ hazard, rung }: { readonly hazard: EndpointHazard; readonly rung: RungFacts }) => ({
  ...rungEvidence(rung, hazard.field, hazard.url),
  against: { where: "the document itself came from", says: rung.urlText },
});
