import type { RungFacts } from "@/lib/facts/flow-facts.ts";
import { ladderEvidence, primaryFirst, rungEvidence, severityBeside, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const serverMetadataMalformed = defineRule({
  id: "server-metadata-malformed",
  title: "A metadata URL answers with something that is not a metadata document",
  severity: "error",
  needs: ["metadata", "request"],
  why: "A client reads a successful answer at a well-known path as JSON. A page, a login wall or a member of the wrong type ends discovery there and then with an error such as Unexpected token '<', even if the next place would have had the document.",
  fix: [
    {
      by: "operator",
      do: "Answer well-known paths that exist with application/json and those that do not with 404: take them out of the single-page application's fallback, and out of what a login proxy or bot protection guards.",
    },
    {
      by: "authorization server",
      do: "Correct the members named in the evidence; leave out those without a value instead of sending null.",
    },
  ],
  references: [
    rfc(8414, "3.2"),
    rfc(9728, "3.2"),
    mcpRevision("2025-11-25", "Authorization Server Metadata Discovery", "#authorization-server-metadata-discovery"),
  ],
  supersedes: ["server-metadata-missing", "resource-metadata-missing"],
  check: (facts) =>
    withMetadata(facts, ({ client, resource, rungs, server }) => {
      const asked = rungs.filter(({ role }) => role !== "challenge");
      if (asked.length === 0) return notApplicable("No metadata was asked for");
      const demanded = asked.filter(({ isDemanded, isStandard }) => isDemanded && isStandard);
      const notDocuments = demanded.filter(isNoDocument);
      const wrong = [resource, server, client]
        .filter((rung) => rung !== undefined)
        .flatMap((rung) =>
          rung.problems
            .filter(({ kind }) => kind !== "missing" && kind !== "empty" && kind !== "forbiddenScheme")
            .map((problem) => rungEvidence(rung, problem.field, `${problem.says} (${problem.demandedBy})`)),
        );
      const isSure = notDocuments.length + wrong.length > 0;
      // A slow connection can look the same as an answer that does not end.
      const broken = isSure ? notDocuments : demanded.filter(isEndless);
      const [first, ...others] = [...broken.map(ladderEvidence), ...wrong];
      if (first === undefined) return pass();
      return fail({
        summary: broken[0]
          ? `${broken[0].urlText}: ${sayInstead(broken[0])}`
          : `A member of the metadata cannot be used: ${first.says}`,
        certainty: isSure ? "proven" : "possible",
        severity: severityBeside(facts),
        evidence: primaryFirst(first, others),
      });
    }),
});

/** A success that is no document, a login in front of it, or more than any document holds. */
const isNoDocument = ({ outcome, redirect }: RungFacts): boolean =>
  outcome === "notJson" ||
  outcome === "unusable" ||
  outcome === "tooLarge" ||
  outcome === "denied" ||
  (outcome === "redirected" && redirect !== undefined && !redirect.includes("/.well-known/"));

/** It began with a success and had not ended when we left. */
const isEndless = ({ outcome, status }: RungFacts): boolean =>
  outcome === "timedOut" && status !== undefined && status < 300;

function sayInstead({ contentType, outcome, redirect, status }: RungFacts): string {
  switch (outcome) {
    case "denied":
      return `answered ${status}, as if metadata needed a login`;
    case "redirected":
      return `sent the client away to ${redirect ?? "another page"} (${status})`;
    case "timedOut":
      return `began to answer ${status} and had not ended after 5 seconds`;
    case "tooLarge":
      return "the answer is larger than 256 kB and was not read";
    case "unusable":
      return "the JSON there has none of the members of this document";
    default:
      return `answered ${status} with ${contentType ?? "an empty body"} instead of a JSON object`;
  }
}
