import type { Client } from "./client.ts";

export const copilotStudio: Client = {
  id: "copilot-studio",
  name: "Microsoft Copilot",
  redirectUris: [
    "https://global.consent.azure-apim.net/redirect/{any}",
    "https://global.consent.azure-apim.net/redirect",
    "https://teams.microsoft.com/api/platform/v1.0/oAuthRedirect",
  ],
  metadataDocuments: [],
  clientNames: [],
  allowList: [
    "https://global.consent.azure-apim.net/redirect/<connector id shown on the connector's security page>",
    "https://teams.microsoft.com/api/platform/v1.0/oAuthRedirect",
  ],
  keepsDeadClientId: "unknown",
  reset: "In the connector's settings, delete the connection and create it again.",
  retry: "In the connector's settings, create a new connection.",
  traits: ["needs-client-secret"],
};
