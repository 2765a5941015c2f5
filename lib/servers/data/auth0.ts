import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Auth0 Dashboard → Applications → Applications: look for this client ID in the tenant that the URL's host names; dynamically registered ones are listed as third-party applications",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

const clientNotAllowedSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Third-party and dynamically registered clients use only connections promoted to domain level: Authentication → the connection → Promote Connection to Domain Level; and the API's Application Access Policy must admit the client",
  },
];

export const auth0: Server = {
  id: "auth0",
  name: "Auth0",
  fingerprints: [
    { in: "host", endsWith: "auth0.com", weight: 1 },
    { in: "cookie", prefix: "auth0", weight: 0.8 },
    { in: "cookie", prefix: "did_compat", weight: 0.8 },
    { in: "header", name: "x-auth0-requestid", weight: 1 },
    { in: "page", text: "Please go to the Application Settings page", weight: 0.8 },
    { in: "metadata", field: "mfa_challenge_endpoint", weight: 1 },
  ],
  messages: [
    { where: "authorize", text: "Callback URL mismatch", means: ["redirect-uri-not-registered"] },
    {
      where: "authorize",
      text: "The provided redirect_uri is not in the list of allowed callback URLs",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "Unknown client:", means: ["unknown-client"] },
    { where: "authorize", text: "Service not found:", means: ["resource-invalid"] },
    {
      where: "authorize",
      text: "Client {id} is not authorized to access resource server",
      means: ["policy-denied", "client-not-allowed"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "no connections enabled for the client",
      means: ["client-not-allowed"],
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
          do: "Auth0 Dashboard → Applications → Applications → the app → Settings → Allowed Callback URLs: add the URI exactly as sent, separated by commas, and save. Third-party native apps may leave the loopback port free",
        },
      ],
    },
    {
      for: "resource-invalid",
      steps: [
        {
          by: "operator",
          do: "Auth0 Dashboard → Applications → APIs: create an API whose Identifier equals the resource or audience character by character; for MCP clients set Settings → Advanced → Resource Parameter Compatibility Profile",
        },
      ],
    },
    { for: "client-not-allowed", steps: clientNotAllowedSteps },
    { for: "policy-denied", steps: clientNotAllowedSteps },
    {
      for: "registration-not-open",
      steps: [
        {
          by: "operator",
          do: "Auth0 Dashboard → Settings → Advanced → OIDC Dynamic Application Registration: switch it on",
        },
      ],
    },
    {
      for: "scope-invalid",
      steps: [{ by: "operator", do: "Auth0 Dashboard → Applications → APIs → the API → Permissions: add the scope" }],
    },
  ],
  clientStorage: "The tenant's applications; dynamic registration is off unless enabled",
};
