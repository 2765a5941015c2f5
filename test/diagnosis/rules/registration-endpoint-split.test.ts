import { registrationEndpointSplit } from "@/lib/diagnosis/rules/registration-endpoint-split.ts";
import { clientId, server, trace } from "../../builders.ts";
import { serverDocument } from "../../discovery/web.ts";
import { describeRule } from "./table.ts";

const metadataUrl = `${server}/.well-known/oauth-authorization-server`;
const document = { ...serverDocument, issuer: server, authorization_endpoint: `${server}/authorize` };
const split = { json: { ...document, registration_endpoint: "https://gateway.example/register" } };
const unknown = {
  status: 400,
  json: { error: "invalid_request", error_description: `Client ID '${clientId}' not found` },
};

describeRule(registrationEndpointSplit, [
  {
    of: "an unknown client that registered on another host",
    trace: trace().metadata(metadataUrl, split).authorizationRequest().page(unknown),
    is: "fail",
    certainty: "possible",
    says: "https://gateway.example/register",
    shows: `${server}/authorize`,
  },
  {
    of: "another host and a client that is known",
    trace: trace().metadata(metadataUrl, split).authorizationRequest().loginPage(),
    is: "pass",
  },
  {
    of: "an unknown client and one host",
    trace: trace()
      .metadata(metadataUrl, { json: { ...document, registration_endpoint: `${server}/register` } })
      .authorizationRequest()
      .page(unknown),
    is: "pass",
  },
  { of: "no metadata", trace: trace().authorizationRequest().page(unknown), is: "notApplicable" },
]);
