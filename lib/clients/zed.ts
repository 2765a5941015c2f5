import type { Client } from "./client.ts";

export const zed: Client = {
  id: "zed",
  name: "Zed",
  redirectUris: [],
  sharedRedirectUris: ["http://127.0.0.1:{port}/callback"],
  metadataDocuments: ["https://zed.dev/oauth/client-metadata.json"],
  clientNames: ["Zed"],
  allowList: ["http://127.0.0.1/callback"],
  keepsDeadClientId: "unknown",
  reset: "In Zed, remove the context server from the settings and add it again.",
  retry: "In Zed, open the agent panel's settings and switch the server off and on.",
  traits: ["sends-resource-of-url", "supports-client-metadata-document"],
};
