import { tokenResponseInvalid } from "@/lib/diagnosis/rules/token-response-invalid.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const responded = () => trace().authorizationRequest().respondsWith().page({ text: "Welcome" });

describeRule(tokenResponseInvalid, [
  {
    of: "an HTML page",
    trace: responded().tokenRequest({}, { html: "<!doctype html><title>Sign in</title>" }),
    is: "fail",
    certainty: "proven",
    says: "The token endpoint answered 200 with an HTML page.",
  },
  {
    of: "an error with status 200",
    trace: responded().tokenRequest({}, { json: { error: "bad_verification_code" } }),
    is: "fail",
    certainty: "proven",
    says: "an error: error=bad_verification_code",
  },
  {
    of: "no access_token",
    trace: responded().tokenRequest({}, { json: { token_type: "Bearer", expires_in: 3600 } }),
    is: "fail",
    certainty: "proven",
    says: "no access_token, only token_type and expires_in",
  },
  {
    of: "a token",
    trace: responded().tokenRequest(
      {},
      { json: { access_token: "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t", token_type: "Bearer" } },
    ),
    is: "pass",
  },
  {
    of: "an error with its status",
    trace: responded().tokenRequest({}, { status: 400, json: { error: "invalid_grant" } }),
    is: "pass",
  },
  { of: "no token request", trace: responded(), is: "notApplicable" },
]);
