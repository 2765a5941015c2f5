import type { Client } from "./client.ts";

export const goose: Client = {
  id: "goose",
  name: "Goose",
  redirectUris: ["http://127.0.0.1:{port}/oauth_callback"],
  metadataDocuments: ["https://goose-docs.ai/oauth/client-metadata.json"],
  clientNames: ["goose"],
  allowList: ["http://127.0.0.1/oauth_callback"],
  keepsDeadClientId: "no",
  reset: "Restart Goose: it drops stored credentials after a refresh that failed and registers again.",
  retry: "In Goose, enable the extension again.",
  traits: ["sends-resource-of-url", "supports-client-metadata-document"],
};
