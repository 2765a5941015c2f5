import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "App registrations → the app → Authentication → Supported accounts: include personal Microsoft accounts (signInAudience AzureADandPersonalMicrosoftAccount or PersonalMicrosoftAccount)",
  },
];

export const microsoftAccount: Server = {
  id: "microsoft-account",
  name: "Microsoft account",
  fingerprints: [{ in: "host", endsWith: "login.live.com", weight: 1 }],
  messages: [
    {
      where: "authorize",
      text: "The provided value for the input parameter 'redirect_uri' is not valid",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The client does not exist or is not enabled for consumers",
      means: ["unknown-client", "client-not-allowed"],
      distinctive: true,
    },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-not-allowed", steps: unknownClientSteps },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "App registrations → the app → Authentication → Platform configurations: add the redirect URI exactly as sent",
        },
      ],
    },
  ],
  clientStorage: "Microsoft Entra app registrations",
};
