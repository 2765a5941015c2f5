import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const sentry: Server = {
  id: "sentry",
  name: "Sentry",
  fingerprints: [
    { in: "host", endsWith: "sentry.io", weight: 1 },
    { in: "host", endsWith: "mcp.sentry.dev", weight: 1 },
  ],
  messages: [{ where: "authorize", text: "Invalid redirect URI", means: ["redirect-uri-not-registered"] }],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    { for: "redirect-uri-not-registered", steps: unknownClientSteps },
  ],
  clientStorage: "Sentry's MCP server keeps dynamically registered clients itself (Cloudflare KV)",
};
