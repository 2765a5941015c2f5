import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "User settings → Applications (or Admin → Applications): look for this application ID. Clients registered dynamically vanish when an administrator switches dynamic registration off; then create an application with the redirect URI and give its ID to the client",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

export const gitlab: Server = {
  id: "gitlab",
  name: "GitLab",
  fingerprints: [
    { in: "host", endsWith: "gitlab.com", weight: 1 },
    { in: "cookie", prefix: "_gitlab_session", weight: 1 },
    { in: "page", text: "GitLab", weight: 0.3 },
    { in: "header", name: "x-gitlab-meta", weight: 1 },
    { in: "path", includes: "/oauth/authorize", weight: 0.1 },
  ],
  messages: [
    { where: "authorize", text: "The OAuth client is not recognized", means: ["unknown-client"], distinctive: true },
    {
      where: "authorize",
      text: "The redirect URI included is not valid",
      means: ["redirect-uri-not-registered", "redirect-uri-missing"],
    },
    { where: "registration", text: "client_name is too long", means: ["registration-rejected"], distinctive: true },
    {
      where: "registration",
      text: "This endpoint has been requested too many times",
      means: ["authorization-server-unavailable"],
    },
    {
      where: "authorize",
      text: "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method",
      means: ["unknown-client"],
    },
    { where: "authorize", text: "The requested scope is invalid, unknown, or malformed", means: ["scope-invalid"] },
    {
      where: "authorize",
      text: "The authorization server does not support this response type",
      means: ["response-type-unsupported"],
    },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    {
      for: "redirect-uri-not-registered",
      steps: [
        { by: "operator", do: "Applications → the application → Edit → Redirect URI: one per line, exactly as sent" },
      ],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "Applications → the application → Edit → Scopes: tick the scope that is asked for (mcp for the GitLab MCP server)",
        },
      ],
    },
  ],
  clientStorage: "GitLab's database; with dynamic registration switched off, clients registered that way are removed",
};
