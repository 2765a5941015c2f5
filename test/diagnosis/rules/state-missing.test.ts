import { stateMissing } from "@/lib/diagnosis/rules/state-missing.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const without = { state: undefined, code_challenge: undefined, code_challenge_method: undefined };

describeRule(stateMissing, [
  {
    of: "neither state nor PKCE nor nonce",
    trace: trace().authorizationRequest(without).loginPage(),
    is: "fail",
    certainty: "proven",
    says: "neither state nor code_challenge nor nonce",
  },
  {
    of: "PKCE alone, which does the same",
    trace: trace().authorizationRequest({ state: undefined }).loginPage(),
    is: "pass",
  },
  {
    of: "a request object, which hides the parameters",
    trace: trace()
      .authorizationRequest({ ...without, request_uri: "https://app.example/request.jwt" })
      .loginPage(),
    is: "notApplicable",
  },
]);
