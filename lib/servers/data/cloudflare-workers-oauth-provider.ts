import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Check that the Worker's OAUTH_KV binding is the namespace the client registered in (preview, staging and production have their own; deleting .wrangler empties the local one)",
  },
  {
    by: "operator",
    do: "Clients registered dynamically expire after 90 days: set clientRegistrationTTL to a longer time, or to undefined for no expiry",
    code: { language: "ts", text: `new OAuthProvider({ /* ... */ clientRegistrationTTL: undefined })` },
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const cloudflareWorkersOauthProvider: Server = {
  id: "cloudflare-workers-oauth-provider",
  name: "Cloudflare workers-oauth-provider",
  fingerprints: [
    { in: "header", name: "server", includes: "cloudflare", weight: 0.2 },
    { in: "metadata", field: "client_id_metadata_document_supported", weight: 0.3 },
    { in: "metadata", field: "revocation_endpoint", includes: "/token", weight: 0.6 },
    { in: "page", text: "Worker threw exception", weight: 0.3 },
  ],
  messages: [
    { where: "authorize", text: "Invalid client_id", means: ["unknown-client", "client-metadata-unreachable"] },
    {
      where: "authorize",
      text: "The clientId provided does not match to this client",
      means: ["unknown-client", "client-metadata-unreachable"],
    },
    {
      where: "authorize",
      text: "Invalid redirect URI",
      means: ["redirect-uri-not-registered", "redirect-uri-missing"],
    },
    {
      where: "authorize",
      text: "The redirect URI provided does not match any registered URI for this client",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "client_id is required", means: ["client-id-missing"] },
    {
      where: "authorize",
      text: "CIMD fetch failed for {metadata_url}",
      means: ["client-metadata-unreachable"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The resource parameter must exactly match {resource}",
      means: ["resource-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The resource parameter must be a valid absolute URI without a fragment",
      means: ["resource-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The authorization server does not support response_type {response_type}",
      means: ["response-type-unsupported"],
    },
    {
      where: "authorize",
      text: "The client is not registered for response_type {response_type}",
      means: ["client-not-allowed"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Public clients must use PKCE with the authorization code flow",
      means: ["pkce-required"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The plain PKCE method is not allowed",
      means: ["pkce-method-unsupported"],
      distinctive: true,
    },
    { where: "authorize", text: "Use S256 instead", means: ["pkce-method-unsupported"] },
    { where: "authorize", text: "Unsupported PKCE code_challenge_method", means: ["pkce-method-unsupported"] },
    { where: "registration", text: "Client registration is not enabled", means: ["registration-not-open"] },
    { where: "registration", text: "Invalid redirect URI", means: ["registration-redirect-uri-rejected"] },
    {
      where: "registration",
      text: "redirect_uris is required and must not be empty",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "Public client registration is not allowed",
      means: ["registration-not-open"],
      distinctive: true,
    },
    { where: "registration", text: "Client registration denied", means: ["registration-not-open"] },
    {
      where: "token",
      text: "Client authentication failed: invalid client_secret",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    { where: "token", text: "Client authentication failed", means: ["client-authentication-failed"] },
    {
      where: "token",
      text: "Client must not use multiple authentication methods",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Grant not found or authorization code expired",
      means: ["authorization-code-invalid"],
      distinctive: true,
    },
    { where: "token", text: "Authorization code already used", means: ["authorization-code-invalid"] },
    { where: "token", text: "Invalid PKCE code_verifier", means: ["pkce-verifier-mismatch"] },
    { where: "token", text: "Invalid redirect URI", means: ["token-redirect-uri-mismatch"] },
    { where: "token", text: "Grant type not supported", means: ["grant-type-not-allowed"] },
    { where: "token", text: "Invalid refresh token", means: ["refresh-token-invalid"] },
    { where: "token", text: "Grant not found", means: ["refresh-token-invalid"] },
    {
      where: "token",
      text: "Token issuance is temporarily unavailable; retry shortly",
      means: ["authorization-server-unavailable"],
    },
    { where: "authorize", text: "Invalid Scope", means: ["scope-invalid"] },
    { where: "authorize", text: "Invalid request", means: ["unknown-client", "authorization-request-invalid"] },
    { where: "token", text: "Client not found", means: ["client-authentication-failed"] },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "client",
          do: "Register again with the redirect URI in use; compared are whole URLs, with the loopback port free",
        },
        {
          by: "user",
          do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
        },
      ],
    },
    {
      for: "client-metadata-unreachable",
      steps: [
        {
          by: "operator",
          do: "Turn on global_fetch_strictly_public in wrangler's compatibility_flags, which fetching client ID metadata documents needs, and update the library",
        },
      ],
    },
  ],
  clientStorage:
    "Workers KV (OAUTH_KV), shared by all locations with a delay; clients registered dynamically expire after 90 days unless clientRegistrationTTL says otherwise",
};
