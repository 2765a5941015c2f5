import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Look the client_id up in the configuration of the application that embeds Fosite (Authelia: identity_providers.oidc.clients) and add the client there",
  },
];

export const oryFosite: Server = {
  id: "ory-fosite",
  name: "Ory Fosite",
  fingerprints: [{ in: "page", text: "the OAuth 2.0 Client's pre-registered redirect urls", weight: 1 }],
  messages: [
    {
      where: "authorize",
      text: "The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "The requested OAuth 2.0 Client does not exist", means: ["unknown-client"] },
    {
      where: "authorize",
      text: "The 'redirect_uri' parameter is required when using OpenID Connect 1.0",
      means: ["redirect-uri-missing"],
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
          do: "Add the exact redirect URI to the client's redirect_uris in that configuration; only IP loopback addresses may differ in the port, localhost may not",
        },
      ],
    },
  ],
  clientStorage: "Whatever store the embedding application gives to Fosite",
};
