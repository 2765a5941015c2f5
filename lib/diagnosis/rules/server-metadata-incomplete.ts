import { primaryFirst, rungEvidence, severityBeside, withMetadata } from "../metadata.ts";
import { mcpRevision, openidDiscovery, rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";
import { list } from "../words.ts";

/** Without these no flow can start or end; the others only strict clients miss. */
const essential: readonly string[] = [
  "issuer",
  "authorization_endpoint",
  "token_endpoint",
  "resource",
  "authorization_servers",
];

export const serverMetadataIncomplete = defineRule({
  id: "server-metadata-incomplete",
  title: "A metadata document lacks members that it must have",
  severity: "error",
  needs: ["metadata", "request"],
  why: "Clients validate a metadata document before they use it. A required member that is absent makes a strict client refuse the whole document, and a lenient one fail later, at the step that needs it.",
  fix: [
    {
      by: "authorization server",
      do: "Add the members named in the evidence. A document served as openid-configuration needs those of OpenID Connect Discovery too; a server that does not speak OpenID Connect serves oauth-authorization-server only.",
    },
  ],
  references: [
    rfc(8414, "2"),
    openidDiscovery("3", "ProviderMetadata"),
    rfc(9728, "2"),
    mcpRevision("2025-06-18", "Authorization Server Location", "#authorization-server-location"),
  ],
  check: (facts) =>
    withMetadata(facts, ({ resource, server }) => {
      const documents = [resource, server].filter((rung) => rung !== undefined);
      if (documents.length === 0) return notApplicable("No metadata document was found");
      const gaps = documents.flatMap((rung) =>
        rung.problems
          .filter(({ kind, level }) => (kind === "missing" || kind === "empty") && level === "must")
          .map((problem) => ({ rung, problem })),
      );
      const [first] = gaps;
      if (first === undefined) return pass();
      const isEssential = gaps.some(({ problem }) => essential.includes(problem.field));
      const says = gaps.map(({ rung, problem }) =>
        rungEvidence(rung, problem.field, `${problem.says} (${problem.demandedBy})`),
      );
      const [primary = rungEvidence(first.rung, first.problem.field, first.problem.says), ...others] = says;
      return fail({
        summary: `${first.rung.urlText} lacks ${list([...new Set(gaps.filter(({ rung }) => rung === first.rung).map(({ problem }) => problem.field))])}`,
        certainty: "proven",
        severity: isEssential ? severityBeside(facts) : "warning",
        evidence: primaryFirst(primary, others),
      });
    }),
});
