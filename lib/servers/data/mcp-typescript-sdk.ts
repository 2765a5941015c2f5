import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Give mcpAuthRouter a clientsStore on a shared database in place of the Map of the examples, the same one for all instances",
    code: {
      language: "ts",
      text: `const clientsStore: OAuthRegisteredClientsStore = {
  getClient: (clientId) => db.findClient(clientId),
  registerClient: (client) => db.saveClient(client),
};`,
    },
  },
  { by: "operator", do: "If the records are encrypted, give every instance the same key from a secret manager" },
  {
    by: "operator",
    do: "Set clientSecretExpirySeconds deliberately: registered secrets expire after 30 days unless told otherwise",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const mcpTypescriptSdk: Server = {
  id: "mcp-typescript-sdk",
  name: "MCP TypeScript SDK",
  fingerprints: [
    { in: "header", name: "ratelimit-policy", weight: 0.4 },
    { in: "header", name: "x-powered-by", includes: "Express", weight: 0.2 },
    { in: "page", text: "Unregistered redirect_uri", weight: 0.8 },
  ],
  messages: [
    {
      where: "authorize",
      text: "invalid_client error_description Invalid client_id",
      means: ["unknown-client"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "invalid_request error_description Unregistered redirect_uri",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "Invalid client_id", means: ["unknown-client"] },
    { where: "authorize", text: "Unregistered redirect_uri", means: ["redirect-uri-not-registered"] },
    {
      where: "authorize",
      text: "redirect_uri must be specified when client has multiple registered URIs",
      means: ["redirect-uri-missing"],
      distinctive: true,
    },
    { where: "authorize", text: 'Invalid input: expected "S256"', means: ["pkce-method-unsupported"] },
    { where: "authorize", text: 'Invalid input: expected "code"', means: ["response-type-unsupported"] },
    {
      where: "authorize",
      text: "You have exceeded the rate limit for authorization requests",
      means: ["authorization-server-unavailable"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "You have exceeded the rate limit for client registration requests",
      means: ["authorization-server-unavailable"],
      distinctive: true,
    },
    { where: "registration", text: "Cannot POST /register", means: ["registration-not-open"] },
    { where: "registration", text: "Client registration failed", means: ["authorization-server-error"] },
    { where: "token", text: "Invalid client_id", means: ["client-authentication-failed"] },
    { where: "token", text: "Client secret is required", means: ["client-authentication-failed"] },
    { where: "token", text: "Invalid client_secret", means: ["client-authentication-failed"] },
    { where: "token", text: "Client secret has expired", means: ["client-authentication-failed"] },
    {
      where: "token",
      text: "code_verifier does not match the challenge",
      means: ["pkce-verifier-mismatch"],
      distinctive: true,
    },
    { where: "token", text: "Token exchange failed", means: ["authorization-server-error"] },
    { where: "token", text: "Token refresh failed", means: ["authorization-server-error"] },
    {
      where: "token",
      text: "The grant type is not supported by this authorization server",
      means: ["grant-type-not-allowed"],
    },
    { where: "authorize", text: "AADSTS9010010 / invalid_target", means: ["resource-invalid"], distinctive: true },
    { where: "authorize", text: "path code_challenge", means: ["pkce-required"] },
    { where: "authorize", text: "path code_challenge_method", means: ["pkce-method-unsupported"] },
    { where: "authorize", text: "path response_type", means: ["response-type-unsupported"] },
    { where: "authorize", text: "path resource", means: ["resource-invalid"] },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    { for: "client-store-key-differs", steps: unknownClientSteps },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "client",
          do: "Register the redirect URI that will be used; only the port of a loopback host may differ, localhost and 127.0.0.1 are different hosts",
        },
        {
          by: "user",
          do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
        },
      ],
    },
    {
      for: "authorization-server-unavailable",
      steps: [
        {
          by: "operator",
          do: "Raise rateLimit of authorizationHandler (100 requests per 15 minutes unless set) or set trust proxy, so that all users behind one proxy do not share one count",
        },
      ],
    },
  ],
  clientStorage:
    "The clientsStore that the server passes in; the demo stores are Maps in the process, so a restart or a second replica forgets every client",
};
