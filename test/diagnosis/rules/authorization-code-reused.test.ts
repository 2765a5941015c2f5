import { authorizationCodeReused } from "@/lib/diagnosis/rules/authorization-code-reused.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const tokens = { json: { access_token: "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t", token_type: "Bearer" } };
const invalid = { status: 400, json: { error: "invalid_grant" } };
const responded = () => trace().authorizationRequest().respondsWith().page({ text: "Welcome" });

describeRule(authorizationCodeReused, [
  {
    of: "one code sent twice",
    trace: responded().tokenRequest({}, tokens).tokenRequest({}, invalid),
    is: "fail",
    certainty: "proven",
    says: "the answers were 200 and 400",
  },
  { of: "one code sent once", trace: responded().tokenRequest({}, tokens), is: "pass" },
  { of: "no token request", trace: responded(), is: "notApplicable" },
]);
