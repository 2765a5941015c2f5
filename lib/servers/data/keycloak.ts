import type { Server } from "../server.ts";

export const keycloak: Server = {
  id: "keycloak",
  name: "Keycloak",
  fingerprints: [{ in: "path", includes: "/protocol/openid-connect/", weight: 1 }],
  messages: [{ where: "authorize", text: "Client not found.", means: ["unknown-client"] }],
  remedies: [],
};
