import type { Server } from "../server.ts";

export const aweber: Server = {
  id: "aweber",
  name: "AWeber",
  fingerprints: [{ in: "host", endsWith: "aweber.com", weight: 1 }],
  messages: [{ where: "authorize", text: "Invalid redirect URI", means: ["redirect-uri-not-registered"] }],
  remedies: [
    {
      for: "redirect-uri-not-registered",
      steps: [
        { by: "operator", do: "labs.aweber.com → My Apps → the app → OAuth Redirect URL: enter it exactly as sent" },
      ],
    },
  ],
  clientStorage: "AWeber developer apps",
};
