import { advertised, findUnlisted } from "../advertised.ts";
import { checkJudged, failJudged, findJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule } from "../rule.ts";
import { findField, seenTokens } from "../tokens.ts";
import { list, quote } from "../words.ts";

export const clientAuthenticationFailed = defineRule({
  id: "client-authentication-failed",
  title: "The token endpoint does not accept how the client identifies itself",
  severity: "error",
  needs: ["tokens", "delivery", "metadata"],
  why: "invalid_client covers three things: an unknown client_id, a wrong secret or key, and a method of authentication that the server does not take from this client.",
  fix: [
    {
      by: "client",
      do: "Use the method that the registration response named in token_endpoint_auth_method; register again after invalid_client.",
    },
    {
      by: "operator",
      do: "Compare client ID, secret and authentication method of the client with what the server has registered; issue a new secret if it has expired.",
    },
  ],
  references: [rfc(6749, "5.2"), rfc(6749, "2.3"), rfc(7591, "2")],
  supersedes: ["callback-failed", "token-response-invalid"],
  check({ tokens, metadata, delivery }) {
    const told = findJudged(["client-authentication-failed", "unknown-client"], { tokens });
    const token = told && seenTokens(tokens).find(({ exchangeId }) => exchangeId === told.evidence.exchangeId);
    if (!told || !token) {
      return checkJudged("client-authentication-failed", { delivery, tokens }, (answer) => ({
        summary: `${answer.who} ${answer.did}.`,
      }));
    }
    const { authMethod } = token;
    const unlisted =
      authMethod &&
      findUnlisted({ metadata }, "token_endpoint_auth_methods_supported", (values) => values.includes(authMethod));
    const isListed =
      authMethod !== undefined &&
      advertised({ metadata })?.token_endpoint_auth_methods_supported?.includes(authMethod) === true;
    const who = findField(token, "client_id");
    return failJudged(told, {
      isProven: unlisted !== undefined,
      summary: `${told.who} ${told.did}. The client identified itself ${who ? `as ${quote(who.text)} ` : ""}with ${sayMethod(authMethod)}${unlisted ? `; the server metadata lists ${list(unlisted.values)}` : isListed ? ", which the server metadata lists, so it is not taken from this client, or the secret is wrong" : ""}.`,
      evidence: [
        {
          exchangeId: token.exchangeId,
          role: token.role,
          part: "request",
          where: "client authentication of the token request",
          says: authMethod ?? "not seen",
        },
        ...(unlisted ? [unlisted.evidence] : []),
      ],
    });
  },
});

const sayMethod = (method: string | undefined): string =>
  method === undefined ? "a method that was not seen" : method === "none" ? "its client_id alone" : method;
