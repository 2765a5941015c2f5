import { pkcePlain } from "@/lib/diagnosis/rules/pkce-plain.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(pkcePlain, [
  {
    of: "plain",
    trace: trace().authorizationRequest({ code_challenge_method: "plain" }).loginPage(),
    is: "fail",
    certainty: "proven",
    says: "code_challenge_method plain",
  },
  {
    of: "no method, which means plain",
    trace: trace().authorizationRequest({ code_challenge_method: undefined }).loginPage(),
    is: "fail",
    certainty: "proven",
    says: "which means plain",
  },
  { of: "S256", trace: trace().authorizationRequest().loginPage(), is: "pass" },
  {
    of: "no challenge",
    trace: trace().authorizationRequest({ code_challenge: undefined }).loginPage(),
    is: "notApplicable",
  },
]);
