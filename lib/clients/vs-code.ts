import type { Client } from "./client.ts";

export const vsCode: Client = {
  id: "vs-code",
  name: "Visual Studio Code",
  redirectUris: [
    "https://vscode.dev/redirect",
    "https://insiders.vscode.dev/redirect",
    "http://127.0.0.1:33418/",
    "http://127.0.0.1:33418",
    "http://localhost:33418/",
  ],
  sharedRedirectUris: ["http://127.0.0.1:{port}/"],
  metadataDocuments: [
    "https://vscode.dev/oauth/client-metadata.json",
    "https://insiders.vscode.dev/oauth/client-metadata.json",
  ],
  clientNames: ["Visual Studio Code", "Visual Studio Code - Insiders"],
  allowList: [
    "https://vscode.dev/redirect",
    "https://insiders.vscode.dev/redirect",
    "http://127.0.0.1:33418/",
    "http://127.0.0.1/",
  ],
  keepsDeadClientId: "yes",
  reset:
    "In Visual Studio Code, run Authentication: Remove Dynamic Authentication Providers from the command palette, choose this server and start it again.",
  retry: "In Visual Studio Code, run MCP: List Servers from the command palette, choose the server and start it.",
  traits: ["guesses-endpoints", "sends-resource-of-metadata", "supports-client-metadata-document"],
};
