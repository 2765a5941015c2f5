import type { Client } from "./client.ts";

export const cline: Client = {
  id: "cline",
  name: "Cline",
  redirectUris: [
    "http://127.0.0.1:1456/mcp/oauth/callback",
    "http://127.0.0.1:1457/mcp/oauth/callback",
    "http://127.0.0.1:1458/mcp/oauth/callback",
    "http://127.0.0.1:1459/mcp/oauth/callback",
    "http://127.0.0.1:1460/mcp/oauth/callback",
    "http://127.0.0.1:1461/mcp/oauth/callback",
  ],
  metadataDocuments: [],
  clientNames: ["Cline"],
  allowList: [
    "http://127.0.0.1:1456/mcp/oauth/callback",
    "http://127.0.0.1:1457/mcp/oauth/callback",
    "http://127.0.0.1:1458/mcp/oauth/callback",
    "http://127.0.0.1:1459/mcp/oauth/callback",
    "http://127.0.0.1:1460/mcp/oauth/callback",
    "http://127.0.0.1:1461/mcp/oauth/callback",
  ],
  keepsDeadClientId: "unknown",
  reset: "In Cline, remove the server from the MCP settings and add it again.",
  retry: "In Cline, open the MCP servers and choose Authenticate.",
  traits: ["sends-resource-of-metadata"],
};
