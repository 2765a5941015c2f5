import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Amazon Cognito console → User pools → the pool → App clients: compare the client ID; each pool, with its own domain, has clients of its own",
  },
];

export const amazonCognito: Server = {
  id: "amazon-cognito",
  name: "Amazon Cognito",
  fingerprints: [
    { in: "host", endsWith: "amazoncognito.com", weight: 1 },
    { in: "cookie", prefix: "XSRF-TOKEN", weight: 0.1 },
    { in: "cookie", prefix: "cognito", weight: 0.8 },
    { in: "page", text: "An error was encountered with the requested page", weight: 0.8 },
    { in: "path", includes: "/error?error=", weight: 0.1 },
  ],
  messages: [
    {
      where: "authorize",
      text: "An error was encountered with the requested page",
      means: ["redirect-uri-not-registered", "unknown-client", "authorization-request-invalid"],
    },
    { where: "authorize", text: "redirect_mismatch", means: ["redirect-uri-not-registered"], distinctive: true },
    { where: "authorize", text: "User pool client {id} does not exist", means: ["unknown-client"], distinctive: true },
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
          do: "Amazon Cognito console → User pools → the pool → App clients → the client → Login pages → Edit → Allowed callback URLs: add the URI exactly as sent (http only for localhost)",
        },
      ],
    },
    {
      for: "client-not-allowed",
      steps: [
        {
          by: "operator",
          do: "App clients → the client → Login pages → Edit: tick Authorization code grant under OAuth grant types, and at least one identity provider",
        },
      ],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "App clients → the client → Login pages → Edit → OpenID Connect scopes and Custom scopes: tick the scope; custom ones are made under Branding → Resource servers",
        },
      ],
    },
  ],
  clientStorage: "The user pool's app clients; no dynamic registration",
};
