import type { Server } from "../server.ts";

export const onelogin: Server = {
  id: "onelogin",
  name: "OneLogin",
  fingerprints: [{ in: "host", endsWith: "onelogin.com", weight: 1 }],
  messages: [
    {
      where: "authorize",
      text: "redirect_uri did not match any client's registered redirect_uris",
      means: ["redirect-uri-not-registered"],
    },
  ],
  remedies: [
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "OneLogin Administration → Applications → the app → Configuration → Redirect URI's: one per line, exactly as sent",
        },
      ],
    },
  ],
  clientStorage: "The account's OpenID Connect apps",
};
