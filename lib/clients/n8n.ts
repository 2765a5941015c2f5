import type { Client } from "./client.ts";

export const n8n: Client = {
  id: "n8n",
  name: "n8n",
  redirectUris: [
    "https://oauth.n8n.cloud/oauth2/callback",
    "https://{host}/rest/oauth2-credential/callback",
    "http://{host}/rest/oauth2-credential/callback",
  ],
  metadataDocuments: [],
  clientNames: ["n8n"],
  allowList: ["https://oauth.n8n.cloud/oauth2/callback", "https://<your n8n host>/rest/oauth2-credential/callback"],
  keepsDeadClientId: "unknown",
  reset: "In n8n, delete the credential and create it again.",
  retry: "In n8n, open the credential and choose Connect my account.",
  traits: [],
};
