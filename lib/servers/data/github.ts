import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "GitHub shows a 404 page for an unknown client ID: compare it with Settings → Developer settings → OAuth Apps (or GitHub Apps) → the app. GitHub has no dynamic registration: create an app by hand",
  },
];

export const github: Server = {
  id: "github",
  name: "GitHub",
  fingerprints: [
    { in: "host", endsWith: "github.com", weight: 1 },
    { in: "path", includes: "/login/oauth/authorize", weight: 0.4 },
    { in: "cookie", prefix: "_gh_sess", weight: 1 },
    { in: "metadata", field: "authorization_endpoint", includes: "github.com/login/oauth", weight: 1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "The redirect_uri is not associated with this application",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The application might be misconfigured or could be trying to redirect you to a website you weren't expecting",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The redirect_uri MUST match the registered callback URL for this application",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "The user has denied your application access", means: ["access-denied"] },
    {
      where: "token",
      text: "The client_id and/or client_secret passed are incorrect",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    {
      where: "token",
      text: "The redirect_uri MUST match the registered callback URL for this application",
      means: ["token-redirect-uri-mismatch"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Your application has been suspended",
      means: ["client-not-allowed"],
      distinctive: true,
    },
    {
      where: "token",
      text: "The code passed is incorrect or expired",
      means: ["authorization-code-invalid"],
      distinctive: true,
    },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    {
      for: "redirect-uri-not-registered",
      steps: [
        {
          by: "operator",
          do: "Settings → Developer settings → OAuth Apps → the app → Authorization callback URL (an OAuth app has one; GitHub Apps take up to ten): enter the URI as sent. Host and port must be equal, the path may go deeper; loopback ports are free for http://127.0.0.1",
        },
      ],
    },
    {
      for: "policy-denied",
      steps: [
        {
          by: "operator",
          do: "Organisation → Settings → Third-party access → OAuth app policy: approve the application",
        },
      ],
    },
    {
      for: "registration-not-open",
      steps: [
        {
          by: "client",
          do: "GitHub has no dynamic registration: enter the client ID and secret of an OAuth app created under Settings → Developer settings",
        },
      ],
    },
  ],
  clientStorage: "GitHub's OAuth apps and GitHub Apps; no dynamic registration",
};
