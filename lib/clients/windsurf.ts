import type { Client } from "./client.ts";

export const windsurf: Client = {
  id: "windsurf",
  name: "Windsurf",
  redirectUris: ["windsurf://codeium.windsurf/oauth/callback"],
  metadataDocuments: [],
  clientNames: ["Windsurf"],
  allowList: ["windsurf://codeium.windsurf/oauth/callback"],
  keepsDeadClientId: "unknown",
  reset: "In Windsurf, remove the server from the MCP settings and add it again.",
  retry: "In Windsurf, open the MCP settings and refresh the server.",
  traits: [],
};
