import { authorizationEndpointDiffers } from "@/lib/diagnosis/rules/authorization-endpoint-differs.ts";
import { server, trace } from "../../builders.ts";
import { serverDocument } from "../../discovery/web.ts";
import { describeRule } from "./table.ts";

const metadataUrl = `${server}/.well-known/oauth-authorization-server`;
const withEndpoint = (authorization_endpoint: string) => ({
  json: { ...serverDocument, issuer: server, authorization_endpoint },
});

describeRule(authorizationEndpointDiffers, [
  {
    of: "the advertised endpoint",
    trace: trace()
      .metadata(metadataUrl, withEndpoint(`${server}/authorize`))
      .authorizationRequest(),
    is: "pass",
  },
  {
    of: "a guessed path",
    trace: trace()
      .metadata(metadataUrl, withEndpoint(`${server}/oauth/authorize`))
      .authorizationRequest(),
    is: "fail",
    certainty: "proven",
    says: `went to ${server}/authorize, the metadata names ${server}/oauth/authorize`,
    shows: `${server}/oauth/authorize`,
  },
  {
    of: "a document that we only guessed to belong to it",
    trace: trace()
      .authorizationRequest()
      .metadata(metadataUrl, withEndpoint(`${server}/oauth/authorize`), "ladder/server-metadata/oauth-root"),
    is: "cannotTell",
  },
  {
    of: "the same, confirmed by iss of the response",
    trace: trace()
      .authorizationRequest()
      .respondsWith({ iss: server })
      .page({})
      .metadata(metadataUrl, withEndpoint(`${server}/oauth/authorize`), "ladder/server-metadata/oauth-root"),
    is: "fail",
    certainty: "proven",
  },
  { of: "no metadata", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
