import type { Client } from "./client.ts";

export const codex: Client = {
  id: "codex",
  name: "Codex",
  redirectUris: ["http://127.0.0.1:{port}/callback/{any}"],
  metadataDocuments: ["https://chatgpt.com/oauth/codex/{any}/client.json"],
  clientNames: ["Codex"],
  allowList: ["http://127.0.0.1/callback/<id>"],
  keepsDeadClientId: "unknown",
  reset: "Run codex mcp logout <server>, then codex mcp login <server>.",
  retry: "Run codex mcp login <server>.",
  traits: ["lenient-issuer", "sends-resource-of-url", "supports-client-metadata-document"],
};
