import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule } from "../rule.ts";

export const refreshTokenInvalid = defineRule({
  id: "refresh-token-invalid",
  title: "The token endpoint does not accept the refresh token",
  severity: "error",
  needs: ["tokens"],
  why: "A refresh token ends when it expires, is revoked, or has been replaced: servers that rotate refresh tokens accept each one once and may revoke all of them when an old one comes back. Two processes that refresh at the same time do that to each other.",
  fix: [
    {
      by: "client",
      do: "Store the new refresh token before using it, refresh in one place at a time, and start a new authorization after invalid_grant.",
    },
    {
      by: "operator",
      do: "Allow a short grace period for rotated refresh tokens, and share their store between instances.",
    },
    { by: "user", do: "Sign in again from the client." },
  ],
  references: [rfc(6749, "5.2"), rfc(9700, "4.14.2")],
  supersedes: ["token-response-invalid"],
  check(facts) {
    return checkJudged("refresh-token-invalid", facts, (answer) => ({ summary: `${answer.who} ${answer.did}.` }));
  },
});
