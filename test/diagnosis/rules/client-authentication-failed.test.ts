import { clientAuthenticationFailed } from "@/lib/diagnosis/rules/client-authentication-failed.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = { status: 401, json: { error: "invalid_client", error_description: "Client authentication failed" } };
const responded = () => trace().authorizationRequest().respondsWith().page({ text: "Welcome" });
const wellKnown = "https://auth.example/.well-known/oauth-authorization-server";
const metadata = {
  json: {
    issuer: "https://auth.example",
    authorization_endpoint: "https://auth.example/authorize",
    token_endpoint: "https://auth.example/token",
    response_types_supported: ["code"],
    token_endpoint_auth_methods_supported: ["client_secret_basic"],
  },
};

describeRule(clientAuthenticationFailed, [
  {
    of: "a method that the metadata does not list",
    trace: responded()
      .tokenRequest({ client_secret: "7Fjfp0ZBr1KtDRbnfVdmIw-7hJq2mP9t" }, refusal)
      .metadata(wellKnown, metadata),
    is: "fail",
    certainty: "proven",
    says: "with client_secret_post; the server metadata lists client_secret_basic",
  },
  {
    of: "a public client",
    trace: responded().tokenRequest({}, refusal),
    is: "fail",
    certainty: "told",
    says: 'as "s6BhdRkqt3" with its client_id alone',
  },
  {
    of: "another refusal",
    trace: responded().tokenRequest({}, { status: 400, json: { error: "unsupported_grant_type" } }),
    is: "pass",
  },
  { of: "no token request", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
