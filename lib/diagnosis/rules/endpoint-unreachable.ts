import { printLocation } from "@/lib/exchange/print.ts";
import type { RungFacts } from "@/lib/facts/flow-facts.ts";
import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";
import { ladderEvidence, primaryFirst, rungEvidence, severityBeside, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const endpointUnreachable = defineRule({
  id: "endpoint-unreachable",
  title: "Metadata leads to a server that does not answer",
  severity: "error",
  needs: ["metadata", "request", "answer"],
  why: "The metadata names a host that has no address, refuses the connection or fails the TLS handshake. Every client that follows it ends there.",
  fix: [
    {
      by: "operator",
      do: "Check the host name in the metadata, its DNS entry, its certificate and whether the server listens and is reachable from where clients are; then correct the metadata or the server.",
    },
  ],
  references: [
    rfc(8414, "2"),
    mcpRevision("2025-11-25", "Authorization Server Location", "#authorization-server-location"),
  ],
  supersedes: ["server-metadata-missing"],
  check: (facts) =>
    withMetadata(facts, ({ namedIssuers, rungs, server }) => {
      const endpoint = parseServerMetadata(server?.document).value.authorization_endpoint;
      const { answer } = facts;
      if (answer.status === "observed" && answer.value.networkError !== undefined && server && endpoint !== undefined) {
        const { exchangeId, networkError, role, url } = answer.value;
        if (printLocation(url) === endpoint) {
          return fail({
            summary: `The advertised authorization endpoint ${endpoint} does not answer (${networkError})`,
            certainty: "proven",
            evidence: primaryFirst({ exchangeId, role, part: "response", where: "network error", says: networkError }, [
              rungEvidence(server, "authorization_endpoint", endpoint),
            ]),
          });
        }
      }
      if (namedIssuers.length === 0) return notApplicable("No metadata names an authorization server");
      const dead = namedIssuers
        .map((named) => ({ ...named, asked: rungs.filter((rung) => rung.expectedIssuer?.issuer === named.issuer) }))
        .find(({ asked }) => asked.length > 0 && asked.every(isUnreachable));
      const [first, ...others] = dead?.asked ?? [];
      if (dead === undefined || first === undefined) return pass();
      return fail({
        summary: `The resource metadata names the authorization server ${dead.issuer}, which does not answer (${first.networkError ?? "no answer"})`,
        certainty: "proven",
        severity: severityBeside(facts),
        evidence: primaryFirst(ladderEvidence(first), [
          {
            exchangeId: dead.exchangeId,
            role: "resource-metadata",
            part: "metadata",
            where: "authorization_servers",
            says: dead.issuer,
          },
          ...others.map(ladderEvidence),
        ]),
      });
    }),
});

const isUnreachable = ({ outcome }: RungFacts): boolean => outcome === "unreachable" || outcome === "timedOut";
