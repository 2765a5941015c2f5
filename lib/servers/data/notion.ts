import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
  {
    by: "operator",
    do: "For an own integration: notion.so/profile/integrations → the integration → OAuth: compare the OAuth client ID; it must be a public integration",
  },
];

export const notion: Server = {
  id: "notion",
  name: "Notion",
  fingerprints: [
    { in: "host", endsWith: "notion.com", weight: 1 },
    { in: "host", endsWith: "notion.so", weight: 1 },
    { in: "host", endsWith: "api.notion.com", weight: 1 },
  ],
  messages: [
    { where: "authorize", text: "Invalid redirect_uri for OAuth client", means: ["redirect-uri-not-registered"] },
    {
      where: "authorize",
      text: "Missing redirect_uri in OAuth request",
      means: ["redirect-uri-missing"],
      distinctive: true,
    },
    { where: "authorize", text: "Missing or invalid redirect_uri", means: ["redirect-uri-not-registered"] },
    {
      where: "authorize",
      text: "Missing or incomplete Client ID",
      means: ["unknown-client", "client-id-missing"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Invalid authorization request",
      means: ["unknown-client", "authorization-request-invalid"],
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
          do: "notion.so/profile/integrations → the integration → Configuration → Redirect URIs: add it exactly as sent",
        },
        { by: "client", do: "A client registered with Notion's MCP server under another port must register again" },
      ],
    },
  ],
  clientStorage: "Notion integrations; the MCP server keeps dynamically registered clients itself",
};
