import type { RemedyStep, Server } from "../server.ts";

const redirectUriNotRegisteredSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "developer.paypal.com → Apps & Credentials → the app → Log in with PayPal → Advanced settings → Return URL: enter the URI exactly as sent; sandbox and live apps have client IDs and lists of their own, and changes take up to three hours",
  },
];

export const paypal: Server = {
  id: "paypal",
  name: "PayPal",
  fingerprints: [
    { in: "host", endsWith: "paypal.com", weight: 1 },
    { in: "page", text: "Relying Party Validation error", weight: 1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "Relying Party Validation error: redirect_uri provided in the request does not match with the registered redirect_uri",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "token",
      text: "redirect uri mismatch between auth code and token",
      means: ["token-redirect-uri-mismatch"],
      distinctive: true,
    },
    { where: "token", text: "Client Authentication failed", means: ["client-authentication-failed"] },
    {
      where: "authorize",
      text: "invalid client_id or redirect_uri provided",
      means: ["redirect-uri-not-registered", "unknown-client"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "redirect_uri provided in the request does not match with the registered redirect_uri",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
  ],
  remedies: [
    { for: "redirect-uri-not-registered", steps: redirectUriNotRegisteredSteps },
    { for: "unknown-client", steps: redirectUriNotRegisteredSteps },
  ],
  clientStorage: "PayPal developer dashboard",
};
