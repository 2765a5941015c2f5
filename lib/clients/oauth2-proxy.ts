import type { Client } from "./client.ts";

export const oauth2Proxy: Client = {
  id: "oauth2-proxy",
  name: "oauth2-proxy",
  redirectUris: ["https://{host}/oauth2/callback", "http://{host}/oauth2/callback"],
  metadataDocuments: [],
  clientNames: [],
  allowList: ["https://<your host>/oauth2/callback"],
  keepsDeadClientId: "yes",
  reset: "Correct client_id in the configuration of oauth2-proxy and restart it.",
  retry: "Open the protected page again.",
  traits: [],
};
