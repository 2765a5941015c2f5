import type { Client } from "./client.ts";

export const librechat: Client = {
  id: "librechat",
  name: "LibreChat",
  redirectUris: ["https://{host}/api/mcp/{any}/oauth/callback", "http://{host}/api/mcp/{any}/oauth/callback"],
  metadataDocuments: [],
  clientNames: ["LibreChat MCP Client"],
  allowList: ["https://<your LibreChat host>/api/mcp/<server>/oauth/callback"],
  keepsDeadClientId: "unknown",
  reset: "In LibreChat, open the MCP settings, revoke the server's authentication and initialise it again.",
  retry: "In LibreChat, open the MCP settings and initialise the server.",
  traits: ["sends-resource-of-metadata"],
};
