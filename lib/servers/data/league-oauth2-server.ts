import type { RemedyStep, Server } from "../server.ts";

const bothHalves: RemedyStep = {
  by: "operator",
  do: "With several instances, give all of them the same database and the same keys: storage/oauth-*.key (or PASSPORT_PRIVATE_KEY and PASSPORT_PUBLIC_KEY) and APP_KEY in Laravel, the key files and the encryption key elsewhere. Codes and refresh tokens are encrypted, so a database alone is not enough",
};
const lookUpClient: RemedyStep = {
  by: "operator",
  do: "Look into the table oauth_clients (Laravel Passport: php artisan passport:client creates one; Drupal Simple OAuth: Configuration → People → Simple OAuth → Clients): whether this client_id is there and not revoked",
};
const addRedirectUri: RemedyStep = {
  by: "operator",
  do: "Compare the redirect URI with the client's column redirect (or redirect_uris): it must be the same string; only the port of a loopback address is free",
};

/** Laravel Passport, Drupal Simple OAuth, SimpleSAMLphp and others stand on it and answer in its words. */
export const leagueOauth2Server: Server = {
  id: "league-oauth2-server",
  name: "PHP League OAuth 2.0 Server (Laravel Passport and others)",
  fingerprints: [
    { in: "cookie", prefix: "laravel_session", weight: 0.6 },
    { in: "cookie", prefix: "laravel-session", weight: 0.6 },
    { in: "path", includes: "/oauth/authorize", weight: 0.4 },
    { in: "page", text: "Client authentication failed message Client authentication failed", weight: 1 },
  ],
  messages: [
    {
      // An unknown client and a redirect URI off its list are answered alike, code included.
      where: "authorize",
      text: '"invalid_client","error_description":"Client authentication failed","message":"Client authentication failed"',
      means: ["unknown-client", "redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "Check the `client_id` parameter", means: ["client-id-missing"], distinctive: true },
    { where: "authorize", text: "Code challenge must be provided for public clients", means: ["pkce-required"] },
    {
      where: "authorize",
      text: "Code challenge method must be one of",
      means: ["pkce-method-unsupported"],
      distinctive: true,
    },
    { where: "authorize", text: "Check the `{scope}` scope", means: ["scope-invalid"], distinctive: true },
    { where: "token", text: "Check the `{scope}` scope", means: ["scope-invalid"], distinctive: true },
    {
      where: "token",
      text: "Cannot decrypt the authorization code",
      means: ["authorization-code-invalid"],
      distinctive: true,
    },
    { where: "token", text: "Authorization code has expired", means: ["authorization-code-invalid"] },
    { where: "token", text: "Authorization code has been revoked", means: ["authorization-code-invalid"] },
    { where: "token", text: "Failed to verify `code_verifier`", means: ["pkce-verifier-mismatch"], distinctive: true },
    { where: "token", text: "Cannot decrypt the refresh token", means: ["refresh-token-invalid"], distinctive: true },
    { where: "token", text: "Token is not linked to client", means: ["refresh-token-invalid"], distinctive: true },
  ],
  remedies: [
    { for: "unknown-client", steps: [lookUpClient, addRedirectUri] },
    { for: "client-registration-lost", steps: [lookUpClient] },
    { for: "client-known-to-some-instances", steps: [bothHalves, lookUpClient] },
    { for: "redirect-uri-not-registered", steps: [addRedirectUri, lookUpClient] },
  ],
  clientStorage: "The application's database, table oauth_clients",
};
