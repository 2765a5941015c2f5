import type { Client } from "./client.ts";

export const mcpManager: Client = {
  id: "mcp-manager",
  name: "MCP Manager",
  redirectUris: ["https://app.mcpmanager.ai/api/v1/mcpm/inbound/oauth/callback"],
  metadataDocuments: [],
  clientNames: ["MCP Manager"],
  allowList: ["https://app.mcpmanager.ai/api/v1/mcpm/inbound/oauth/callback"],
  keepsDeadClientId: "unknown",
  reset: "In MCP Manager, remove the server and add it again, or switch it to client pre-registration.",
  retry: "In MCP Manager, open the server's identity and reconnect.",
  traits: [],
};
