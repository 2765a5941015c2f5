import { requestObjectInvalid } from "@/lib/diagnosis/rules/request-object-invalid.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(requestObjectInvalid, [
  {
    of: "an invalid_request_object",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_request_object" } }),
    is: "fail",
    certainty: "told",
    says: "auth.example answered 400 with error=invalid_request_object.",
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
