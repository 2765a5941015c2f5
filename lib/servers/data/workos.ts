import type { Server } from "../server.ts";

export const workos: Server = {
  id: "workos",
  name: "WorkOS AuthKit",
  fingerprints: [
    { in: "host", endsWith: "workos.com", weight: 1 },
    { in: "host", endsWith: "authkit.app", weight: 1 },
    { in: "path", includes: "redirect-uri-invalid", weight: 0.6 },
  ],
  messages: [
    {
      where: "authorize",
      text: "Make sure that the app uses the correct redirect URI",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "sso/redirect-uri-invalid", means: ["redirect-uri-not-registered"], distinctive: true },
    { where: "authorize", text: "Couldn't sign in", means: ["authorization-request-invalid", "policy-denied"] },
  ],
  remedies: [
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "WorkOS dashboard → the environment → Redirects → Redirect URIs: add it exactly as sent; staging and production have lists of their own",
        },
      ],
    },
    {
      for: "registration-not-open",
      steps: [
        {
          by: "operator",
          do: "WorkOS dashboard → Connect → Configuration: enable Dynamic Client Registration or Client ID Metadata Document",
        },
      ],
    },
  ],
  clientStorage: "The WorkOS environment",
};
