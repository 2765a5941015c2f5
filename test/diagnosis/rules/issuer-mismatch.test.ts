import { issuerMismatch } from "@/lib/diagnosis/rules/issuer-mismatch.ts";
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

describeRule(issuerMismatch, [
  {
    of: "a slash more than the metadata has",
    trace: response("https://auth.example/").metadata(wellKnown, metadata),
    is: "fail",
    certainty: "proven",
    says: 'The response says iss "https://auth.example/", the server metadata says issuer "https://auth.example": different trailing slash.',
    shows: "https://auth.example/ https://auth.example",
  },
  { of: "the same issuer", trace: response("https://auth.example").metadata(wellKnown, metadata), is: "pass" },
  { of: "no iss", trace: response().metadata(wellKnown, metadata), is: "notApplicable" },
  { of: "no metadata", trace: response("https://auth.example"), is: "notApplicable" },
]);
