import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Look for the uid in Doorkeeper::Application (rails console or /oauth/applications) and create the application if it is missing: Doorkeeper has no dynamic registration",
    code: {
      language: "ruby",
      text: `Doorkeeper::Application.find_by(uid: "<client-id>")
Doorkeeper::Application.create!(name: "…", redirect_uri: "<redirect-uri>", confidential: false, scopes: "…")`,
    },
  },
];

export const doorkeeper: Server = {
  id: "doorkeeper",
  name: "Doorkeeper",
  fingerprints: [
    { in: "page", text: "OAuth authorization required", weight: 0.6 },
    { in: "path", includes: "/oauth/token/info", weight: 0.6 },
    { in: "header", name: "www-authenticate", includes: 'realm="Doorkeeper"', weight: 1 },
    { in: "page", text: "due to unknown client, no client authentication included", weight: 0.7 },
  ],
  messages: [
    {
      where: "authorize",
      text: "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method",
      means: ["unknown-client"],
    },
    { where: "authorize", text: "Missing required parameter: client_id", means: ["client-id-missing"] },
    {
      where: "authorize",
      text: "The requested redirect URI is malformed or doesn't match the client redirect URI",
      means: ["redirect-uri-not-registered", "redirect-uri-missing"],
      distinctive: true,
    },
    { where: "authorize", text: "The requested scope is invalid, unknown, or malformed", means: ["scope-invalid"] },
    {
      where: "authorize",
      text: "The authorization server does not support this response type",
      means: ["response-type-unsupported"],
    },
    {
      where: "authorize",
      text: "The client is not authorized to perform this request using this method",
      means: ["client-not-allowed"],
    },
    { where: "authorize", text: "Code challenge is required", means: ["pkce-required"] },
    {
      where: "authorize",
      text: "The code_challenge_method must be one of {challenge_methods}",
      means: ["pkce-method-unsupported"],
    },
    {
      where: "authorize",
      text: "The requested resource is invalid, missing, unknown, or malformed",
      means: ["resource-invalid"],
    },
    {
      where: "authorize",
      text: "The resource owner or authorization server denied the request",
      means: ["access-denied"],
    },
    {
      where: "token",
      text: "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method",
      means: ["client-authentication-failed"],
    },
    { where: "token", text: "Missing required parameter: code_verifier", means: ["pkce-verifier-mismatch"] },
    {
      where: "token",
      text: "The authorization grant type is not supported by the authorization server",
      means: ["grant-type-not-allowed"],
    },
    { where: "authorize", text: "The redirect uri included is not valid", means: ["redirect-uri-not-registered"] },
    {
      where: "token",
      text: "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request",
      means: [
        "authorization-code-invalid",
        "refresh-token-invalid",
        "pkce-verifier-mismatch",
        "token-redirect-uri-mismatch",
      ],
      distinctive: true,
    },
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
          do: "/oauth/applications → the application → Edit → Redirect URI: one per line, exactly as sent; force_ssl_in_redirect_uri decides whether http is taken",
        },
      ],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "Add the scope to default_scopes or optional_scopes in config/initializers/doorkeeper.rb, and to the application's scopes",
        },
      ],
    },
  ],
  clientStorage: "The Rails application's database (oauth_applications)",
};
