import type { Client } from "./client.ts";

export const postman: Client = {
  id: "postman",
  name: "Postman",
  redirectUris: ["https://oauth.pstmn.io/v1/callback", "https://oauth.pstmn.io/v1/browser-callback"],
  metadataDocuments: [],
  clientNames: [],
  allowList: ["https://oauth.pstmn.io/v1/callback", "https://oauth.pstmn.io/v1/browser-callback"],
  keepsDeadClientId: "yes",
  reset: "In Postman, open the Authorization tab, correct the Client ID and choose Clear cookies.",
  retry: "In Postman, open the Authorization tab and choose Get New Access Token.",
  traits: [],
};
