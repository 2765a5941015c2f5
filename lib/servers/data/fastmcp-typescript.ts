import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Keep registrations outside the process and set all keys yourself: tokenStorage on a store that all instances share, and encryptionKey, jwtSigningKey and consentSigningKey from a secret manager. Storage without the keys is not enough",
    code: {
      language: "ts",
      text: `new OAuthProxy({
  // ...
  tokenStorage: sharedStorage, // not MemoryTokenStorage; DiskStore only with one instance and a volume
  encryptionKey: process.env.ENCRYPTION_KEY,
  jwtSigningKey: process.env.JWT_SIGNING_KEY,
  consentSigningKey: process.env.CONSENT_SIGNING_KEY,
})`,
    },
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

const redirectUriNotRegisteredSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Add a pattern for the redirect URI to allowedRedirectUriPatterns; an empty list refuses every client",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const fastmcpTypescript: Server = {
  id: "fastmcp-typescript",
  name: "FastMCP (TypeScript) OAuth proxy",
  fingerprints: [
    { in: "path", includes: "/oauth/authorize", weight: 0.2 },
    { in: "metadata", field: "authorization_endpoint", includes: "/oauth/authorize", weight: 0.2 },
    { in: "metadata", field: "code_challenge_methods_supported", includes: "plain", weight: 0.2 },
    { in: "page", text: "Unknown client_id", weight: 0.5 },
  ],
  messages: [
    {
      where: "authorize",
      text: "invalid_client error_description Unknown client_id",
      means: ["unknown-client"],
      distinctive: true,
    },
    { where: "authorize", text: "Unknown client_id", means: ["unknown-client"] },
    {
      where: "authorize",
      text: "redirect_uri is not registered for this client",
      means: ["redirect-uri-not-registered"],
    },
    {
      where: "authorize",
      text: "Missing required parameters",
      means: ["authorization-request-invalid", "redirect-uri-missing"],
    },
    { where: "authorize", text: "Only 'code' response type is supported", means: ["response-type-unsupported"] },
    {
      where: "authorize",
      text: "code_challenge_method 'plain' is not supported; use S256",
      means: ["pkce-method-unsupported"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "code_challenge_method required when code_challenge is present",
      means: ["pkce-method-unsupported"],
      distinctive: true,
    },
    { where: "authorize", text: "Invalid or expired state", means: ["transaction-lost"] },
    { where: "authorize", text: "Invalid or expired transaction", means: ["transaction-lost"] },
    { where: "authorize", text: "User denied authorization", means: ["access-denied"] },
    { where: "authorize", text: "Upstream request timed out", means: ["authorization-server-error"] },
    { where: "registration", text: "Invalid redirect URI", means: ["registration-redirect-uri-rejected"] },
    { where: "registration", text: "redirect_uris is required", means: ["registration-redirect-uri-rejected"] },
    { where: "token", text: "Unknown client_id", means: ["client-authentication-failed"] },
    { where: "token", text: "Invalid or expired authorization code", means: ["authorization-code-invalid"] },
    { where: "token", text: "Authorization code already used", means: ["authorization-code-invalid"] },
    { where: "token", text: "Invalid PKCE verifier", means: ["pkce-verifier-mismatch"] },
    { where: "token", text: "Client ID mismatch", means: ["authorization-code-invalid"] },
    {
      where: "token",
      text: "Refresh token already used or expired",
      means: ["refresh-token-invalid"],
      distinctive: true,
    },
    { where: "token", text: "Invalid or expired refresh token", means: ["refresh-token-invalid"] },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    { for: "client-store-key-differs", steps: unknownClientSteps },
    { for: "redirect-uri-not-registered", steps: redirectUriNotRegisteredSteps },
    { for: "registration-redirect-uri-rejected", steps: redirectUriNotRegisteredSteps },
  ],
  clientStorage:
    "In the process (MemoryTokenStorage), with keys made at start: a restart or a second replica forgets every client unless storage and all three keys are set",
};
