import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "In the admin console choose the realm that the authorization endpoint names, open Clients and look for this client ID (it is compared case-sensitively; realms have clients of their own)",
  },
  {
    by: "operator",
    do: "If it is missing: Clients → Create client → OpenID Connect, with this client ID, Standard flow on and the redirect URI under Valid redirect URIs",
  },
  {
    by: "operator",
    do: "If it was registered dynamically: someone removed it, or the client talks to another realm; let the client register again",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

const pkceRequiredSteps: readonly RemedyStep[] = [
  { by: "client", do: "Send code_challenge with code_challenge_method=S256" },
  {
    by: "operator",
    do: "Clients → the client → Advanced → Proof Key for Code Exchange Code Challenge Method says what is demanded",
  },
];

const registrationNotOpenSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Realm → Clients → Client registration → Client registration policies → Anonymous access: in Trusted Hosts add the host that registers and the hosts of its redirect URIs, or switch off Host sending registration request must match; in Allowed Client Scopes permit the scopes asked for",
  },
  {
    by: "operator",
    do: "Or make an initial access token (Clients → Client registration → Initial access token) and give it to the client",
  },
];

const transactionLostSteps: readonly RemedyStep[] = [
  { by: "user", do: "Start the connection again: the login page was open too long or in another tab" },
  {
    by: "operator",
    do: "Behind a proxy set hostname and proxy headers so that KC_RESTART and AUTH_SESSION_ID are set for the host the browser sees, and keep sessions sticky or replicated",
  },
];

export const keycloak: Server = {
  id: "keycloak",
  name: "Keycloak",
  fingerprints: [
    { in: "path", includes: "/protocol/openid-connect/", weight: 0.8 },
    { in: "path", includes: "/realms/", weight: 0.3 },
    { in: "cookie", prefix: "AUTH_SESSION_ID", weight: 0.4 },
    { in: "cookie", prefix: "KC_RESTART", weight: 0.8 },
    { in: "cookie", prefix: "KEYCLOAK_", weight: 0.8 },
    { in: "metadata", field: "registration_endpoint", includes: "/clients-registrations/openid-connect", weight: 1 },
    { in: "metadata", field: "backchannel_authentication_endpoint", includes: "/protocol/openid-connect/", weight: 1 },
    { in: "page", text: "We are sorry...", weight: 0.5 },
    { in: "page", text: "Restart login cookie not found", weight: 0.6 },
  ],
  messages: [
    { where: "authorize", text: "We are sorry... Client not found", means: ["unknown-client"], distinctive: true },
    { where: "authorize", text: "We are sorry... Client disabled", means: ["client-not-allowed"], distinctive: true },
    {
      where: "authorize",
      text: "We are sorry... Invalid parameter: redirect_uri",
      means: ["redirect-uri-not-registered", "unknown-client"],
      distinctive: true,
    },
    { where: "authorize", text: "Client not found", means: ["unknown-client"] },
    { where: "authorize", text: "Client disabled", means: ["client-not-allowed"] },
    {
      where: "authorize",
      text: "Invalid parameter: redirect_uri",
      means: ["redirect-uri-not-registered", "unknown-client"],
    },
    {
      where: "authorize",
      text: "Client is not allowed to initiate browser login with given response_type",
      means: ["client-not-allowed"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Standard flow is disabled for the client",
      means: ["client-not-allowed"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Bearer-only applications are not allowed to initiate browser login",
      means: ["client-not-allowed"],
      distinctive: true,
    },
    { where: "authorize", text: "Invalid scopes", means: ["scope-invalid"] },
    { where: "authorize", text: "Missing parameter: code_challenge_method", means: ["pkce-required"] },
    {
      where: "authorize",
      text: "Invalid parameter: code challenge method is not configured one",
      means: ["pkce-method-unsupported"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Pushed Authorization Request is only allowed",
      means: ["pushed-request-invalid"],
      distinctive: true,
    },
    { where: "authorize", text: "Restart login cookie not found", means: ["transaction-lost"] },
    { where: "authorize", text: "Page has expired", means: ["transaction-lost"] },
    { where: "authorize", text: "authentication_expired", means: ["transaction-lost"], distinctive: true },
    { where: "authorize", text: "Your login attempt timed out", means: ["transaction-lost"] },
    { where: "authorize", text: "An internal server error has occurred", means: ["authorization-server-error"] },
    {
      where: "authorize",
      text: "Unexpected error when authenticating with identity provider",
      means: ["upstream-authorization-failed", "authorization-server-error"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "Policy 'Trusted Hosts' rejected request to client-registration service",
      means: ["registration-not-open"],
      distinctive: true,
    },
    { where: "registration", text: "Host not trusted", means: ["registration-not-open"] },
    {
      where: "registration",
      text: "URI doesn't match any trusted host or trusted domain",
      means: ["registration-redirect-uri-rejected", "registration-not-open"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "Policy 'Allowed Client Scopes' rejected request to client-registration service",
      means: ["registration-not-open"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "Not permitted to use specified clientScope",
      means: ["registration-rejected"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "Expired initial access token",
      means: ["registration-not-open"],
      distinctive: true,
    },
    { where: "token", text: "Invalid client or Invalid client credentials", means: ["client-authentication-failed"] },
    { where: "token", text: "Code not valid", means: ["authorization-code-invalid"] },
    { where: "token", text: "Code is expired", means: ["authorization-code-invalid"] },
    { where: "token", text: "Incorrect redirect_uri", means: ["token-redirect-uri-mismatch"] },
    {
      where: "token",
      text: "PKCE verification failed: Code mismatch",
      means: ["pkce-verifier-mismatch"],
      distinctive: true,
    },
    { where: "token", text: "Session not active", means: ["authorization-code-invalid"] },
    { where: "token", text: "Unsupported grant_type", means: ["grant-type-not-allowed"] },
    { where: "token", text: "Token is not active", means: ["refresh-token-invalid"] },
    {
      where: "registration",
      text: "Policy 'Trusted Hosts' rejected request",
      means: ["registration-not-open"],
      distinctive: true,
    },
    { where: "authorize", text: "Invalid Request", means: ["client-id-missing", "authorization-request-invalid"] },
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
          do: "Admin console → realm → Clients → the client → Settings → Valid redirect URIs: add the redirect_uri exactly as sent. http://127.0.0.1/* or http://localhost/* covers any port",
        },
        {
          by: "operator",
          do: "The same page is shown when the client ID is wrong and the redirect URI is that of another client: check both",
        },
      ],
    },
    {
      for: "client-not-allowed",
      steps: [
        {
          by: "operator",
          do: "Clients → the client → Settings: switch Enabled on, and under Capability config switch Standard flow on",
        },
      ],
    },
    { for: "pkce-required", steps: pkceRequiredSteps },
    { for: "pkce-method-unsupported", steps: pkceRequiredSteps },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "Realm → Client scopes: create the scope; then Clients → the client → Client scopes → Add client scope (Optional or Default)",
        },
      ],
    },
    { for: "registration-not-open", steps: registrationNotOpenSteps },
    { for: "registration-rejected", steps: registrationNotOpenSteps },
    { for: "transaction-lost", steps: transactionLostSteps },
    { for: "session-cookie-refused", steps: transactionLostSteps },
    {
      for: "upstream-authorization-failed",
      steps: [
        {
          by: "operator",
          do: 'Identity providers → the provider: compare its client ID, secret and the redirect URI shown there with what is registered upstream; the server log says "Failed to make identity provider oauth callback" and why',
        },
      ],
    },
  ],
  clientStorage: "The realm's database, shared by all nodes",
};
