import { policyDenied } from "@/lib/diagnosis/rules/policy-denied.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(policyDenied, [
  {
    of: "a description that names a policy",
    trace: trace()
      .authorizationRequest()
      .respondsWith({
        code: undefined,
        error: "access_denied",
        error_description: "Policy evaluation failed for this request, please check the policy configurations.",
      })
      .page({ text: "Sorry" }),
    is: "fail",
    certainty: "told",
    says: "Policy evaluation failed",
  },
  { of: "a code", trace: trace().authorizationRequest().respondsWith().page({ text: "Welcome" }), is: "pass" },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
