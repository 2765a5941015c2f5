import type { Client } from "./client.ts";

export const authjs: Client = {
  id: "authjs",
  name: "Auth.js",
  redirectUris: ["https://{host}/api/auth/callback/{any}", "http://{host}/api/auth/callback/{any}"],
  metadataDocuments: [],
  clientNames: [],
  allowList: ["https://<your host>/api/auth/callback/<provider>"],
  keepsDeadClientId: "yes",
  reset: "Correct the provider's client id in the environment of the application and restart it.",
  retry: "Sign in again in the application.",
  traits: [],
};
