import type { Server } from "../server.ts";

export const discord: Server = {
  id: "discord",
  name: "Discord",
  fingerprints: [
    { in: "host", endsWith: "discord.com", weight: 1 },
    { in: "host", endsWith: "discordapp.com", weight: 1 },
    { in: "cookie", prefix: "__dcfduid", weight: 1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "Invalid OAuth2 redirect_uri",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "Unknown Application", means: ["unknown-client"] },
  ],
  remedies: [
    {
      for: "unknown-client",
      steps: [
        {
          by: "operator",
          do: "discord.com/developers/applications → the application → General Information: compare the Application ID",
        },
      ],
    },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "discord.com/developers/applications → the application → OAuth2 → Redirects → Add Redirect: the URI exactly as sent, then Save Changes",
        },
      ],
    },
  ],
  clientStorage: "The Discord developer portal",
};
