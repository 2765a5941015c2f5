import type { Server } from "../server.ts";

export const box: Server = {
  id: "box",
  name: "Box",
  fingerprints: [
    { in: "host", endsWith: "account.box.com", weight: 1 },
    { in: "host", endsWith: "app.box.com", weight: 1 },
    { in: "host", endsWith: "box.com", weight: 0.8 },
    { in: "page", text: "There seems to be a problem with this app", weight: 0.8 },
  ],
  messages: [
    { where: "authorize", text: "Error: redirect_uri_mismatch", means: ["redirect-uri-not-registered"] },
    {
      where: "authorize",
      text: "There seems to be a problem with this app",
      means: ["redirect-uri-not-registered", "unknown-client"],
      distinctive: true,
    },
  ],
  remedies: [
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "app.box.com/developers/console → the app → Configuration → OAuth 2.0 Redirect URIs: add it exactly as sent, then Save Changes",
        },
      ],
    },
    {
      for: "registration-not-open",
      steps: [
        {
          by: "client",
          do: "Box has no dynamic registration: create a Custom App with OAuth 2.0 in the developer console and enter its client ID and secret",
        },
      ],
    },
  ],
  clientStorage: "Box developer console",
};
