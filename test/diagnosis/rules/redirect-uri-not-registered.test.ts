import { redirectUriNotRegistered } from "@/lib/diagnosis/rules/redirect-uri-not-registered.ts";
import { clientId, redirectUri, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = {
  status: 400,
  json: { error: "invalid_redirect_uri", error_description: "redirect_uri is not registered for this client" },
};
const registered = (redirectUris: readonly string[]) => ({
  status: 201,
  json: { client_id: clientId, redirect_uris: redirectUris },
});

describeRule(redirectUriNotRegistered, [
  {
    of: "words about the redirect URI",
    trace: trace().authorizationRequest().page(refusal),
    is: "fail",
    certainty: "told",
    says: `auth.example refused redirect_uri "${redirectUri}"`,
  },
  {
    of: "a registration response that lists another path",
    trace: trace()
      .registration(
        { redirect_uris: ["https://app.example/cb"] },
        registered(["https://app.example/cb", "https://other.example/"]),
      )
      .authorizationRequest()
      .page(refusal),
    is: "fail",
    certainty: "proven",
    says: 'it lists "https://app.example/cb" and 1 more, which differs in path ("/callback" instead of "/cb").',
    shows: "https://app.example/callback https://app.example/cb",
  },
  {
    of: "a client ID metadata document that lists another scheme, refused in general words",
    trace: trace()
      .authorizationRequest({ client_id: "https://app.example/client.json" })
      .page({ status: 400, json: { error: "invalid_request" } })
      .metadata(
        "https://app.example/client.json",
        { json: { client_id: "https://app.example/client.json", redirect_uris: ["http://app.example/callback"] } },
        "ladder/client-metadata/document",
      ),
    is: "fail",
    certainty: "proven",
    says: 'differs in scheme ("https" instead of "http")',
  },
  {
    of: "a registration response that lists this very URI",
    trace: trace()
      .registration({}, registered([redirectUri]))
      .authorizationRequest()
      .page(refusal),
    is: "fail",
    certainty: "told",
    says: "lists this very URI",
  },
  {
    of: "another loopback port, which must be free, refused for another reason",
    trace: trace()
      .registration({ redirect_uris: ["http://127.0.0.1/cb"] }, registered(["http://127.0.0.1/cb"]))
      .authorizationRequest({ redirect_uri: "http://127.0.0.1:51004/cb" })
      .page({ status: 400, json: { error: "invalid_request" } }),
    is: "pass",
  },
  {
    of: "a request without redirect_uri",
    trace: trace().authorizationRequest({ redirect_uri: undefined }).page(refusal),
    is: "notApplicable",
    says: "the request has no redirect_uri",
  },
]);
