import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Google Cloud Console → Google Auth Platform → Clients: compare the client ID letter by letter; deleted clients can be restored there for 30 days. Google has no dynamic registration: create an OAuth client ID by hand",
  },
];

const redirectUriInvalidSteps: readonly RemedyStep[] = [
  {
    by: "client",
    do: "Show Error details on the page names the parameter. Google takes no private-use scheme for Web clients, no raw IP addresses except loopback, and no redirect URI without https",
  },
];

export const google: Server = {
  id: "google",
  name: "Google",
  fingerprints: [
    { in: "host", endsWith: "accounts.google.com", weight: 1 },
    { in: "page", text: "GeneralOAuthFlow", weight: 1 },
    { in: "page", text: "Access blocked: Authorization Error", weight: 0.7 },
    { in: "page", text: "Access blocked: This app's request is invalid", weight: 0.7 },
    { in: "page", text: "flowName", weight: 0.5 },
    { in: "metadata", field: "device_authorization_endpoint", includes: "oauth2.googleapis.com", weight: 1 },
  ],
  messages: [
    { where: "authorize", text: "The OAuth client was not found", means: ["unknown-client"] },
    { where: "authorize", text: "The OAuth client was deleted", means: ["unknown-client"] },
    { where: "authorize", text: "Error: disallowed_useragent", means: ["policy-denied"] },
    {
      where: "authorize",
      text: "Error 400: redirect_uri_mismatch",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "Error 401: invalid_client", means: ["unknown-client"], distinctive: true },
    { where: "authorize", text: "Error 401: deleted_client", means: ["unknown-client"], distinctive: true },
    { where: "authorize", text: "Error 400: invalid_scope", means: ["scope-invalid"], distinctive: true },
    { where: "authorize", text: "Some requested scopes were invalid", means: ["scope-invalid"], distinctive: true },
    { where: "authorize", text: "Error 400: admin_policy_enforced", means: ["policy-denied"], distinctive: true },
    {
      where: "authorize",
      text: "Error 400: access_not_configured",
      means: ["policy-denied", "client-not-allowed"],
      distinctive: true,
    },
    { where: "authorize", text: "Error 403: org_internal", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "disallowed_useragent", means: ["policy-denied"], distinctive: true },
    {
      where: "authorize",
      text: "Access blocked: This app's request is invalid",
      means: ["authorization-request-invalid", "redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "has not completed the Google verification process",
      means: ["policy-denied", "access-denied"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Error 400: invalid_request",
      means: ["authorization-request-invalid", "redirect-uri-invalid"],
      distinctive: true,
    },
    { where: "authorize", text: "Missing required parameter: client_id", means: ["client-id-missing"] },
    { where: "authorize", text: "Missing required parameter: redirect_uri", means: ["redirect-uri-missing"] },
    { where: "authorize", text: "Missing required parameter: scope", means: ["scope-invalid"] },
    { where: "authorize", text: "Missing required parameter: response_type", means: ["response-type-unsupported"] },
    { where: "authorize", text: "Error 400: invalid_target", means: ["resource-invalid"], distinctive: true },
    { where: "token", text: "Malformed auth code", means: ["authorization-code-invalid"], distinctive: true },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "Google Cloud Console → Google Auth Platform → Clients → the client → Authorized redirect URIs: add the URI exactly as sent; changes take minutes to hours. Clients of type Desktop app accept every loopback port without a list",
        },
      ],
    },
    {
      for: "policy-denied",
      steps: [
        {
          by: "operator",
          do: "Error 403 access_denied: Google Auth Platform → Audience → Test users: add the user, or publish the app; unverified apps accept test users only",
        },
        {
          by: "operator",
          do: "org_internal: set User type to External, or sign in with an account of the organisation. admin_policy_enforced: a Workspace administrator allows the client under Security → API controls → App access control",
        },
        { by: "client", do: "disallowed_useragent: open the request in a real browser, not in an embedded web view" },
      ],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "Google Auth Platform → Data Access: add the scope; the API it belongs to must be enabled under APIs & Services",
        },
      ],
    },
    { for: "redirect-uri-invalid", steps: redirectUriInvalidSteps },
    { for: "authorization-request-invalid", steps: redirectUriInvalidSteps },
  ],
  clientStorage: "Google Cloud Console; Google has no dynamic registration",
};
