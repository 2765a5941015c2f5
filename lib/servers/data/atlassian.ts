import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
  {
    by: "operator",
    do: "For an own OAuth 2.0 (3LO) app: developer.atlassian.com → Console → My apps → the app → Settings: compare the Client ID",
  },
];

export const atlassian: Server = {
  id: "atlassian",
  name: "Atlassian",
  fingerprints: [
    { in: "host", endsWith: "auth.atlassian.com", weight: 1 },
    { in: "host", endsWith: "id.atlassian.com", weight: 1 },
    { in: "host", endsWith: "atlassian.com", weight: 0.8 },
    { in: "cookie", prefix: "atlassian.account", weight: 0.8 },
    { in: "page", text: "We're having trouble logging you in", weight: 0.8 },
  ],
  messages: [
    { where: "authorize", text: "redirect_uri is not registered for client", means: ["redirect-uri-not-registered"] },
    {
      where: "authorize",
      text: "The app's callback URL is invalid",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "failed to retrieve client", means: ["unknown-client"] },
    {
      where: "authorize",
      text: "This app has requested scopes that have not been added to the app",
      means: ["scope-invalid"],
      distinctive: true,
    },
    { where: "authorize", text: "Your admin has blocked this domain", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "Incorrect request parameters", means: ["authorization-request-invalid"] },
    { where: "authorize", text: "Internal Server Error", means: ["authorization-server-error", "unknown-client"] },
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
          do: "developer.atlassian.com → Console → My apps → the app → Authorization → OAuth 2.0 (3LO) → Configure → Callback URL: enter the URI exactly as sent, port included",
        },
        {
          by: "client",
          do: "A client registered dynamically that picks a new loopback port at each start must register again with it",
        },
      ],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "developer.atlassian.com → Console → My apps → the app → Permissions: add the API and the scope",
        },
      ],
    },
    {
      for: "policy-denied",
      steps: [
        {
          by: "operator",
          do: "An organisation admin adds the client's domain: admin.atlassian.com → Apps → AI settings → Rovo MCP server → allowed domains",
        },
      ],
    },
  ],
  clientStorage: "Atlassian; clients registered dynamically with the MCP server are kept by it and can be lost",
};
