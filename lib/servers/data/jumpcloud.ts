import type { Server } from "../server.ts";

export const jumpcloud: Server = {
  id: "jumpcloud",
  name: "JumpCloud",
  fingerprints: [{ in: "host", endsWith: "jumpcloud.com", weight: 1 }],
  messages: [],
  remedies: [
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "JumpCloud Admin Portal → SSO Applications → the app → SSO → Redirect URIs: add it exactly as sent",
        },
      ],
    },
  ],
  clientStorage: "The organisation's SSO applications",
};
