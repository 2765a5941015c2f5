import { stateRequired } from "@/lib/diagnosis/rules/state-required.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = {
  status: 400,
  json: { error: "invalid_request", error_description: "Missing required parameter: state" },
};

describeRule(stateRequired, [
  {
    of: "a request without state",
    trace: trace().authorizationRequest({ state: undefined }).page(refusal),
    is: "fail",
    certainty: "proven",
    says: "has no state, and auth.example answered 400",
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
