import type { Server } from "../server.ts";

export const mcpTypescriptSdk: Server = {
  id: "mcp-typescript-sdk",
  name: "MCP TypeScript SDK",
  fingerprints: [],
  messages: [
    {
      where: "authorize",
      text: "Unregistered redirect_uri",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
  ],
  remedies: [],
};
