import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "List the client; when it is missing, create it again with exactly this redirect URI",
    code: {
      language: "sh",
      text: `hydra get oauth2-client <client-id> --endpoint http://127.0.0.1:4445
hydra create oauth2-client --endpoint http://127.0.0.1:4445 --grant-type authorization_code,refresh_token --response-type code --redirect-uri <redirect-uri> --token-endpoint-auth-method none`,
    },
  },
  { by: "operator", do: "Use a SQL DSN, not DSN=memory" },
];

const transactionLostSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Serve Hydra on one https origin and set serve.cookies.same_site_mode and domain so that the browser keeps ory_hydra cookies; answer the login and consent challenge within ttl.login_consent_request",
  },
  { by: "user", do: "Start the connection again" },
];

export const oryHydra: Server = {
  id: "ory-hydra",
  name: "Ory Hydra",
  fingerprints: [
    { in: "page", text: "An OAuth 2.0 Error Occurred", weight: 0.6 },
    { in: "path", includes: "/oauth2/fallbacks/error", weight: 1 },
    { in: "path", includes: "login_challenge=", weight: 0.7 },
    { in: "path", includes: "consent_challenge=", weight: 0.7 },
    { in: "path", includes: "/oauth2/auth", weight: 0.4 },
    { in: "cookie", prefix: "ory_hydra_", weight: 1 },
    { in: "metadata", field: "credentials_supported_draft_00", weight: 0.6 },
  ],
  messages: [
    {
      where: "authorize",
      text: "The 'redirect_uri' parameter is required when using OpenID Connect 1.0",
      means: ["redirect-uri-missing"],
    },
    {
      where: "authorize",
      text: "The OAuth 2.0 Client is not allowed to request scope '{scope}'",
      means: ["scope-invalid"],
    },
    {
      where: "authorize",
      text: "The client is not allowed to request response_type '{response_type}'",
      means: ["response-type-unsupported"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Clients must include a code_challenge when performing the authorize code flow, but it is missing",
      means: ["pkce-required"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Clients must use code_challenge_method=S256, plain is not allowed",
      means: ["pkce-method-unsupported"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The state is missing or does not have enough characters and is therefore considered too weak",
      means: ["state-required"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Request parameter 'state' must be at least be 8 characters long to ensure sufficient entropy",
      means: ["state-required"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Request parameter 'state' must be at least be {n} characters long to ensure sufficient entropy",
      means: ["state-required"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The OP does not support use of the request parameter",
      means: ["request-object-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "OpenID Connect 'request' context was given, but the OAuth 2.0 Client does not implement advanced OpenID Connect capabilities",
      means: ["request-object-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The request_uri in the Authorization Request returns an error or contains invalid data",
      means: ["pushed-request-invalid", "request-object-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Request URI '{uri}' is not whitelisted by the OAuth 2.0 Client",
      means: ["pushed-request-invalid", "request-object-invalid"],
      distinctive: true,
    },
    { where: "authorize", text: "The resource owner denied the request", means: ["access-denied"] },
    {
      where: "authorize",
      text: "The resource owner or authorization server denied the request",
      means: ["access-denied"],
    },
    {
      where: "authorize",
      text: "The Authorization Server requires End-User authentication",
      means: ["interaction-required"],
    },
    {
      where: "authorize",
      text: "Prompt 'none' was requested, but no existing login session was found",
      means: ["interaction-required"],
      distinctive: true,
    },
    { where: "authorize", text: "The Authorization Server requires End-User consent", means: ["interaction-required"] },
    {
      where: "authorize",
      text: "Prompt 'none' was requested, but no previous consent was found",
      means: ["interaction-required"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "No CSRF value available in the session cookie",
      means: ["transaction-lost"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The {login|consent} verifier has already been used",
      means: ["transaction-lost"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The {login|consent} request has expired, please try again",
      means: ["transaction-lost"],
    },
    {
      where: "authorize",
      text: "The authorization server encountered an unexpected condition that prevented it from fulfilling the request",
      means: ["authorization-server-error"],
    },
    {
      where: "registration",
      text: "The value of one or more redirect_uris is invalid",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "Redirect URIs must not contain fragments (#)",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "The value of one of the Client Metadata fields is invalid and the server has rejected this request",
      means: ["registration-rejected"],
      distinctive: true,
    },
    {
      where: "token",
      text: "The OAuth 2.0 Client supports client authentication method '{registered}', but method 'client_secret_post' was requested",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    {
      where: "token",
      text: "You must configure the OAuth 2.0 client's 'token_endpoint_auth_method' value to accept 'client_secret_post'",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    { where: "token", text: "The authorization code has already been used", means: ["authorization-code-invalid"] },
    {
      where: "token",
      text: 'The "redirect_uri" from this request does not match the one from the authorize request',
      means: ["token-redirect-uri-mismatch"],
      distinctive: true,
    },
    {
      where: "token",
      text: "The PKCE code challenge did not match the code verifier",
      means: ["pkce-verifier-mismatch"],
      distinctive: true,
    },
    {
      where: "token",
      text: "The client is not authorized to request a token using this method",
      means: ["grant-type-not-allowed"],
    },
    {
      where: "token",
      text: 'The OAuth 2.0 Client is not allowed to use authorization grant "authorization_code"',
      means: ["grant-type-not-allowed"],
      distinctive: true,
    },
    { where: "token", text: "The refresh token was already used", means: ["refresh-token-invalid"] },
    {
      where: "authorize",
      text: "The requested OAuth 2.0 Client does not exist",
      means: ["unknown-client"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Make sure that the various parameters are correct, be aware of case sensitivity and trim your parameters",
      means: ["grant-type-not-allowed"],
      distinctive: true,
    },
    {
      where: "token",
      text: "The provided authorization grant {any} or refresh token is invalid, expired, revoked",
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
          do: "Update the client with the exact redirect URI; only IP loopback addresses may differ in the port, localhost may not",
          code: {
            language: "sh",
            text: `hydra update oauth2-client <client-id> --endpoint http://127.0.0.1:4445 --redirect-uri <redirect-uri>`,
          },
        },
      ],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "Add the scope to the client: hydra update oauth2-client <client-id> --scope openid,offline_access,…",
        },
      ],
    },
    {
      for: "registration-not-open",
      steps: [{ by: "operator", do: "Set oidc.dynamic_client_registration.enabled to true; it is off unless set" }],
    },
    { for: "state-required", steps: [{ by: "client", do: "Send a state of at least 8 random characters" }] },
    { for: "transaction-lost", steps: transactionLostSteps },
    { for: "session-cookie-refused", steps: transactionLostSteps },
  ],
  clientStorage:
    "SQL database, shared by all instances; the in-memory DSN of the quick start forgets everything at a restart",
};
