import { rfc } from "../references.ts";
import { findSent, parameterEvidence } from "../requested.ts";
import { defineRule, fail, notApplicable, pass } from "../rule.ts";

export const implicitFlow = defineRule({
  id: "implicit-flow",
  title: "The request asks for an access token in the URL",
  severity: "warning",
  needs: ["request"],
  why: "With response_type token the access token travels through the browser's address bar, history and scripts, and nothing ties it to the client. RFC 9700 advises against it and OAuth 2.1 removes it.",
  fix: [
    { by: "client", do: "Use response_type=code with PKCE; token endpoints answer pages too when CORS is allowed." },
    { by: "operator", do: "Switch the implicit grant off for this client once it has changed." },
  ],
  references: [rfc(9700, "2.1.2"), rfc(6749, "10.16")],
  check({ request }) {
    if (request.status !== "observed") return notApplicable("no authorization request was seen");
    const type = findSent(request.value, "response_type")?.text;
    if (type === undefined) return notApplicable("the request has no response_type");
    if (!type.split(" ").includes("token")) return pass();
    return fail({
      certainty: "proven",
      summary: `The request to ${request.value.url.host} has response_type "${type}".`,
      evidence: [{ ...parameterEvidence(request.value, "response_type"), isPrimary: true }],
    });
  },
});
