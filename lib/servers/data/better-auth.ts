import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: 'Better Auth says "client_id is required" for a client it does not know: look for this client ID in the oauthClient table of the database that this deployment uses',
  },
  {
    by: "operator",
    do: "If previews and production share a domain or have databases of their own, register against the one in use",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const betterAuth: Server = {
  id: "better-auth",
  name: "Better Auth",
  fingerprints: [
    { in: "path", includes: "/api/auth/error", weight: 0.6 },
    { in: "path", includes: "/api/auth/oauth2/authorize", weight: 1 },
    { in: "path", includes: "/api/auth/mcp/authorize", weight: 1 },
    { in: "path", includes: "ba_param=", weight: 1 },
    { in: "cookie", prefix: "better-auth", weight: 1 },
    { in: "page", text: "better-auth.com/docs/reference/errors", weight: 1 },
    { in: "metadata", field: "authorization_endpoint", includes: "/api/auth/", weight: 0.8 },
  ],
  messages: [
    { where: "authorize", text: "client_id is required", means: ["unknown-client", "client-id-missing"] },
    { where: "authorize", text: "client is disabled", means: ["client-not-allowed"] },
    {
      where: "authorize",
      text: "invalid redirect uri",
      means: ["redirect-uri-not-registered", "redirect-uri-missing"],
    },
    { where: "authorize", text: "response_type must be one of: code", means: ["response-type-unsupported"] },
    {
      where: "authorize",
      text: "client is not authorized to use the authorization_code grant",
      means: ["client-not-allowed"],
      distinctive: true,
    },
    { where: "authorize", text: "The following scopes are invalid", means: ["scope-invalid"] },
    { where: "authorize", text: "pkce is required for public clients", means: ["pkce-required"] },
    { where: "authorize", text: "code_challenge_method must be one of: S256", means: ["pkce-method-unsupported"] },
    {
      where: "authorize",
      text: "requested resource {resource} is not configured",
      means: ["resource-invalid"],
      distinctive: true,
    },
    { where: "registration", text: "Client registration is disabled", means: ["registration-not-open"] },
    {
      where: "registration",
      text: "Authentication required for client registration",
      means: ["registration-not-open"],
    },
    { where: "registration", text: "cannot request scope {scope}", means: ["registration-rejected"] },
    {
      where: "token",
      text: "Missing required client credentials",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    { where: "token", text: "invalid client_secret", means: ["client-authentication-failed"] },
    { where: "token", text: "invalid code", means: ["authorization-code-invalid"] },
    { where: "token", text: "code verification failed", means: ["pkce-verifier-mismatch"] },
    { where: "token", text: "redirect_uri mismatch", means: ["token-redirect-uri-mismatch"] },
    { where: "token", text: "unsupported grant_type {grant_type}", means: ["grant-type-not-allowed"] },
    { where: "token", text: "session not found", means: ["refresh-token-invalid"] },
    {
      where: "registration",
      text: "native private-use redirect URI schemes must be well-formed reverse-domain names, omit the naming authority",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
    { where: "authorize", text: "CODE: invalid_client", means: ["unknown-client"] },
    { where: "authorize", text: "CODE: invalid_redirect", means: ["redirect-uri-not-registered"] },
    { where: "authorize", text: "CODE: client_disabled", means: ["client-not-allowed"] },
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
          do: "Add the redirect URI to the client's row (redirectURLs), or let the client register again with it",
        },
        {
          by: "user",
          do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
        },
      ],
    },
    {
      for: "registration-not-open",
      steps: [
        {
          by: "operator",
          do: "Set allowDynamicClientRegistration: true (and allowUnauthenticatedClientRegistration: true for public MCP clients) in the oauthProvider plugin",
          code: {
            language: "ts",
            text: `oauthProvider({ allowDynamicClientRegistration: true, allowUnauthenticatedClientRegistration: true })`,
          },
        },
      ],
    },
    {
      for: "resource-invalid",
      steps: [
        {
          by: "operator",
          do: "List the resource in validAudiences of the oauthProvider plugin, exactly as clients send it",
        },
      ],
    },
  ],
  clientStorage: "The application's own database (oauthClient / oauthApplication table)",
};
