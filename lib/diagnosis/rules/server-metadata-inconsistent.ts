import { findDisagreement } from "@/lib/discovery/agreement.ts";
import { primaryFirst, rungEvidence, withMetadata } from "../metadata.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const serverMetadataInconsistent = defineRule({
  id: "server-metadata-inconsistent",
  title: "The same metadata URL gives different answers",
  severity: "warning",
  needs: ["metadata"],
  why: "Metadata is the same for everybody until it is changed. Two answers that differ come from instances with different configuration, from a document derived from each request's host, or from a cache that is older than the server.",
  fix: [
    {
      by: "operator",
      do: "Give every instance the same configuration and a fixed public URL, and finish or undo a rollout that stopped halfway. After a change, wait out max-age or purge the caches in front.",
    },
    { by: "user", do: "If the client kept the older document, restart it so that it asks again." },
  ],
  references: [rfc(8414, "3.2"), rfc(9111, "4.2")],
  check: (facts) =>
    withMetadata(facts, ({ rungs }) => {
      const urls = rungs.filter(({ outcome }) => outcome === "accepted").map(({ urlText }) => urlText);
      if (new Set(urls).size === urls.length) return notApplicable("No metadata URL was asked twice");
      const found = findDisagreement(rungs);
      if (found === undefined) return pass();
      const { first, firstSays, mayBeCachedFor, member, second, secondSays } = found;
      const cache = mayBeCachedFor === undefined ? "" : `; an answer may be kept for ${mayBeCachedFor} s (max-age)`;
      return fail({
        summary: `${first.urlText} gave two answers: ${member} is ${firstSays} in one and ${secondSays} in the other${cache}`,
        certainty: "proven",
        evidence: primaryFirst(
          {
            ...rungEvidence(first, member, firstSays),
            against: { where: `${member} in the other answer`, says: secondSays },
          },
          [rungEvidence(second, member, secondSays)],
        ),
      });
    }),
});
