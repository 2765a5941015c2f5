import type { RemedyStep, Server } from "../server.ts";

const clientNotAllowedSteps: readonly RemedyStep[] = [
  { by: "authorization server", do: "Indeed admits approved MCP clients only: connect with one of those it lists" },
];

export const indeed: Server = {
  id: "indeed",
  name: "Indeed",
  fingerprints: [
    { in: "host", endsWith: "indeed.com", weight: 1 },
    { in: "host", endsWith: "secure.indeed.com", weight: 1 },
  ],
  messages: [{ where: "token", text: "Client not allowed", means: ["client-authentication-failed"] }],
  remedies: [
    { for: "client-not-allowed", steps: clientNotAllowedSteps },
    { for: "client-authentication-failed", steps: clientNotAllowedSteps },
    { for: "registration-not-open", steps: clientNotAllowedSteps },
  ],
  clientStorage: "Indeed; approved clients only",
};
