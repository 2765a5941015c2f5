import type { Server } from "../server.ts";

export const bitbucket: Server = {
  id: "bitbucket",
  name: "Bitbucket",
  fingerprints: [
    { in: "host", endsWith: "bitbucket.org", weight: 1 },
    { in: "page", text: "This integration is misconfigured. Contact the vendor for assistance", weight: 1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "This integration is misconfigured. Contact the vendor for assistance",
      means: ["redirect-uri-not-registered", "unknown-client"],
      distinctive: true,
    },
    { where: "authorize", text: "Invalid redirect_uri", means: ["redirect-uri-not-registered"] },
    {
      where: "token",
      text: "Requests must be authenticated using OAuth client credentials",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    {
      where: "token",
      text: "No callback uri defined for the OAuth client",
      means: ["token-redirect-uri-mismatch"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "No callback uri defined for the OAuth client",
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
          do: "Bitbucket → Workspace settings → OAuth consumers → the consumer → Edit → Callback URL: the redirect URI must begin with it",
        },
      ],
    },
  ],
  clientStorage: "The workspace's OAuth consumers",
};
