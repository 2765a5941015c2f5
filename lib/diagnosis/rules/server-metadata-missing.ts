import type { RungFacts } from "@/lib/facts/flow-facts.ts";
import { isSettled, ladderEvidence, primaryFirst, sayStumbling, severityBeside, withMetadata } from "../metadata.ts";
import { mcpRevision, rfc } from "../references.ts";
import { cannotTell, defineRule, fail, notApplicable, pass } from "../rule.ts";

export const serverMetadataMissing = defineRule({
  id: "server-metadata-missing",
  title: "The authorization server publishes no metadata where clients look",
  severity: "error",
  needs: ["metadata", "request"],
  why: "Clients learn every endpoint from authorization server metadata. When none of the places that the specifications name has it, a client stops, or guesses /authorize, /token and /register at the root of the host.",
  fix: [
    {
      by: "operator",
      do: "Publish the metadata at one of the places listed in the evidence, as JSON and readable without credentials. When the issuer has a path, the well-known part goes between the host and that path; the proxy in front must route it to the authorization server.",
    },
  ],
  references: [
    mcpRevision("2025-11-25", "Authorization Server Metadata Discovery", "#authorization-server-metadata-discovery"),
    rfc(8414, "3"),
  ],
  check: (facts) =>
    withMetadata(facts, ({ rungs, namedIssuers, servers }) => {
      const asked = rungs.filter((rung) => rung.role === "server-metadata" && rung.isDemanded && rung.isStandard);
      if (asked.length === 0) return notApplicable("Nothing in this attempt leads to authorization server metadata");
      if (asked.some(({ outcome }) => outcome === "accepted" || outcome === "unread")) return pass();
      // Found at a place of its own making: that is server-metadata-misplaced.
      if (servers.some(({ isStandard }) => !isStandard)) return pass();
      // What the resource metadata would have named is not known, so the places that were asked may be nobody's.
      const unread = namedIssuers.length > 0 ? undefined : findUnreadResource(rungs);
      const open = asked.find((rung) => !isSettled(rung)) ?? unread;
      if (open !== undefined) {
        return cannotTell(
          `${open.urlText} could not be read (${open.verdict})`,
          "The same request from a network that reaches the server: curl -i with this URL",
        );
      }
      const [first, ...others] = asked;
      if (first === undefined) return pass();
      const issuer = namedIssuers[0]?.issuer ?? first.expectedIssuer?.issuer ?? first.url.host;
      const statuses = asked.map(({ status }) => status ?? "no answer").join(", ");
      return fail({
        summary: `The metadata of ${issuer} is not where clients look for it (${asked.length === 1 ? "one place" : `${asked.length} places`}: ${statuses}).${sayGuessing()}`,
        certainty: "proven",
        severity: severityBeside(facts),
        evidence: primaryFirst(ladderEvidence(first), others.map(ladderEvidence)),
      });
    }),
});

const findUnreadResource = (rungs: readonly RungFacts[]): RungFacts | undefined => {
  const asked = rungs.filter(({ role, isDemanded }) => role === "resource-metadata" && isDemanded);
  return asked.some(({ outcome }) => outcome === "accepted") ? undefined : asked.find((rung) => !isSettled(rung));
};

const sayGuessing = (): string =>
  sayStumbling("guesses-endpoints").replace("Known to stop here", "Known to guess the endpoints instead");
