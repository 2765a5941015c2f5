import { printLocation } from "@/lib/exchange/print.ts";
import { advertised, metadataEvidence } from "../advertised.ts";
import { checkJudged, failJudged, judgedAnswers } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule, notApplicable } from "../rule.ts";
import { quote } from "../words.ts";

export const authorizationEndpointNotFound = defineRule({
  id: "authorization-endpoint-not-found",
  title: "There is no authorization endpoint at the address that was asked",
  severity: "error",
  needs: ["request", "answer", "response", "metadata"],
  why: "The client learns the address of the authorization endpoint from the server metadata, or guesses /authorize when it found none. A guessed, outdated or mistyped address leads to a page that does not exist.",
  fix: [
    {
      by: "client",
      do: "Take authorization_endpoint from the server metadata, and fetch that again instead of keeping it.",
    },
    {
      by: "operator",
      do: "Publish server metadata whose authorization_endpoint answers GET requests, where clients look for it.",
    },
  ],
  references: [rfc(6749, "3.1"), rfc(8414, "2"), rfc(8414, "3")],
  supersedes: ["authorization-request-invalid", "unknown-client"],
  check({ request, metadata, ...answers }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const asked = printLocation(request.value.url);
    const endpoint = advertised({ metadata })?.authorization_endpoint;
    const isOther = endpoint !== undefined && endpoint.split("?", 1)[0] !== asked;
    const answer = judgedAnswers(answers).find(({ status }) => status === 404 || status === 405);
    if (isOther && answer && answer.judgement.causes.length > 0) {
      const where = "authorization_endpoint";
      return failJudged(answer, {
        isProven: true,
        summary: `The request went to ${quote(asked)}, which answered ${answer.status}; the server metadata gives ${quote(endpoint)}.`,
        evidence: [metadataEvidence({ metadata }, where, endpoint)],
      });
    }
    return checkJudged("authorization-endpoint-not-found", answers, (told) => ({
      summary: `The request went to ${quote(asked)}, and ${told.who} ${told.did}.`,
    }));
  },
});
