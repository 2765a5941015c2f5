import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Admin Console → Applications → Applications → the app → General: compare the Client ID, and that the app is active in this org (preview and production orgs differ)",
  },
];

export const okta: Server = {
  id: "okta",
  name: "Okta",
  fingerprints: [
    { in: "host", endsWith: "okta.com", weight: 1 },
    { in: "host", endsWith: "oktapreview.com", weight: 1 },
    { in: "host", endsWith: "okta-emea.com", weight: 1 },
    { in: "cookie", prefix: "JSESSIONID", weight: 0.1 },
    { in: "cookie", prefix: "oktaStateToken", weight: 1 },
    { in: "header", name: "x-okta-request-id", weight: 1 },
    { in: "page", text: "Your request resulted in an error", weight: 0.5 },
  ],
  messages: [
    {
      where: "authorize",
      text: "Policy evaluation failed for this request, please check the policy configurations",
      means: ["policy-denied"],
      distinctive: true,
    },
    { where: "authorize", text: "User is not assigned to the client application", means: ["policy-denied"] },
    { where: "authorize", text: "Invalid value for 'client_id' parameter", means: ["unknown-client"] },
    {
      where: "authorize",
      text: "PKCE code challenge is required when the token endpoint authentication method is 'NONE'",
      means: ["pkce-required"],
    },
    {
      where: "authorize",
      text: "One or more scopes are not configured for the authorization server resource",
      means: ["scope-invalid"],
    },
    {
      where: "authorize",
      text: "PKCE code challenge is required by the application",
      means: ["pkce-required"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The 'redirect_uri' parameter must be an absolute URI that is whitelisted in the client app settings",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Policy evaluation failed for this request",
      means: ["policy-denied"],
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
          do: "Admin Console → Applications → Applications → the app → General → Login → Sign-in redirect URIs: add the URI exactly as sent",
        },
      ],
    },
    {
      for: "policy-denied",
      steps: [
        {
          by: "operator",
          do: "Policy evaluation failed: Security → API → Authorization Servers → the server → Access Policies: a rule must name this client, its grant type and the scopes",
        },
        { by: "operator", do: "User is not assigned: Applications → the app → Assignments → Assign" },
      ],
    },
    {
      for: "scope-invalid",
      steps: [{ by: "operator", do: "Security → API → Authorization Servers → the server → Scopes → Add Scope" }],
    },
    {
      for: "pkce-required",
      steps: [{ by: "client", do: "Send code_challenge and code_challenge_method=S256: the app requires PKCE" }],
    },
  ],
  clientStorage: "The org's applications",
};
