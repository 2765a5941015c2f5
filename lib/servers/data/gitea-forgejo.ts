import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Settings → Applications → Manage OAuth2 Applications (or Site Administration → Integrations → Applications): create an application with this redirect URI and give its client ID to the client; there is no dynamic registration",
  },
];

export const giteaForgejo: Server = {
  id: "gitea-forgejo",
  name: "Gitea / Forgejo",
  fingerprints: [
    { in: "path", includes: "/login/oauth/authorize", weight: 0.3 },
    { in: "cookie", prefix: "i_like_gitea", weight: 1 },
    { in: "cookie", prefix: "i_like_forgejo", weight: 1 },
    { in: "host", endsWith: "gitea.com", weight: 1 },
    { in: "host", endsWith: "codeberg.org", weight: 1 },
    { in: "page", text: "Client ID not registered", weight: 0.6 },
    { in: "page", text: "Unregistered Redirect URI", weight: 0.6 },
    { in: "path", includes: "/login/oauth/access_token", weight: 0.2 },
  ],
  messages: [
    {
      where: "authorize",
      text: "Authorization failed Client ID not registered",
      means: ["unknown-client"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Authorization failed Unregistered Redirect URI",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "Client ID not registered", means: ["unknown-client"] },
    { where: "authorize", text: "Unregistered Redirect URI", means: ["redirect-uri-not-registered"] },
    { where: "authorize", text: "Only code response type is supported", means: ["response-type-unsupported"] },
    { where: "authorize", text: "PKCE is required for public clients", means: ["pkce-required"] },
    { where: "authorize", text: "unsupported code challenge method", means: ["pkce-method-unsupported"] },
    { where: "authorize", text: "the request is denied", means: ["access-denied"] },
    {
      where: "authorize",
      text: "a grant exists with different scope",
      means: ["authorization-server-error"],
      distinctive: true,
    },
    { where: "authorize", text: "A server error occurred", means: ["authorization-server-error"] },
    {
      where: "token",
      text: "cannot load client with client id: '{client_id}'",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    { where: "token", text: "invalid client secret", means: ["client-authentication-failed"] },
    { where: "token", text: "client is not authorized", means: ["authorization-code-invalid"] },
    { where: "token", text: "failed PKCE code challenge", means: ["pkce-verifier-mismatch"], distinctive: true },
    { where: "token", text: "unexpected redirect URI", means: ["token-redirect-uri-mismatch"] },
    { where: "token", text: "unable to parse refresh token", means: ["refresh-token-invalid"], distinctive: true },
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
          do: "Settings → Applications → the OAuth2 application → Edit → Redirect URIs: one per line, exactly as sent; loopback ports are free only for public clients with 127.0.0.1",
        },
      ],
    },
    { for: "pkce-required", steps: [{ by: "client", do: "Send code_challenge with S256: public clients must" }] },
    {
      for: "authorization-server-error",
      steps: [
        {
          by: "user",
          do: "Where it says that a grant exists with different scope: Settings → Applications → Authorized OAuth2 Applications → Revoke, then connect again",
        },
      ],
    },
  ],
  clientStorage: "The instance's database",
};
