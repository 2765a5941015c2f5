import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Give every instance the same client store, encrypted with the same key, and the same signing key. Both halves are needed: with a shared store alone an instance cannot read what another one wrote, and with a shared key alone it has nothing to read",
    code: {
      language: "python",
      text: `# pip install 'py-key-value-aio[redis]'
import os
from cryptography.fernet import Fernet
from fastmcp.server.auth.oidc_proxy import OIDCProxy
from key_value.aio.stores.redis import RedisStore
from key_value.aio.wrappers.encryption import FernetEncryptionWrapper

auth = OIDCProxy(
    # config_url, client_id, client_secret and base_url stay as they are; OAuthProxy takes the same two arguments
    client_storage=FernetEncryptionWrapper(
        key_value=RedisStore(host=os.environ["REDIS_HOST"], port=6379),
        fernet=Fernet(os.environ["STORAGE_ENCRYPTION_KEY"]),
    ),
    jwt_signing_key=os.environ["JWT_SIGNING_KEY"],
)`,
    },
  },
  {
    by: "operator",
    do: "Keep both values in a secret manager, made once, the same for all instances and restarts",
    code: {
      language: "sh",
      text: `python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"  # STORAGE_ENCRYPTION_KEY
openssl rand -base64 48  # JWT_SIGNING_KEY`,
    },
  },
  {
    by: "operator",
    do: "Behind a load balancer also serve the MCP endpoint without sessions: mcp.http_app(stateless_http=True)",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const fastmcpPython: Server = {
  id: "fastmcp-python",
  name: "FastMCP (Python) OAuth proxy",
  fingerprints: [
    { in: "page", text: "Client Not Registered", weight: 0.6 },
    { in: "page", text: "was not found in the server's client registry", weight: 1 },
    { in: "page", text: "Application Access Request", weight: 0.6 },
    {
      in: "page",
      text: "no longer recognized by the server. To resolve: clear authentication tokens",
      weight: 0.6,
    },
    { in: "header", name: "link", includes: "http://oauth.net/core/2.1/#registration", weight: 1 },
    { in: "path", includes: "txn_id=", weight: 1 },
    { in: "cookie", prefix: "__Host-MCP_CONSENT", weight: 1 },
    { in: "cookie", prefix: "MCP_APPROVED_CLIENTS", weight: 1 },
    { in: "cookie", prefix: "MCP_DENIED_CLIENTS", weight: 1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "The client ID {client_id} was not found in the server's client registry",
      means: ["unknown-client", "client-metadata-unreachable"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Client ID '{client_id}' is not registered with this server",
      means: ["unknown-client", "client-metadata-unreachable"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Redirect URI '{redirect_uri}' not registered for client",
      means: ["redirect-uri-not-registered"],
    },
    {
      where: "authorize",
      text: "Redirect URI '{redirect_uri}' does not match allowed patterns",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Redirect URI '{redirect_uri}' does not match CIMD redirect_uris",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Redirect URI '{redirect_uri}' uses an unsafe scheme",
      means: ["redirect-uri-not-registered", "redirect-uri-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Redirect URI '{redirect_uri}' is not allowed for application_type '{application_type}'",
      means: ["redirect-uri-not-registered", "redirect-uri-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "redirect_uri must be specified when CIMD lists multiple redirect_uris",
      means: ["redirect-uri-missing"],
      distinctive: true,
    },
    { where: "authorize", text: "Resource does not match this server", means: ["resource-invalid"], distinctive: true },
    {
      where: "authorize",
      text: "Invalid or expired transaction",
      means: ["transaction-lost", "session-cookie-refused"],
    },
    {
      where: "authorize",
      text: "Invalid or expired consent token",
      means: ["transaction-lost", "session-cookie-refused"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Authorization session mismatch",
      means: ["transaction-lost", "session-cookie-refused"],
    },
    {
      where: "authorize",
      text: "Invalid or expired authorization transaction",
      means: ["transaction-lost", "session-cookie-refused"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Token exchange with identity provider failed",
      means: ["upstream-authorization-failed", "authorization-server-error"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Internal server error during OAuth callback processing",
      means: ["authorization-server-error"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Authentication failed",
      means: ["upstream-authorization-failed", "authorization-server-error"],
    },
    {
      where: "registration",
      text: "Redirect URI '{redirect_uri}' is not allowed",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "redirect_uris is required for application_type 'web'; web clients must register a non-loopback https redirect URI",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
    { where: "token", text: "authorization code does not exist", means: ["authorization-code-invalid"] },
    { where: "token", text: "Authorization code not found", means: ["authorization-code-invalid"] },
    {
      where: "token",
      text: "Upstream refresh failed",
      means: ["refresh-token-invalid", "upstream-authorization-failed"],
    },
    { where: "token", text: "Refresh token mapping not found", means: ["refresh-token-invalid"], distinctive: true },
    { where: "authorize", text: "Client Not Registered", means: ["unknown-client", "client-metadata-unreachable"] },
    {
      where: "authorize",
      text: "the server did not recognize its client ID",
      means: ["unknown-client", "client-metadata-unreachable"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Missing authorization code or transaction ID from the identity provider",
      means: ["authorization-server-error", "upstream-authorization-failed"],
      distinctive: true,
    },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    { for: "client-store-key-differs", steps: unknownClientSteps },
    { for: "transaction-lost", steps: unknownClientSteps },
    {
      for: "client-metadata-unreachable",
      steps: [
        {
          by: "operator",
          do: 'Look for "CIMD fetch failed for URL" in the server\'s log: it names why the client ID metadata document was refused; the page says the same for every cause',
        },
        {
          by: "operator",
          do: "Let the server reach the document's host over https (egress rules, proxy), and keep the document small and at exactly the URL that is its client_id",
        },
        {
          by: "client",
          do: "Serve the document with status 200 and application/json, with client_id equal to its own URL and the redirect URI among its redirect_uris",
        },
      ],
    },
    {
      for: "upstream-client-id-used",
      steps: [
        {
          by: "client",
          do: "Do not enter the upstream authorization server's client ID into the MCP client: leave it empty so that the client registers with this proxy",
        },
      ],
    },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "Where the text says it does not match allowed patterns: add the redirect URI to allowed_client_redirect_uris of the proxy",
          code: {
            language: "python",
            text: `OIDCProxy(..., allowed_client_redirect_uris=["http://localhost:*", "http://127.0.0.1:*", "https://client.example/callback"])`,
          },
        },
        {
          by: "client",
          do: "Otherwise register again with the redirect URI in use: localhost and 127.0.0.1 are different hosts, only the loopback port is free",
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
          by: "operator",
          do: "List the scope in valid_scopes, or leave it out of the protected resource metadata, so that clients register with what they will ask for",
        },
      ],
    },
    {
      for: "upstream-authorization-failed",
      steps: [
        {
          by: "operator",
          do: "Compare the upstream application's redirect URI with this proxy's base URL followed by /auth/callback, and its client secret with the one configured here",
        },
      ],
    },
  ],
  clientStorage:
    "Encrypted files in the FastMCP home directory of each instance, keyed by its signing key: a container without a volume, a second replica or a changed key knows none of the clients",
  signingKey: {
    says: "Instances with another jwt_signing_key (or another upstream client secret, which it is derived from) take every authorization request and then refuse each other's tokens: the client connects, and its requests fail with 401 by turns",
    settledBy:
      'The line "Token validation failed: bad_signature" in the log of the instances (FASTMCP_LOG_LEVEL=DEBUG), or the same jwt_signing_key in the settings of each',
  },
};
