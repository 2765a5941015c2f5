import { findUnlisted } from "../advertised.ts";
import { checkJudged, failJudged, findRefusal } from "../answers.ts";
import { rfc } from "../references.ts";
import { findSent, parameterEvidence, sayParameter } from "../requested.ts";
import { defineRule, notApplicable } from "../rule.ts";
import { list } from "../words.ts";

export const responseModeUnsupported = defineRule({
  id: "response-mode-unsupported",
  title: "The authorization server does not answer in this response_mode",
  severity: "error",
  needs: ["request", "answer", "response", "metadata"],
  why: "response_mode says how the response travels: query, fragment, form_post or a signed form of these. Servers list the modes that they know, and refuse combinations that would expose tokens, such as query with an implicit response type.",
  fix: [
    { by: "client", do: "Leave response_mode out, or use one that response_modes_supported lists." },
    {
      by: "operator",
      do: "Allow the response mode for this client at the authorization server where it can be switched.",
    },
  ],
  references: [
    {
      spec: "OAuth 2.0 Multiple Response Types",
      section: "2.1",
      url: "https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes",
    },
    rfc(8414, "2"),
  ],
  supersedes: ["authorization-request-invalid"],
  check({ request, metadata, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const sent = findSent(request.value, "response_mode")?.text;
    const said = `The request has response_mode ${sayParameter(request.value, "response_mode")}`;
    const evidence = [parameterEvidence(request.value, "response_mode")];
    const unlisted =
      sent === undefined
        ? undefined
        : findUnlisted({ metadata }, "response_modes_supported", (values) => values.includes(sent));
    const refusal = findRefusal(answers);
    const cause = refusal?.judgement.causes[0];
    if (unlisted && refusal && (cause === "response-mode-unsupported" || cause === "authorization-request-invalid")) {
      return failJudged(refusal, {
        isProven: true,
        summary: `${said}, the server metadata lists ${list(unlisted.values)}, and ${refusal.who} ${refusal.did}.`,
        evidence: [...evidence, unlisted.evidence],
      });
    }
    return checkJudged("response-mode-unsupported", answers, (answer) => ({
      summary: `${said}, and ${answer.who} ${answer.did}.`,
      evidence,
    }));
  },
});
