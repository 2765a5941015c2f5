import { registrationRedirectUriRejected } from "@/lib/diagnosis/rules/registration-redirect-uri-rejected.ts";
import { clientId, redirectUri, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const rejected = (redirectUris: readonly string[], description: string) =>
  trace()
    .authorizationRequest()
    .loginPage()
    .registration(
      { redirect_uris: redirectUris },
      { status: 400, json: { error: "invalid_redirect_uri", error_description: description } },
    );

describeRule(registrationRedirectUriRejected, [
  {
    of: "one of two redirect URIs",
    trace: rejected(
      ["https://app.example/callback", "cursor://anysphere.cursor-mcp/oauth/callback"],
      "Redirect URI 'cursor://anysphere.cursor-mcp/oauth/callback' is not allowed.",
    ),
    is: "fail",
    certainty: "told",
    says: 'It is about "cursor://anysphere.cursor-mcp/oauth/callback".',
  },
  {
    of: "a URI with a fragment",
    trace: rejected(["https://app.example/#callback"], "Invalid redirect URI"),
    is: "fail",
    certainty: "told",
  },
  {
    of: "a registration",
    trace: trace()
      .registration({}, { status: 201, json: { client_id: clientId, redirect_uris: [redirectUri] } })
      .authorizationRequest()
      .loginPage(),
    is: "pass",
  },
  { of: "no registration", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
