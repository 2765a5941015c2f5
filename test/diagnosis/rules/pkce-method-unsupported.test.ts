import { pkceMethodUnsupported } from "@/lib/diagnosis/rules/pkce-method-unsupported.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = {
  status: 400,
  json: { error: "invalid_request", error_description: "code_challenge_method is not supported" },
};
const wellKnown = "https://auth.example/.well-known/oauth-authorization-server";
const metadata = {
  json: {
    issuer: "https://auth.example",
    authorization_endpoint: "https://auth.example/authorize",
    token_endpoint: "https://auth.example/token",
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
  },
};

describeRule(pkceMethodUnsupported, [
  {
    of: "plain, where the metadata lists S256",
    trace: trace().authorizationRequest({ code_challenge_method: "plain" }).page(refusal).metadata(wellKnown, metadata),
    is: "fail",
    certainty: "proven",
    says: 'The request has code_challenge_method "plain", the server metadata lists S256',
  },
  {
    of: "no method, which means plain",
    trace: trace().authorizationRequest({ code_challenge_method: undefined }).page(refusal),
    is: "fail",
    certainty: "told",
    says: "no code_challenge_method, which means plain",
  },
  {
    of: "another refusal",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } })
      .metadata(wellKnown, metadata),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
