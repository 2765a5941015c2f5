import { grantTypeNotAllowed } from "@/lib/diagnosis/rules/grant-type-not-allowed.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const responded = () => trace().authorizationRequest().respondsWith().page({ text: "Welcome" });

describeRule(grantTypeNotAllowed, [
  {
    of: "an unsupported_grant_type",
    trace: responded().tokenRequest({}, { status: 400, json: { error: "unsupported_grant_type" } }),
    is: "fail",
    certainty: "told",
    says: "The token endpoint answered 400 with error=unsupported_grant_type.",
  },
  {
    of: "a token",
    trace: responded().tokenRequest(
      {},
      { json: { access_token: "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t", token_type: "Bearer" } },
    ),
    is: "pass",
  },
  { of: "no token request", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
