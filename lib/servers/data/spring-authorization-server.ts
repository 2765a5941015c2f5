import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Use JdbcRegisteredClientRepository on a shared database in place of InMemoryRegisteredClientRepository, and save the client in it with this client ID",
    code: {
      language: "java",
      text: `@Bean
RegisteredClientRepository registeredClientRepository(JdbcTemplate jdbc) {
  return new JdbcRegisteredClientRepository(jdbc);
}`,
    },
  },
  {
    by: "operator",
    do: "To see the reason on the page set server.error.include-message=always; it is hidden by default",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const springAuthorizationServer: Server = {
  id: "spring-authorization-server",
  name: "Spring Authorization Server",
  fingerprints: [
    { in: "page", text: "OAuth 2.0 Parameter:", weight: 0.8 },
    { in: "page", text: "Whitelabel Error Page", weight: 0.3 },
    { in: "cookie", prefix: "JSESSIONID", weight: 0.2 },
    { in: "path", includes: "/oauth2/authorize", weight: 0.3 },
    { in: "metadata", field: "registration_endpoint", includes: "/connect/register", weight: 0.5 },
    { in: "metadata", field: "jwks_uri", includes: "/oauth2/jwks", weight: 0.7 },
  ],
  messages: [
    {
      where: "authorize",
      text: "[invalid_request] OAuth 2.0 Parameter: client_id",
      means: ["unknown-client"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "[unauthorized_client] OAuth 2.0 Parameter: client_id",
      means: ["client-not-allowed"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "[invalid_request] OAuth 2.0 Parameter: redirect_uri",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "[unsupported_response_type] OAuth 2.0 Parameter: response_type",
      means: ["response-type-unsupported"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "[invalid_request] OAuth 2.0 Parameter: request_uri",
      means: ["pushed-request-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "[invalid_request] OAuth 2.0 Parameter: state",
      means: ["transaction-lost", "state-required"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "OAuth 2.0 Parameter: client_id",
      means: ["unknown-client", "client-not-allowed", "access-denied"],
    },
    {
      where: "authorize",
      text: "OAuth 2.0 Parameter: redirect_uri",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "OAuth 2.0 Parameter: scope", means: ["scope-invalid"], distinctive: true },
    { where: "authorize", text: "OAuth 2.0 Parameter: code_challenge", means: ["pkce-required"], distinctive: true },
    {
      where: "authorize",
      text: "OAuth 2.0 Parameter: code_challenge_method",
      means: ["pkce-method-unsupported"],
      distinctive: true,
    },
    { where: "authorize", text: "OAuth 2.0 Parameter: prompt", means: ["interaction-required"], distinctive: true },
    { where: "token", text: "OAuth 2.0 Parameter: grant_type", means: ["grant-type-not-allowed"], distinctive: true },
    {
      where: "token",
      text: "OAuth 2.0 Parameter: code_verifier",
      means: ["pkce-verifier-mismatch"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "Invalid Client Registration: redirect_uris",
      means: ["registration-redirect-uri-rejected"],
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
          do: "Add the redirect URI to the RegisteredClient; only 127.0.0.0/8 and [::1] may differ in the port, and localhost is refused as a loopback host: use http://127.0.0.1:<port>/…",
        },
      ],
    },
    { for: "scope-invalid", steps: [{ by: "operator", do: 'Add the scope to the RegisteredClient: .scope("…")' }] },
    {
      for: "registration-not-open",
      steps: [
        {
          by: "operator",
          do: "Enable clientRegistrationEndpoint and hand out an initial access token with scope client.create, or create the client in the repository",
        },
      ],
    },
  ],
  clientStorage:
    "InMemoryRegisteredClientRepository in the samples, which a restart empties; JdbcRegisteredClientRepository in production",
};
