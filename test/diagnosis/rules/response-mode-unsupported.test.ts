import { responseModeUnsupported } from "@/lib/diagnosis/rules/response-mode-unsupported.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = { status: 400, json: { error: "invalid_request", error_description: "Unsupported response_mode" } };
const wellKnown = "https://auth.example/.well-known/oauth-authorization-server";
const metadata = {
  json: {
    issuer: "https://auth.example",
    authorization_endpoint: "https://auth.example/authorize",
    token_endpoint: "https://auth.example/token",
    response_types_supported: ["code"],
    response_modes_supported: ["query", "fragment"],
  },
};

describeRule(responseModeUnsupported, [
  {
    of: "a mode that the metadata does not list",
    trace: trace().authorizationRequest({ response_mode: "form_post" }).page(refusal).metadata(wellKnown, metadata),
    is: "fail",
    certainty: "proven",
    says: 'response_mode "form_post", the server metadata lists query and fragment',
  },
  {
    of: "only the server's words",
    trace: trace().authorizationRequest({ response_mode: "form_post" }).page(refusal),
    is: "fail",
    certainty: "told",
  },
  { of: "a code", trace: trace().authorizationRequest().respondsWith().page({ text: "Welcome" }), is: "pass" },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
