import { findUnlisted } from "../advertised.ts";
import { rfc } from "../references.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";
import { isRefused, seenTokens } from "../tokens.ts";
import { list } from "../words.ts";

export const tokenAuthMethodUnadvertised = defineRule({
  id: "token-auth-method-unadvertised",
  title: "The server registered the client for an authentication method that its metadata does not list",
  severity: "error",
  needs: ["registration", "metadata", "tokens"],
  why: "The client reads from the metadata how it may identify itself at the token endpoint. When the registration answers with another method, clients that choose from the list fail after the person has already consented.",
  fix: [
    {
      by: "authorization server",
      do: "List every method it gives to clients in token_endpoint_auth_methods_supported, none for public clients included.",
    },
    { by: "client", do: "Register with a method that the metadata lists." },
  ],
  references: [rfc(8414, "2"), rfc(7591, "2"), rfc(7591, "3.2.1")],
  check({ registration, metadata, tokens }) {
    if (registration.status !== "observed") return notApplicable("no registration was seen");
    const given = registration.value.response.find(({ name }) => name === "token_endpoint_auth_method")?.text;
    if (given === undefined) return notApplicable("the registration response names no method");
    const unlisted = findUnlisted({ metadata }, "token_endpoint_auth_methods_supported", (values) =>
      values.includes(given),
    );
    if (!unlisted) return pass();
    const { exchangeId, role } = registration.value;
    const isHarmful = seenTokens(tokens).some(isRefused);
    return fail({
      certainty: "proven",
      // Until a token request fails, a client that follows the registration response gets through.
      ...(!isHarmful && { severity: "warning" as const }),
      summary: `The registration response says token_endpoint_auth_method ${given}, the server metadata lists ${list(unlisted.values)}.`,
      evidence: [
        {
          exchangeId,
          role,
          part: "response",
          where: "token_endpoint_auth_method of the registration response",
          says: given,
          against: { where: unlisted.evidence.where, says: unlisted.evidence.says },
          isPrimary: true,
        },
        unlisted.evidence,
      ],
    });
  },
});
