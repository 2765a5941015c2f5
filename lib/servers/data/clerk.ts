import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Clerk dashboard → OAuth applications: look for this client ID in the instance whose domain the URL names; keys of a development instance do not work in production",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const clerk: Server = {
  id: "clerk",
  name: "Clerk",
  fingerprints: [
    { in: "host", endsWith: "clerk.accounts.dev", weight: 1 },
    { in: "host", endsWith: "clerk.com", weight: 1 },
    { in: "cookie", prefix: "__client", weight: 0.5 },
    { in: "cookie", prefix: "__clerk", weight: 0.8 },
  ],
  messages: [],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "Clerk dashboard → OAuth applications → the application → Redirect URIs: add it exactly as sent",
        },
      ],
    },
    {
      for: "registration-not-open",
      steps: [
        {
          by: "operator",
          do: "Clerk dashboard → OAuth applications → Settings: switch Dynamic client registration on",
        },
      ],
    },
  ],
  clientStorage: "The Clerk instance; development and production instances have clients of their own",
};
