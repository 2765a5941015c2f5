import type { Client } from "./client.ts";

export const opencode: Client = {
  id: "opencode",
  name: "opencode",
  redirectUris: ["http://127.0.0.1:{port}/mcp/oauth/callback"],
  metadataDocuments: ["https://opencode.ai/oauth/opencode/client.json"],
  clientNames: ["opencode"],
  allowList: ["http://127.0.0.1/mcp/oauth/callback"],
  keepsDeadClientId: "unknown",
  reset: "Run opencode mcp logout <server>, then opencode mcp auth <server>.",
  retry: "Run opencode mcp auth <server>.",
  traits: ["strict-issuer", "supports-client-metadata-document"],
};
