import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule } from "../rule.ts";

export const grantTypeNotAllowed = defineRule({
  id: "grant-type-not-allowed",
  title: "The token endpoint does not allow this grant type for this client",
  severity: "error",
  needs: ["tokens", "delivery"],
  why: "A client is registered for certain grant types. A server answers unsupported_grant_type for one it does not know and unauthorized_client for one that this client may not use.",
  fix: [
    {
      by: "operator",
      do: "Allow the grant type (authorization_code, and refresh_token for refreshing) in the client's settings.",
    },
    { by: "client", do: "Name the grant types it uses in grant_types when it registers." },
  ],
  references: [rfc(6749, "5.2"), rfc(7591, "2")],
  supersedes: ["callback-failed", "token-response-invalid"],
  check(facts) {
    return checkJudged("grant-type-not-allowed", facts, (answer) => ({ summary: `${answer.who} ${answer.did}.` }));
  },
});
