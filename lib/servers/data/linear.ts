import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const linear: Server = {
  id: "linear",
  name: "Linear",
  fingerprints: [
    { in: "host", endsWith: "linear.app", weight: 1 },
    { in: "host", endsWith: "mcp.linear.app", weight: 1 },
  ],
  messages: [{ where: "authorize", text: "Invalid redirect URI", means: ["redirect-uri-not-registered"] }],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    { for: "redirect-uri-not-registered", steps: unknownClientSteps },
  ],
  clientStorage: "Linear's MCP server keeps dynamically registered clients itself (Cloudflare KV)",
};
