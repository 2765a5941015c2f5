import type { Server } from "../server.ts";

export const spotify: Server = {
  id: "spotify",
  name: "Spotify",
  fingerprints: [
    { in: "host", endsWith: "accounts.spotify.com", weight: 1 },
    { in: "cookie", prefix: "__Host-sp_csrf_sid", weight: 1 },
    { in: "cookie", prefix: "sp_t", weight: 0.3 },
  ],
  messages: [
    {
      where: "authorize",
      text: "INVALID_CLIENT: Invalid redirect URI",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "INVALID_CLIENT: Insecure redirect URI",
      means: ["redirect-uri-not-registered", "redirect-uri-invalid"],
      distinctive: true,
    },
    { where: "authorize", text: "INVALID_CLIENT: Invalid client", means: ["unknown-client"], distinctive: true },
    { where: "authorize", text: "INVALID_SCOPE: Invalid scope", means: ["scope-invalid"], distinctive: true },
  ],
  remedies: [
    {
      for: "unknown-client",
      steps: [
        {
          by: "operator",
          do: "developer.spotify.com/dashboard → the app → Settings → Basic Information: compare the Client ID",
        },
      ],
    },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "developer.spotify.com/dashboard → the app → Settings → Basic Information → Edit → Redirect URIs: add it exactly as sent. Spotify takes https, or http with a loopback IP address (http://127.0.0.1:port), but not localhost",
        },
      ],
    },
  ],
  clientStorage: "The Spotify developer dashboard",
};
