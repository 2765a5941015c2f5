import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Keep registered clients in a store that all instances share and that survives restarts: implement get_client and register_client of the provider against a database instead of a dict",
    code: {
      language: "python",
      text: `class Provider(OAuthAuthorizationServerProvider):
    async def get_client(self, client_id: str) -> OAuthClientInformationFull | None:
        row = await self.db.fetch_client(client_id)
        return OAuthClientInformationFull.model_validate_json(row) if row else None

    async def register_client(self, client_info: OAuthClientInformationFull) -> None:
        await self.db.save_client(client_info.client_id, client_info.model_dump_json())`,
    },
  },
  {
    by: "operator",
    do: "If the records are encrypted, give every instance the same key from a secret manager: a shared store with a key per instance fails just the same",
  },
  {
    by: "authorization server",
    do: "Answer an unknown client at the token endpoint with 401 and invalid_client: clients register anew only then",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const mcpPythonSdk: Server = {
  id: "mcp-python-sdk",
  name: "MCP Python SDK",
  fingerprints: [
    { in: "metadata", field: "revocation_endpoint", includes: "/revoke", weight: 0.2 },
    { in: "header", name: "server", includes: "uvicorn", weight: 0.3 },
    { in: "page", text: "Input should be 'S256'", weight: 0.6 },
    { in: "page", text: "Field required", weight: 0.4 },
    { in: "path", includes: "/authorize", weight: 0.1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "invalid_request error_description Client ID '{client_id}' not found",
      means: ["unknown-client"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "invalid_request error_description Redirect URI '{redirect_uri}' not registered for client",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "Client ID '{client_id}' not found", means: ["unknown-client"] },
    {
      where: "authorize",
      text: "Redirect URI '{redirect_uri}' not registered for client",
      means: ["redirect-uri-not-registered"],
    },
    {
      where: "authorize",
      text: "redirect_uri: Input should be a valid URL, relative URL without a base",
      means: ["redirect-uri-not-registered"],
    },
    {
      where: "authorize",
      text: "redirect_uri must be specified unless the client has exactly one registered URI",
      means: ["redirect-uri-missing"],
      distinctive: true,
    },
    { where: "authorize", text: "client_id: Field required", means: ["client-id-missing"] },
    {
      where: "authorize",
      text: "Client was not registered with scope {scope}",
      means: ["scope-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "response_type: Input should be 'code'",
      means: ["response-type-unsupported"],
      distinctive: true,
    },
    { where: "authorize", text: "code_challenge: Field required", means: ["pkce-required"] },
    {
      where: "authorize",
      text: "code_challenge_method: Input should be 'S256'",
      means: ["pkce-method-unsupported"],
      distinctive: true,
    },
    { where: "authorize", text: "An unexpected error occurred", means: ["authorization-server-error"] },
    { where: "registration", text: "redirect_uris: Field required", means: ["registration-redirect-uri-rejected"] },
    {
      where: "registration",
      text: "redirect_uris.0: Input should be a valid URL, relative URL without a base",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "Requested scopes are not valid",
      means: ["registration-rejected"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "grant_types must include 'authorization_code'",
      means: ["registration-rejected"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "token_endpoint_auth_method 'private_key_jwt' is not supported",
      means: ["registration-rejected"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "response_types must include 'code' for authorization_code grant",
      means: ["registration-rejected"],
      distinctive: true,
    },
    { where: "token", text: "Client secret is required", means: ["client-authentication-failed"] },
    { where: "token", text: "Invalid client_secret", means: ["client-authentication-failed"] },
    {
      where: "token",
      text: "Missing or invalid Basic authentication in Authorization header",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    { where: "token", text: "Missing client_id", means: ["client-authentication-failed"] },
    { where: "token", text: "authorization code does not exist", means: ["authorization-code-invalid"] },
    { where: "token", text: "authorization code has expired", means: ["authorization-code-invalid"] },
    { where: "token", text: "incorrect code_verifier", means: ["pkce-verifier-mismatch"] },
    {
      where: "token",
      text: "redirect_uri did not match the one used when creating auth code",
      means: ["token-redirect-uri-mismatch"],
      distinctive: true,
    },
    {
      where: "token",
      text: "Unsupported grant type (supported grant types are {list})",
      means: ["grant-type-not-allowed"],
      distinctive: true,
    },
    { where: "token", text: "refresh token does not exist", means: ["refresh-token-invalid"] },
    { where: "token", text: "refresh token has expired", means: ["refresh-token-invalid"] },
    {
      where: "token",
      text: "cannot request scope `{scope}` not provided by refresh token",
      means: ["scope-invalid"],
      distinctive: true,
    },
    { where: "token", text: "Invalid client_id", means: ["client-authentication-failed"] },
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
          by: "operator",
          do: "Register the exact redirect URI, port included: the SDK compares whole URLs and leaves no loopback port free (RFC 8252 §7.3)",
        },
        {
          by: "user",
          do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
        },
      ],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "client",
          do: "Register with the scopes that will be requested: the SDK refuses scopes that are not part of the registration",
        },
        { by: "operator", do: "Add the scope to valid_scopes of ClientRegistrationOptions" },
      ],
    },
  ],
  clientStorage:
    "Wherever the provider class of this server puts them; the samples and the in-memory provider keep them in the process, so a restart or a second replica forgets them",
};
