import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import { checkJudged, failJudged, findJudged, type JudgedAnswer, judgedAnswers } from "../answers.ts";
import { leftOn } from "../general.ts";
import { rfc } from "../references.ts";
import { defineRule, type Evidence } from "../rule.ts";
import { isRefused, seenTokens } from "../tokens.ts";
import { list, meaningOf } from "../words.ts";

export const authorizationRequestInvalid = defineRule({
  id: "authorization-request-invalid",
  title: "The authorization server finds the request invalid",
  severity: "error",
  needs: ["request", "answer", "response", "tokens"],
  why: "A parameter is missing, repeated, malformed or not allowed together with another. invalid_request covers all of these; only the description, when there is one, says which.",
  fix: [
    {
      by: "client",
      do: "Compare the parameters of this request with those the server's documentation asks for; correct the one that the description names.",
    },
    { by: "operator", do: "Look into the authorization server's log at this time: it usually names the parameter." },
  ],
  references: [rfc(6749, "4.1.2.1"), rfc(6749, "3.1")],
  check({ request, tokens, ...answers }) {
    const refusal = findJudged(leftOn("token", "authorization-request-invalid"), { tokens }) ?? findUnexplained(tokens);
    if (refusal) return failJudged(refusal, { summary: `${refusal.who} ${refusal.did}.` });
    return checkJudged(leftOn("authorization", "authorization-request-invalid"), answers, (answer) => {
      const sent = request.status === "observed" ? request.value : undefined;
      const repeated = sent?.duplicates ?? [];
      const meaning = answer.error && meaningOf(answer.error.error);
      const evidence: Evidence[] =
        sent && repeated.length > 0
          ? [
              {
                exchangeId: sent.exchangeId,
                role: sent.role,
                part: "request",
                where: "parameters sent more than once",
                says: list(repeated),
                against: { where: "RFC 6749 §3.1", says: "parameters must not be included more than once" },
              },
            ]
          : [];
      return {
        isProven: repeated.length > 0,
        summary: `${answer.who} ${answer.did}${meaning === undefined ? "" : `: ${meaning}`}.${repeated.length > 0 ? ` The request has ${list(repeated)} more than once.` : ""}`,
        evidence,
      };
    });
  },
});

/** Answers that tell the client to ask again (RFC 8628 §3.5, RFC 9449 §8): no refusal. */
const again: ReadonlySet<string> = new Set(["authorization_pending", "slow_down", "use_dpop_nonce"]);

/** A token endpoint that refused to the end, in a way that nothing could be made of. */
function findUnexplained(tokens: FlowFacts["tokens"]): JudgedAnswer | undefined {
  const requests = seenTokens(tokens);
  const last = requests.at(-1);
  if (!last || !isRefused(last) || requests.some(({ hasAccessToken }) => hasAccessToken)) return undefined;
  if (last.judgement.causes.length > 0 || (last.error && again.has(last.error.error))) return undefined;
  return judgedAnswers({ tokens }).find(({ evidence }) => evidence.exchangeId === last.exchangeId);
}
