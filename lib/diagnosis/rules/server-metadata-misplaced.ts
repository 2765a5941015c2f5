import type { RungFacts } from "@/lib/facts/flow-facts.ts";
import { isSettled, ladderEvidence, primaryFirst, severityBeside, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const serverMetadataMisplaced = defineRule({
  id: "server-metadata-misplaced",
  title: "The authorization server metadata is at a place where clients do not look",
  severity: "error",
  needs: ["metadata", "request"],
  why: "For an issuer with a path, the well-known part is inserted between the host and the path. An application mounted under a path serves it behind its own path instead, where no client asks.",
  fix: [
    {
      by: "operator",
      do: "Serve the document at the first place in the evidence as well: mount the well-known routes at the root of the host, or let the proxy map that URL to the one where the document is.",
    },
  ],
  references: [
    rfc(8414, "3.1"),
    mcpRevision("2025-11-25", "Authorization Server Metadata Discovery", "#authorization-server-metadata-discovery"),
  ],
  check: (facts) =>
    withMetadata(facts, ({ rungs }) => {
      const all = rungs.filter(({ role }) => role === "server-metadata");
      if (all.length === 0) return notApplicable("No authorization server metadata was asked for");
      const found = all.find(({ isStandard, outcome }) => !isStandard && outcome === "accepted");
      if (found === undefined) return pass();
      const places = all.filter((rung) => rung.isStandard && rung.isDemanded && isSameServer(rung, found));
      if (places.length === 0) return notApplicable("Nothing says that clients were sent to this authorization server");
      if (places.some((rung) => rung.outcome === "accepted" || !isSettled(rung))) return pass();
      const [first, ...others] = places;
      if (first === undefined) return pass();
      return fail({
        summary: `The metadata is at ${found.urlText}; clients look at ${first.urlText} (${first.status ?? "no answer"})`,
        certainty: "proven",
        severity: severityBeside(facts),
        evidence: primaryFirst(
          { ...ladderEvidence(found), against: { where: "where clients look", says: first.urlText } },
          [first, ...others].map(ladderEvidence),
        ),
      });
    }),
});

const isSameServer = (place: RungFacts, found: RungFacts): boolean => place.url.host === found.url.host;
