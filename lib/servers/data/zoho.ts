import type { RemedyStep, Server } from "../server.ts";

const redirectUriNotRegisteredSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "api-console.zoho.com → the client → Client Details → Authorized Redirect URIs: add it exactly as sent, in the data centre the client was made in",
  },
];

export const zoho: Server = {
  id: "zoho",
  name: "Zoho",
  fingerprints: [
    { in: "host", endsWith: "accounts.zoho.com", weight: 1 },
    { in: "host", endsWith: "accounts.zoho.eu", weight: 1 },
    { in: "host", endsWith: "zoho.com", weight: 0.8 },
  ],
  messages: [],
  remedies: [
    { for: "redirect-uri-not-registered", steps: redirectUriNotRegisteredSteps },
    { for: "token-redirect-uri-mismatch", steps: redirectUriNotRegisteredSteps },
  ],
  clientStorage: "Zoho API console",
};
