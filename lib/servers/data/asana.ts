import type { RemedyStep, Server } from "../server.ts";

const registrationRedirectUriRejectedSteps: readonly RemedyStep[] = [
  {
    by: "authorization server",
    do: "Asana's MCP server admits redirect URIs on its own allow-list: ask Asana to add this client, or create an app at app.asana.com/0/my-apps with this redirect URI and enter its client ID",
  },
];

export const asana: Server = {
  id: "asana",
  name: "Asana",
  fingerprints: [
    { in: "host", endsWith: "asana.com", weight: 1 },
    { in: "host", endsWith: "mcp.asana.com", weight: 1 },
  ],
  messages: [
    {
      where: "registration",
      text: "One or more redirect URIs are not allowed",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
  ],
  remedies: [
    { for: "registration-redirect-uri-rejected", steps: registrationRedirectUriRejectedSteps },
    { for: "redirect-uri-not-registered", steps: registrationRedirectUriRejectedSteps },
  ],
  clientStorage: "Asana developer console; the MCP server takes redirect URIs of approved clients only",
};
