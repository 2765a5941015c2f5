import type { RemedyStep, Server } from "../server.ts";

const registrationNotOpenSteps: readonly RemedyStep[] = [
  {
    by: "authorization server",
    do: "Figma's MCP server registers approved clients only: connect with one listed in Figma's MCP catalogue, or ask Figma to have this client added",
  },
  { by: "user", do: "Meanwhile use Figma's desktop MCP server, which needs no authorization" },
];

export const figma: Server = {
  id: "figma",
  name: "Figma",
  fingerprints: [
    { in: "host", endsWith: "figma.com", weight: 1 },
    { in: "host", endsWith: "mcp.figma.com", weight: 1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "OAuth app with client id {id} doesn't exist",
      means: ["unknown-client"],
      distinctive: true,
    },
  ],
  remedies: [
    { for: "registration-not-open", steps: registrationNotOpenSteps },
    { for: "client-not-allowed", steps: registrationNotOpenSteps },
    { for: "unknown-client", steps: registrationNotOpenSteps },
  ],
  clientStorage: "Figma developer apps; the MCP server registers only clients that Figma has approved",
};
