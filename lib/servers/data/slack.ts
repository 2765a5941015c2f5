import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  { by: "operator", do: "api.slack.com/apps → the app → Basic Information → App Credentials: compare the Client ID" },
];

export const slack: Server = {
  id: "slack",
  name: "Slack",
  fingerprints: [
    { in: "host", endsWith: "slack.com", weight: 1 },
    { in: "cookie", prefix: "d-s", weight: 0.2 },
  ],
  messages: [
    {
      where: "authorize",
      text: "redirect_uri did not match any configured URIs",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "Invalid client_id parameter", means: ["unknown-client"] },
    { where: "authorize", text: "Passed URI:", means: ["redirect-uri-not-registered"] },
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
          do: "api.slack.com/apps → the app → OAuth & Permissions → Redirect URLs → Add New Redirect URL, then Save URLs. Slack takes a longer path below a listed URL, and https (http for localhost only)",
        },
      ],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "api.slack.com/apps → the app → OAuth & Permissions → Scopes: add it under Bot Token or User Token Scopes, whichever the request uses",
        },
      ],
    },
    {
      for: "policy-denied",
      steps: [{ by: "operator", do: "A workspace owner approves the app: Settings & administration → Manage apps" }],
    },
  ],
  clientStorage: "api.slack.com/apps; no dynamic registration",
};
