import { findUnlisted } from "../advertised.ts";
import { checkJudged, failJudged, findRefusal } from "../answers.ts";
import { rfc } from "../references.ts";
import { findSent, isKnownAbsent, parameterEvidence, sayParameter } from "../requested.ts";
import { defineRule, notApplicable } from "../rule.ts";
import { list } from "../words.ts";

export const responseTypeUnsupported = defineRule({
  id: "response-type-unsupported",
  title: "The authorization server does not answer with this response_type",
  severity: "error",
  needs: ["request", "answer", "response", "metadata"],
  why: "response_type says what the client wants back and is required. Servers list the types that they give, and a client may be registered for fewer; the implicit types are switched off in most places by now.",
  fix: [
    { by: "client", do: "Use response_type=code, with PKCE." },
    {
      by: "operator",
      do: "Where another response type is meant, allow it for this client at the authorization server.",
    },
  ],
  references: [rfc(6749, "3.1.1"), rfc(6749, "4.1.2.1"), rfc(8414, "2")],
  supersedes: ["authorization-request-invalid"],
  check({ request, metadata, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const evidence = [parameterEvidence(request.value, "response_type")];
    const sent = findSent(request.value, "response_type")?.text;
    const isAbsent = isKnownAbsent(request.value, "response_type");
    const said =
      sent === undefined ? "no response_type" : `response_type ${sayParameter(request.value, "response_type")}`;
    const unlisted =
      sent === undefined
        ? undefined
        : findUnlisted({ metadata }, "response_types_supported", (values) =>
            values.some((value) => isSameSet(value, sent)),
          );
    const refusal = findRefusal(answers);
    const cause = refusal?.judgement.causes[0];
    if (unlisted && refusal && (cause === "response-type-unsupported" || cause === "authorization-request-invalid")) {
      return failJudged(refusal, {
        isProven: true,
        summary: `The request has ${said}, the server metadata lists ${list(unlisted.values)}, and ${refusal.who} ${refusal.did}.`,
        evidence: [...evidence, unlisted.evidence],
      });
    }
    return checkJudged("response-type-unsupported", answers, (answer) => ({
      isProven: isAbsent,
      summary: `The request has ${said}, and ${answer.who} ${answer.did}.`,
      evidence,
    }));
  },
});

/** The order of the words in a response type does not matter (OAuth 2.0 Multiple Response Types §3). */
const isSameSet = (one: string, other: string): boolean =>
  one.split(" ").sort().join(" ") === other.split(" ").sort().join(" ");
