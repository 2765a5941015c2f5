import type { Server } from "../server.ts";

export const yahoo: Server = {
  id: "yahoo",
  name: "Yahoo",
  fingerprints: [
    { in: "host", endsWith: "login.yahoo.com", weight: 1 },
    { in: "page", text: "Uh oh. Looks like something went wrong", weight: 0.6 },
    { in: "page", text: "Yahoo is unable to process your request", weight: 1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "Yahoo is unable to process your request. We recommend that you contact the owner of the application",
      means: ["redirect-uri-not-registered", "unknown-client"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Uh oh. Looks like something went wrong",
      means: ["redirect-uri-not-registered", "unknown-client"],
    },
    {
      where: "authorize",
      text: "Developers: Please specify a valid request and submit again",
      means: ["pkce-required", "redirect-uri-not-registered", "authorization-request-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "invalid code challenge or method",
      means: ["pkce-required", "pkce-method-unsupported"],
    },
  ],
  remedies: [
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "developer.yahoo.com/apps → the app → Redirect URI(s): https only, exactly as sent; the consumer key in the request must be that of this app",
        },
      ],
    },
  ],
  clientStorage: "Yahoo developer apps",
};
