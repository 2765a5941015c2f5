import type { Server } from "../server.ts";

export const facebook: Server = {
  id: "facebook",
  name: "Facebook Login",
  fingerprints: [
    { in: "host", endsWith: "facebook.com", weight: 1 },
    { in: "cookie", prefix: "datr", weight: 0.8 },
  ],
  messages: [
    {
      where: "authorize",
      text: "the redirect URI is not whitelisted in the app's Client OAuth Settings",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The domain of this URL isn't included in the app's domains",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "token",
      text: "The domain of this URL isn't included in the app's domains",
      means: ["token-redirect-uri-mismatch"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The provided app ID does not look like a valid app ID",
      means: ["unknown-client"],
      distinctive: true,
    },
    { where: "authorize", text: "Invalid App ID", means: ["unknown-client"] },
    {
      where: "authorize",
      text: "Insecure Login Blocked",
      means: ["policy-denied", "redirect-uri-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "App not active: This app is not accessible right now",
      means: ["client-not-allowed"],
      distinctive: true,
    },
  ],
  remedies: [
    {
      for: "unknown-client",
      steps: [
        {
          by: "operator",
          do: "developers.facebook.com → My Apps → the app → App settings → Basic: compare the App ID",
        },
      ],
    },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "developers.facebook.com → My Apps → the app → Facebook Login → Settings → Valid OAuth Redirect URIs: add the URI exactly as sent, with Client OAuth Login and Web OAuth Login on; add the host under App settings → Basic → App domains",
        },
      ],
    },
    {
      for: "client-not-allowed",
      steps: [
        { by: "operator", do: "App settings → Basic: switch the app to Live, or add the person under App roles" },
      ],
    },
  ],
  clientStorage: "Meta for Developers",
};
