import { pkceMissing } from "@/lib/diagnosis/rules/pkce-missing.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const without = { code_challenge: undefined, code_challenge_method: undefined };

describeRule(pkceMissing, [
  {
    of: "a code asked for without a challenge",
    trace: trace().authorizationRequest(without).respondsWith().page({ text: "Welcome" }),
    is: "fail",
    certainty: "proven",
    says: "asks auth.example for a code and has no code_challenge",
    shows: "absent; the request has",
  },
  { of: "a challenge", trace: trace().authorizationRequest().respondsWith().page({ text: "Welcome" }), is: "pass" },
  {
    of: "a pushed request",
    trace: trace()
      .authorizationRequest({
        ...without,
        request_uri: "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c",
      })
      .loginPage(),
    is: "notApplicable",
  },
  {
    of: "an implicit request",
    trace: trace()
      .authorizationRequest({ ...without, response_type: "token" })
      .loginPage(),
    is: "notApplicable",
  },
]);
