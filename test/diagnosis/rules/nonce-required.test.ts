import { nonceRequired } from "@/lib/diagnosis/rules/nonce-required.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = {
  status: 400,
  json: { error: "invalid_request", error_description: "Missing required parameter: nonce" },
};

describeRule(nonceRequired, [
  {
    of: "a request without nonce",
    trace: trace().authorizationRequest({ response_type: "id_token" }).page(refusal),
    is: "fail",
    certainty: "proven",
    says: "has no nonce, and auth.example answered 400",
  },
  {
    of: "another refusal",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
