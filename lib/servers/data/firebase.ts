import type { Server } from "../server.ts";

export const firebase: Server = {
  id: "firebase",
  name: "Firebase Authentication",
  fingerprints: [
    { in: "host", endsWith: "firebaseapp.com", weight: 0.6 },
    { in: "path", includes: "/__/auth/", weight: 0.8 },
  ],
  messages: [
    {
      where: "callback",
      text: "This domain {domain} is not authorized to run this operation",
      means: ["policy-denied"],
      distinctive: true,
    },
    {
      where: "callback",
      text: "The current domain is not authorized for OAuth operations",
      means: ["policy-denied"],
      distinctive: true,
    },
  ],
  remedies: [
    {
      for: "policy-denied",
      steps: [
        {
          by: "operator",
          do: "Firebase console → Authentication → Settings → Authorized domains → Add domain: add the domain of the page; also check the API key's website restrictions in Google Cloud Console → Credentials",
        },
      ],
    },
  ],
  clientStorage: "Firebase console",
};
