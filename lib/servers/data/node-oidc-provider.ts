import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Configure an adapter (Redis, PostgreSQL, MongoDB …) in place of the in-memory default, the same for all instances",
    code: {
      language: "ts",
      text: `const provider = new Provider(issuer, {
  adapter: RedisAdapter,
  clients: [{ client_id, redirect_uris, token_endpoint_auth_method }],
});`,
    },
  },
  { by: "operator", do: "For a client of fixed configuration: add it to clients with exactly this client_id" },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

const transactionLostSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Set cookies.keys to fixed values shared by all instances, and provider.proxy = true behind a TLS-terminating proxy, so that the interaction cookies are set and read",
  },
  { by: "user", do: "Start the connection again in one tab and finish it within the hour" },
];

export const nodeOidcProvider: Server = {
  id: "node-oidc-provider",
  name: "node-oidc-provider",
  fingerprints: [
    { in: "page", text: "oops! something went wrong", weight: 0.7 },
    { in: "path", includes: "/interaction/", weight: 0.6 },
    { in: "cookie", prefix: "_interaction", weight: 0.6 },
    { in: "cookie", prefix: "_session", weight: 0.3 },
    { in: "metadata", field: "registration_endpoint", includes: "/reg", weight: 0.4 },
    { in: "metadata", field: "end_session_endpoint", includes: "/session/end", weight: 0.6 },
  ],
  messages: [
    {
      where: "authorize",
      text: "error: invalid_client error_description: client is invalid",
      means: ["unknown-client"],
      distinctive: true,
    },
    { where: "authorize", text: "client is invalid", means: ["unknown-client"] },
    { where: "authorize", text: "missing required parameter 'client_id'", means: ["client-id-missing"] },
    {
      where: "authorize",
      text: "redirect_uri did not match any of the client's registered redirect_uris",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "missing required parameter 'redirect_uri'", means: ["redirect-uri-missing"] },
    { where: "authorize", text: "requested scope is not allowed", means: ["scope-invalid"] },
    { where: "authorize", text: "unsupported response_type requested", means: ["response-type-unsupported"] },
    {
      where: "authorize",
      text: "requested response_type is not allowed for this client",
      means: ["client-not-allowed"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Authorization Server policy requires PKCE to be used for this request",
      means: ["pkce-required"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "not supported value of code_challenge_method",
      means: ["pkce-method-unsupported"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "resource indicator is missing, or unknown",
      means: ["resource-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "resource indicator must be an absolute URI",
      means: ["resource-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "request_uri is invalid, expired, or was already used",
      means: ["pushed-request-invalid", "request-object-invalid"],
      distinctive: true,
    },
    { where: "authorize", text: "End-User authentication is required", means: ["interaction-required"] },
    { where: "authorize", text: "requested scopes not granted", means: ["interaction-required"], distinctive: true },
    {
      where: "authorize",
      text: "native clients require End-User interaction",
      means: ["interaction-required"],
      distinctive: true,
    },
    { where: "authorize", text: "authorization request has expired", means: ["transaction-lost"] },
    {
      where: "authorize",
      text: "interaction session id cookie not found",
      means: ["transaction-lost"],
      distinctive: true,
    },
    { where: "registration", text: "invalid token provided", means: ["registration-not-open"] },
    {
      where: "registration",
      text: "redirect_uris must only contain valid uris",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "redirect_uris for native clients using http as a protocol can only use loopback addresses as hostnames",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
    { where: "token", text: "client authentication failed", means: ["client-authentication-failed"] },
    {
      where: "token",
      text: "grant request is invalid",
      means: ["authorization-code-invalid", "refresh-token-invalid"],
      distinctive: true,
    },
    { where: "token", text: "unsupported grant_type requested", means: ["grant-type-not-allowed"] },
    {
      where: "token",
      text: "requested grant type is not allowed for this client",
      means: ["grant-type-not-allowed"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "authorization session and cookie identifier mismatch",
      means: ["transaction-lost", "session-cookie-refused"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "interaction session not found",
      means: ["transaction-lost", "session-cookie-refused"],
      distinctive: true,
    },
    { where: "authorize", text: "error: invalid_redirect_uri", means: ["redirect-uri-not-registered"] },
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
          do: "Add the redirect URI to the client's redirect_uris; with application_type native the port of http loopback addresses is free",
        },
      ],
    },
    { for: "transaction-lost", steps: transactionLostSteps },
    { for: "session-cookie-refused", steps: transactionLostSteps },
    {
      for: "resource-invalid",
      steps: [
        {
          by: "operator",
          do: "Return the resource server from features.resourceIndicators.getResourceServerInfo: without it every resource is refused",
        },
      ],
    },
    {
      for: "registration-not-open",
      steps: [{ by: "operator", do: "Enable features.registration, or add the client by hand to clients" }],
    },
  ],
  clientStorage:
    "In the process unless an adapter is configured (it warns at start): every restart and every further instance begins with no registered clients",
};
