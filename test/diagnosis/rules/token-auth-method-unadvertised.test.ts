import { tokenAuthMethodUnadvertised } from "@/lib/diagnosis/rules/token-auth-method-unadvertised.ts";
import { clientId, redirectUri, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const wellKnown = "https://auth.example/.well-known/oauth-authorization-server";
const metadata = {
  json: {
    issuer: "https://auth.example",
    authorization_endpoint: "https://auth.example/authorize",
    token_endpoint: "https://auth.example/token",
    response_types_supported: ["code"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  },
};
const registered = (method?: string) =>
  trace()
    .registration(
      {},
      { status: 201, json: { client_id: clientId, redirect_uris: [redirectUri], token_endpoint_auth_method: method } },
    )
    .authorizationRequest()
    .loginPage();

describeRule(tokenAuthMethodUnadvertised, [
  {
    of: "none, which the metadata does not list",
    trace: registered("none").metadata(wellKnown, metadata),
    is: "fail",
    certainty: "proven",
    says: "token_endpoint_auth_method none, the server metadata lists client_secret_basic and client_secret_post",
  },
  {
    of: "a method that the metadata lists",
    trace: registered("client_secret_post").metadata(wellKnown, metadata),
    is: "pass",
  },
  { of: "a response that names none", trace: registered().metadata(wellKnown, metadata), is: "notApplicable" },
  { of: "no registration", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
