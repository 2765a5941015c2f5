import { primaryFirst, rungEvidence, severityBeside, withMetadata } from "../metadata.ts";
import { mcpTransports } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";
import { shorten } from "../words.ts";

export const originNotAllowed = defineRule({
  id: "origin-not-allowed",
  title: "The MCP server refuses the request because of its Origin",
  severity: "error",
  needs: ["metadata", "request"],
  why: "An MCP server must check the Origin header, so that no web page reaches it through somebody's browser. One that checks it before anything else answers 403 instead of asking for authorization, and so does one that takes a missing Origin for a foreign one, although most clients do not run in a page and send none.",
  fix: [
    {
      by: "operator",
      do: "Refuse an Origin only when the header is there and foreign; a request without one is not from a web page.",
    },
    {
      by: "operator",
      do: "Add the origins of clients that do run in a page, an inspector for instance, to the list that the server allows.",
    },
  ],
  references: [mcpTransports("Security Warning", "security-warning")],
  supersedes: ["challenge-missing"],
  check: (facts) =>
    withMetadata(facts, ({ challenge, rungs }) => {
      const rung = rungs.findLast(({ role, status }) => role === "challenge" && status !== undefined);
      if (challenge === undefined || rung === undefined)
        return notApplicable("The MCP server was not asked without a token");
      const { refusedOrigin, sentOrigin, status, urlText } = challenge;
      if (refusedOrigin === undefined) return pass();
      const from = sentOrigin === undefined ? "that carried no Origin of ours" : `from Origin ${sentOrigin}`;
      return fail({
        // The server's word for it; nothing was asked with another Origin.
        certainty: "likely",
        severity: severityBeside(facts),
        summary: `${urlText} answered ${status} to a request ${from}, and speaks of the Origin: “${shorten(refusedOrigin, 200)}”. Whether it asks for authorization cannot be seen behind that.`,
        evidence: primaryFirst(rungEvidence(rung, "answer", refusedOrigin), [
          rungEvidence(rung, "status", String(status)),
        ]),
      });
    }),
});
