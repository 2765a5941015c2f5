import { nonceMissing } from "@/lib/diagnosis/rules/nonce-missing.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(nonceMissing, [
  {
    of: "an ID token asked for without nonce",
    trace: trace().authorizationRequest({ response_type: "code id_token" }).loginPage(),
    is: "fail",
    certainty: "proven",
    says: 'response_type "code id_token" and no nonce',
  },
  {
    of: "a nonce",
    trace: trace()
      .authorizationRequest({ response_type: "id_token", nonce: "n-0S6_WzA2MjQ8Yz1b2C3d4E5f6" })
      .loginPage(),
    is: "pass",
  },
  { of: "a code", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
