import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "getClient of the model returned nothing for this client ID: look it up in the application's own store and add it",
  },
];

export const nodeOauth2Server: Server = {
  id: "node-oauth2-server",
  name: "node-oauth2-server",
  fingerprints: [
    { in: "header", name: "x-powered-by", includes: "Express", weight: 0.1 },
    { in: "page", text: "Invalid client: client credentials are invalid", weight: 0.8 },
    { in: "page", text: "Missing parameter:", weight: 0.2 },
  ],
  messages: [
    { where: "authorize", text: "Missing parameter: `client_id`", means: ["client-id-missing"] },
    {
      where: "authorize",
      text: "Invalid client: `redirect_uri` does not match client value",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Invalid request: `redirect_uri` is not a valid URI",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Unauthorized client: `grant_type` is invalid",
      means: ["client-not-allowed"],
      distinctive: true,
    },
    { where: "authorize", text: "Missing parameter: `state`", means: ["state-required"] },
    {
      where: "authorize",
      text: "Unsupported response type: `response_type` is not supported",
      means: ["response-type-unsupported"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Invalid scope: Requested scope is invalid",
      means: ["scope-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: 'Invalid request: `code_challenge_method` "plain" is not allowed; use "S256"',
      means: ["pkce-method-unsupported"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Invalid client: client is invalid",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Invalid client: cannot retrieve client credentials",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Invalid grant: authorization code is invalid",
      means: ["authorization-code-invalid"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Invalid grant: authorization code has expired",
      means: ["authorization-code-invalid"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Invalid grant: code verifier is invalid",
      means: ["pkce-verifier-mismatch"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Invalid request: `redirect_uri` is invalid",
      means: ["token-redirect-uri-mismatch"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Unsupported grant type: `grant_type` is invalid",
      means: ["grant-type-not-allowed"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Invalid grant: refresh token is invalid",
      means: ["refresh-token-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Invalid client: client credentials are invalid",
      means: ["unknown-client"],
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
          do: "Add the redirect URI to the array that getClient returns as redirectUris; it is compared exactly",
        },
      ],
    },
    { for: "state-required", steps: [{ by: "client", do: "Send state, or the operator sets allowEmptyState: true" }] },
  ],
  clientStorage: "Whatever model the application gives to the library",
};
