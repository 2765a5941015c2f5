import type { Client } from "./client.ts";

export const mcpInspector: Client = {
  id: "mcp-inspector",
  name: "MCP Inspector",
  redirectUris: [
    "http://localhost:6274/oauth/callback",
    "http://localhost:6274/oauth/callback/debug",
    "http://127.0.0.1:6276/oauth/callback",
  ],
  metadataDocuments: [],
  clientNames: ["MCP Inspector"],
  allowList: ["http://localhost:6274/oauth/callback", "http://localhost:6274/oauth/callback/debug"],
  keepsDeadClientId: "yes",
  reset:
    "In MCP Inspector, open the authentication settings and choose Clear OAuth State, or clear the session storage of http://localhost:6274.",
  retry: "In MCP Inspector, choose Connect.",
  traits: ["needs-cors", "sends-resource-of-metadata"],
};
