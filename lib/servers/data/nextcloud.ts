import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Administration settings → Security → OAuth 2.0 clients: add a client with this redirect URI and give its client identifier to the client; there is no dynamic registration",
  },
];

export const nextcloud: Server = {
  id: "nextcloud",
  name: "Nextcloud",
  fingerprints: [
    { in: "path", includes: "/apps/oauth2/", weight: 1 },
    {
      in: "page",
      text: "Your client is not authorized to connect. Please inform the administrator of your client",
      weight: 1,
    },
    { in: "cookie", prefix: "nc_session", weight: 0.6 },
    { in: "cookie", prefix: "nc_sameSite", weight: 0.6 },
  ],
  messages: [
    {
      where: "authorize",
      text: "Your client is not authorized to connect. Please inform the administrator of your client",
      means: ["unknown-client"],
      distinctive: true,
    },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "Administration settings → Security → OAuth 2.0 clients: Nextcloud ignores the redirect_uri of the request and always uses the registered one; delete the client and add it with the URI in use",
        },
      ],
    },
  ],
  clientStorage: "Nextcloud's database",
};
