import type { Server } from "../server.ts";

export const nextcloudOidc: Server = {
  id: "nextcloud-oidc",
  name: "Nextcloud OIDC provider",
  fingerprints: [{ in: "path", includes: "/apps/oidc/", weight: 1 }],
  messages: [
    {
      where: "authorize",
      text: "The received redirect URI is not accepted to connect",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
  ],
  remedies: [
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "Administration settings → OpenID Connect Provider → the client → Redirect URIs: add it exactly as sent",
        },
      ],
    },
  ],
  clientStorage: "Nextcloud's database; dynamically registered clients expire",
};
