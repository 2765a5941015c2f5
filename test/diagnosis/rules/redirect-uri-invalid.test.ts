import { redirectUriInvalid } from "@/lib/diagnosis/rules/redirect-uri-invalid.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = { status: 400, json: { error: "invalid_request", error_description: "Invalid redirect_uri" } };

describeRule(redirectUriInvalid, [
  {
    of: "a relative reference",
    trace: trace().authorizationRequest({ redirect_uri: "/callback" }).page(refusal),
    is: "fail",
    certainty: "proven",
    says: "it is not an absolute URI: it has no scheme",
  },
  {
    of: "a fragment",
    trace: trace().authorizationRequest({ redirect_uri: "https://app.example/#/callback" }).page(refusal),
    is: "fail",
    certainty: "proven",
    says: "it has a fragment",
  },
  {
    of: "a well-formed https URI, which is rather not registered",
    trace: trace().authorizationRequest().page(refusal),
    is: "pass",
  },
  {
    of: "a fragment that the server let through",
    trace: trace().authorizationRequest({ redirect_uri: "https://app.example/#/callback" }).loginPage(),
    is: "notApplicable",
  },
]);
