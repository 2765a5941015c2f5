import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule } from "../rule.ts";
import { redemptions } from "../tokens.ts";
import { sayDuration } from "../words.ts";

export const authorizationCodeInvalid = defineRule({
  id: "authorization-code-invalid",
  title: "The token endpoint does not accept the authorization code",
  severity: "error",
  needs: ["response", "tokens", "delivery"],
  why: "A code is valid once, for a short time, for the client, redirect URI and PKCE challenge it was issued for. invalid_grant does not say which of these failed; a code that another instance issued and did not share looks the same.",
  fix: [
    {
      by: "client",
      do: "Redeem the code at once and only once, with the client_id and redirect_uri of the request and its own code_verifier.",
    },
    {
      by: "operator",
      do: "Look into the authorization server's log for the reason; with several instances, share the store of codes and its key.",
    },
    { by: "user", do: "Start again from the client." },
  ],
  references: [rfc(6749, "5.2"), rfc(6749, "4.1.3")],
  supersedes: ["callback-failed", "token-response-invalid"],
  check({ response, ...answers }) {
    return checkJudged("authorization-code-invalid", answers, (answer) => {
      const token = redemptions(answers.tokens).find(({ exchangeId }) => exchangeId === answer.evidence.exchangeId);
      const age = token && response.status === "observed" ? sayDuration(token.at - response.value.at) : undefined;
      return {
        summary: `${answer.who} ${answer.did}${age === undefined ? "" : `, ${age} after the code was sent to the client`}.`,
      };
    });
  },
});
