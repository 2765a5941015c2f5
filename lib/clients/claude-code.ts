import type { Client } from "./client.ts";

export const claudeCode: Client = {
  id: "claude-code",
  name: "Claude Code",
  redirectUris: [],
  sharedRedirectUris: ["http://localhost:{port}/callback"],
  metadataDocuments: ["https://claude.ai/oauth/claude-code-client-metadata"],
  clientNames: ["Claude Code"],
  allowList: ["http://localhost/callback", "http://127.0.0.1/callback"],
  keepsDeadClientId: "yes",
  reset:
    "In Claude Code, run /mcp, choose the server and clear its authentication; if the old client_id comes back, run claude mcp remove and claude mcp add for this server.",
  retry: "In Claude Code, run /mcp, choose the server and authenticate.",
  traits: ["sends-resource-of-url", "supports-client-metadata-document"],
};
