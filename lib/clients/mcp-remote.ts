import type { Client } from "./client.ts";

export const mcpRemote: Client = {
  id: "mcp-remote",
  name: "mcp-remote",
  redirectUris: [],
  sharedRedirectUris: ["http://localhost:{port}/oauth/callback", "http://127.0.0.1:{port}/oauth/callback"],
  metadataDocuments: [],
  clientNames: ["MCP CLI Proxy", "MCP CLI Client"],
  allowList: ["http://localhost/oauth/callback"],
  keepsDeadClientId: "yes",
  reset: "Delete the server's files in ~/.mcp-auth (or the whole folder) and start mcp-remote again.",
  retry: "Restart the program that runs mcp-remote.",
  traits: ["sends-resource-of-metadata"],
};
