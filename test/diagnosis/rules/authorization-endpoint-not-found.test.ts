import { authorizationEndpointNotFound } from "@/lib/diagnosis/rules/authorization-endpoint-not-found.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const wellKnown = "https://auth.example/.well-known/oauth-authorization-server";
const metadata = (endpoint: string) => ({
  json: {
    issuer: "https://auth.example",
    authorization_endpoint: endpoint,
    token_endpoint: "https://auth.example/token",
    response_types_supported: ["code"],
  },
});
const notFound = { status: 404, text: "Not Found" };

describeRule(authorizationEndpointNotFound, [
  {
    of: "another endpoint than the metadata gives",
    trace: trace()
      .authorizationRequest()
      .page(notFound)
      .metadata(wellKnown, metadata("https://auth.example/oauth2/authorize")),
    is: "fail",
    certainty: "proven",
    says: 'answered 404; the server metadata gives "https://auth.example/oauth2/authorize"',
  },
  {
    of: "a 404 at the endpoint of the metadata",
    trace: trace()
      .authorizationRequest()
      .page(notFound)
      .metadata(wellKnown, metadata("https://auth.example/authorize")),
    is: "fail",
    certainty: "told",
  },
  {
    of: "a 400",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
