import type { Client } from "./client.ts";

export const swaggerUi: Client = {
  id: "swagger-ui",
  name: "Swagger UI",
  redirectUris: [
    "https://{host}/oauth2-redirect.html",
    "http://{host}/oauth2-redirect.html",
    "https://{host}/docs/oauth2-redirect",
    "http://{host}/docs/oauth2-redirect",
    "https://{host}/swagger-ui/oauth2-redirect.html",
    "http://{host}/swagger-ui/oauth2-redirect.html",
    "https://{host}/swagger/oauth2-redirect.html",
    "http://{host}/swagger/oauth2-redirect.html",
  ],
  metadataDocuments: [],
  clientNames: [],
  allowList: ["https://<your host>/<path of Swagger UI>/oauth2-redirect.html"],
  keepsDeadClientId: "yes",
  reset: "Type the right client_id into the Authorize dialog of Swagger UI.",
  retry: "In Swagger UI, choose Authorize.",
  traits: ["needs-cors"],
};
