import type { Client } from "./client.ts";

export const cursor: Client = {
  id: "cursor",
  name: "Cursor",
  redirectUris: [
    "http://localhost:8787/callback",
    "https://www.cursor.com/agents/mcp/oauth/callback",
    "cursor://anysphere.cursor-mcp/oauth/callback",
    "cursor://anysphere.cursor-retrieval/oauth/{any}/callback",
  ],
  metadataDocuments: [],
  clientNames: ["Cursor"],
  allowList: [
    "http://localhost:8787/callback",
    "https://www.cursor.com/agents/mcp/oauth/callback",
    "cursor://anysphere.cursor-mcp/oauth/callback",
  ],
  keepsDeadClientId: "yes",
  reset:
    "In Cursor, open Settings, MCP, log the server out (or run Clear All MCP Tokens from the command palette) and connect again.",
  retry: "In Cursor, open Settings, MCP and choose Connect beside the server.",
  traits: [],
};
