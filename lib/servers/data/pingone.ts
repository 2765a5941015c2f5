import type { Server } from "../server.ts";

export const pingone: Server = {
  id: "pingone",
  name: "PingOne",
  fingerprints: [
    { in: "host", endsWith: "pingone.com", weight: 1 },
    { in: "host", endsWith: "pingone.eu", weight: 1 },
    { in: "host", endsWith: "pingone.ca", weight: 1 },
    { in: "host", endsWith: "pingone.asia", weight: 1 },
  ],
  messages: [{ where: "authorize", text: "Redirect URI mismatch", means: ["redirect-uri-not-registered"] }],
  remedies: [
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "PingOne console → Applications → the application → Configuration → Redirect URIs: add it exactly as sent, and see that the application is switched on",
        },
      ],
    },
  ],
  clientStorage: "The environment's applications",
};
