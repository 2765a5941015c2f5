import type { TokenFacts } from "@/lib/facts/flow-facts.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";
import { seenTokens } from "../tokens.ts";
import { list, sayError } from "../words.ts";

const unreadable: Readonly<Record<string, string>> = {
  html: "an HTML page",
  empty: "nothing",
  "not-json": "something that is not JSON",
  "not-an-object": "JSON that is not an object",
  "too-large": "more than any token answer holds",
};

export const tokenResponseInvalid = defineRule({
  id: "token-response-invalid",
  title: "The answer of the token endpoint is not a token response",
  severity: "error",
  needs: ["tokens"],
  why: "A token endpoint answers 200 with a JSON object that has access_token, and errors with 400 or 401. Clients that get an HTML page, an empty body or an error with status 200 fail to parse it, and report something else.",
  fix: [
    {
      by: "authorization server",
      do: "Answer with application/json: access_token and token_type on success, error with status 400 or 401 otherwise.",
    },
    {
      by: "operator",
      do: "Look for a gateway, login wall or catch-all page that answers in place of the token endpoint.",
    },
  ],
  references: [rfc(6749, "5.1"), rfc(6749, "5.2")],
  check({ tokens }) {
    if (tokens.status !== "observed") return notApplicable(tokens.status === "missing" ? tokens.looked : tokens.why);
    for (const token of seenTokens(tokens)) {
      const problem = problemOf(token);
      if (problem === undefined) continue;
      const { exchangeId, role, status } = token;
      return fail({
        certainty: "proven",
        summary: `The token endpoint answered ${status} with ${problem}.`,
        evidence: [
          {
            exchangeId,
            role,
            part: "response",
            where: "answer of the token endpoint",
            says: `${status}, ${problem}`,
            against: { where: "RFC 6749 §5.1", says: "200, a JSON object with access_token" },
            isPrimary: true,
          },
        ],
      });
    }
    return pass();
  },
});

/** What makes a success no token response; a body that was not captured is no evidence. */
function problemOf({ status, error, problem, response, hasAccessToken }: TokenFacts): string | undefined {
  if (status === undefined || status >= 300) return undefined;
  if (error) return `an error: ${sayError(error)}`;
  if (problem !== undefined) return Object.hasOwn(unreadable, problem) ? unreadable[problem] : undefined;
  if (hasAccessToken !== false || !response) return undefined;
  // RFC 8693, CIBA and others name their token differently, but every one of them is a token.
  if (response.some(({ name }) => name.endsWith("_token"))) return undefined;
  return response.length === 0
    ? "a JSON object without members"
    : `no access_token, only ${list(response.map(({ name }) => name))}`;
}
