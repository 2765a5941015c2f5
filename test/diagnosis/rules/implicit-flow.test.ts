import { implicitFlow } from "@/lib/diagnosis/rules/implicit-flow.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(implicitFlow, [
  {
    of: "response_type token",
    trace: trace().authorizationRequest({ response_type: "id_token token" }).loginPage(),
    is: "fail",
    certainty: "proven",
    says: 'has response_type "id_token token"',
  },
  { of: "response_type code", trace: trace().authorizationRequest().loginPage(), is: "pass" },
  {
    of: "no response_type",
    trace: trace().authorizationRequest({ response_type: undefined }).loginPage(),
    is: "notApplicable",
  },
]);
