import type { Client } from "./client.ts";

export const claude: Client = {
  id: "claude",
  name: "Claude",
  redirectUris: ["https://claude.ai/api/mcp/auth_callback", "https://claude.com/api/mcp/auth_callback"],
  metadataDocuments: ["https://claude.ai/oauth/mcp-oauth-client-metadata"],
  clientNames: ["Claude", "claudeai"],
  allowList: ["https://claude.ai/api/mcp/auth_callback", "https://claude.com/api/mcp/auth_callback"],
  keepsDeadClientId: "no",
  reset:
    "In Claude, open Settings, Connectors, remove the connector and add it again: each new connection registers anew.",
  retry: "In Claude, open Settings, Connectors and choose Connect beside the server.",
  traits: ["lenient-issuer", "requires-challenge-401", "sends-resource-of-url", "supports-client-metadata-document"],
};
