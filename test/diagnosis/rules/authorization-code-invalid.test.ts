import { authorizationCodeInvalid } from "@/lib/diagnosis/rules/authorization-code-invalid.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const responded = () => trace().authorizationRequest().respondsWith().page({ text: "Welcome" });

describeRule(authorizationCodeInvalid, [
  {
    of: "an invalid_grant long after the response",
    trace: responded()
      .wait(900_000)
      .tokenRequest({}, { status: 400, json: { error: "invalid_grant", error_description: "Code has expired" } }),
    is: "fail",
    certainty: "told",
    says: "15 min after the code was sent to the client",
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
