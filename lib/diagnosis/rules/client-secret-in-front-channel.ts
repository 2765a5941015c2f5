import { originOf } from "@/lib/exchange/print.ts";
import { rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";
import { seenTokens } from "../tokens.ts";

export const clientSecretInFrontChannel = defineRule({
  id: "client-secret-in-front-channel",
  title: "A client secret passes through the browser",
  severity: "warning",
  needs: ["request", "tokens", "legs"],
  why: "A secret that a browser holds is no secret: everybody who uses the page, and every script on it, can read it and act as the client. It must never stand in a URL either.",
  fix: [
    { by: "client", do: "Register as a public client and use PKCE, or redeem the code on a server." },
    { by: "operator", do: "Replace the secret: it has to be taken as known." },
  ],
  references: [rfc(6749, "2.3.1"), rfc(6749, "10.1"), rfc(9700, "2.5")],
  check({ request, tokens, legs }) {
    if (request.status === "observed" && findSent(request.value, "client_secret")) {
      return fail({
        certainty: "proven",
        summary: `The authorization request to ${request.value.url.host} has client_secret among its parameters.`,
        evidence: [{ ...parameterEvidence(request.value, "client_secret"), isPrimary: true }],
      });
    }
    for (const token of seenTokens(tokens)) {
      const { authMethod, exchangeId, role, url } = token;
      if (authMethod !== "client_secret_basic" && authMethod !== "client_secret_post") continue;
      const initiator = legs.find((leg) => leg.exchangeId === exchangeId)?.initiator;
      // From the server's own origin it may be a gateway of the same party, which adds the secret itself.
      if (initiator === undefined || !url || initiator === originOf(url)) continue;
      return fail({
        certainty: "likely",
        summary: `The page at ${initiator} sent a client secret (${authMethod}) to ${url.host}.`,
        evidence: [
          {
            exchangeId,
            role,
            part: "request",
            where: "client authentication of the token request",
            says: authMethod,
            isPrimary: true,
          },
        ],
      });
    }
    return request.status === "observed" || tokens.status === "observed"
      ? pass()
      : notApplicable("neither an authorization nor a token request was seen");
  },
});
