import type { Server } from "../server.ts";

export const linkedin: Server = {
  id: "linkedin",
  name: "LinkedIn",
  fingerprints: [
    { in: "host", endsWith: "linkedin.com", weight: 1 },
    { in: "cookie", prefix: "bcookie", weight: 0.8 },
    { in: "page", text: "Bummer, something went wrong", weight: 1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "The redirect_uri does not match the registered value",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: 'Scope "{scope}" is not authorized for your application',
      means: ["scope-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "This value must match a URL registered with the API Key",
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
          do: "linkedin.com/developers/apps → the app → Auth → OAuth 2.0 settings → Authorized redirect URLs for your app: add it exactly as sent",
        },
      ],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "linkedin.com/developers/apps → the app → Products: request the product that contains the scope; Auth lists the granted ones",
        },
      ],
    },
  ],
  clientStorage: "LinkedIn developer apps",
};
