import { stateWeak } from "@/lib/diagnosis/rules/state-weak.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const without = { code_challenge: undefined, code_challenge_method: undefined };

describeRule(stateWeak, [
  {
    of: "six digits",
    trace: trace()
      .authorizationRequest({ ...without, state: "481516" })
      .loginPage(),
    is: "fail",
    certainty: "likely",
    says: "state has 6 characters",
  },
  { of: "32 characters of base64url", trace: trace().authorizationRequest(without).loginPage(), is: "pass" },
  {
    of: "a UUID",
    trace: trace()
      .authorizationRequest({ ...without, state: "3f2504e0-4f89-41d3-9a0c-0305e82c3301" })
      .loginPage(),
    is: "pass",
  },
  {
    of: "PKCE, which ties the response by itself",
    trace: trace().authorizationRequest({ state: "481516" }).loginPage(),
    is: "notApplicable",
  },
]);
