import { checkJudged } from "../answers.ts";
import { rfc } from "../references.ts";
import { defineRule } from "../rule.ts";

export const requestObjectInvalid = defineRule({
  id: "request-object-invalid",
  title: "The authorization server rejects the request object",
  severity: "error",
  needs: ["answer", "response"],
  why: "The parameters travel in a signed JWT, by value in request or by reference in request_uri. The server refuses it when the signature, the audience, the lifetime or the client in it is wrong, or when it does not support request objects at all.",
  fix: [
    {
      by: "client",
      do: "Sign the request object with a key that is registered for the client, with aud set to the issuer, client_id the same inside and outside, and a short lifetime; or send plain parameters where the server does not support it.",
    },
    { by: "operator", do: "Check the keys registered for the client and whether request objects are switched on." },
  ],
  references: [rfc(9101, "5"), rfc(9101, "6.3")],
  supersedes: ["authorization-request-invalid"],
  check(facts) {
    return checkJudged("request-object-invalid", facts, (answer) => ({ summary: `${answer.who} ${answer.did}.` }));
  },
});
