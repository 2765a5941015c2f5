import { issuerParameterMissing } from "@/lib/diagnosis/rules/issuer-parameter-missing.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const wellKnown = "https://auth.example/.well-known/oauth-authorization-server";
const metadata = {
  json: {
    issuer: "https://auth.example",
    authorization_endpoint: "https://auth.example/authorize",
    token_endpoint: "https://auth.example/token",
    response_types_supported: ["code"],
    authorization_response_iss_parameter_supported: true,
  },
};
const response = (iss?: string) => trace().authorizationRequest().respondsWith({ iss }).page({ text: "Welcome" });

describeRule(issuerParameterMissing, [
  {
    of: "a response without iss",
    trace: response().metadata(wellKnown, metadata),
    is: "fail",
    certainty: "proven",
    says: "this one has only code and state",
  },
  { of: "a response with iss", trace: response("https://auth.example").metadata(wellKnown, metadata), is: "pass" },
  { of: "a server that announces nothing", trace: response(), is: "notApplicable" },
]);
