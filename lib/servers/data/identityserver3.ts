import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Add the client with this ClientId to the client store, enabled, with the flow that this request asks for",
  },
];

export const identityserver3: Server = {
  id: "identityserver3",
  name: "IdentityServer3",
  fingerprints: [{ in: "page", text: "The client application is not known or is not authorized", weight: 0.8 }],
  messages: [
    {
      where: "authorize",
      text: "The client application is not known or is not authorized",
      means: ["unknown-client", "client-not-allowed"],
      distinctive: true,
    },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
  ],
  clientStorage: "The client store configured in code",
};
