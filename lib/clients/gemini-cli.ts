import type { Client } from "./client.ts";

export const geminiCli: Client = {
  id: "gemini-cli",
  name: "Gemini CLI",
  redirectUris: ["http://localhost:7777/oauth/callback"],
  sharedRedirectUris: ["http://localhost:{port}/oauth/callback"],
  metadataDocuments: [],
  clientNames: ["Gemini CLI MCP Client"],
  allowList: ["http://localhost/oauth/callback"],
  keepsDeadClientId: "unknown",
  reset: "Delete the server's entry in ~/.gemini/mcp-oauth-tokens.json and run /mcp auth <server>.",
  retry: "In Gemini CLI, run /mcp auth <server>.",
  traits: ["sends-resource-of-url"],
};
