import { responseTypeUnsupported } from "@/lib/diagnosis/rules/response-type-unsupported.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = { code: undefined, error: "unsupported_response_type" };
const wellKnown = "https://auth.example/.well-known/oauth-authorization-server";
const metadata = (types: readonly string[]) => ({
  json: {
    issuer: "https://auth.example",
    authorization_endpoint: "https://auth.example/authorize",
    token_endpoint: "https://auth.example/token",
    response_types_supported: types,
  },
});
const refused = () =>
  trace().authorizationRequest({ response_type: "code id_token" }).respondsWith(refusal).page({ text: "Sorry" });

describeRule(responseTypeUnsupported, [
  {
    of: "a type that the metadata does not list",
    trace: refused().metadata(wellKnown, metadata(["code"])),
    is: "fail",
    certainty: "proven",
    says: 'response_type "code id_token", the server metadata lists code, and',
  },
  {
    of: "a type that the metadata lists in another order",
    trace: refused().metadata(wellKnown, metadata(["id_token code"])),
    is: "fail",
    certainty: "told",
  },
  {
    of: "no response_type",
    trace: trace()
      .authorizationRequest({ response_type: undefined })
      .page({ status: 400, json: { error: "invalid_request" } }),
    is: "fail",
    certainty: "proven",
    says: "The request has no response_type",
  },
  { of: "a code", trace: trace().authorizationRequest().respondsWith().page({ text: "Welcome" }), is: "pass" },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
