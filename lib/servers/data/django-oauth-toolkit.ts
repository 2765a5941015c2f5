import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Django admin → Django OAuth Toolkit → Applications: look for this client ID; add an application if it is missing (the toolkit has no dynamic registration)",
  },
];

export const djangoOauthToolkit: Server = {
  id: "django-oauth-toolkit",
  name: "Django OAuth Toolkit",
  fingerprints: [
    { in: "path", includes: "/o/authorize", weight: 0.8 },
    { in: "path", includes: "/o/token", weight: 0.6 },
    { in: "page", text: "Error: invalid_request", weight: 0.4 },
    { in: "cookie", prefix: "csrftoken", weight: 0.1 },
  ],
  messages: [
    { where: "authorize", text: "Missing client_id parameter", means: ["client-id-missing"] },
    { where: "authorize", text: "Invalid redirect URI", means: ["redirect-uri-not-registered"] },
    { where: "authorize", text: "Missing redirect URI", means: ["redirect-uri-missing"] },
    { where: "authorize", text: "Code challenge required", means: ["pkce-required"] },
    { where: "authorize", text: "Transform algorithm not supported", means: ["pkce-method-unsupported"] },
    { where: "token", text: "Code verifier required", means: ["pkce-verifier-mismatch"] },
    { where: "authorize", text: "Invalid client_id parameter value", means: ["unknown-client"], distinctive: true },
    { where: "authorize", text: "Mismatching redirect URI", means: ["redirect-uri-not-registered"], distinctive: true },
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
          do: "Django admin → Applications → the application → Redirect uris: add the redirect_uri, one per line, exactly as sent",
        },
        {
          by: "operator",
          do: 'For schemes other than https, add them to OAUTH2_PROVIDER["ALLOWED_REDIRECT_URI_SCHEMES"]',
        },
      ],
    },
    {
      for: "pkce-required",
      steps: [
        { by: "client", do: "Send code_challenge and code_challenge_method=S256" },
        { by: "operator", do: "PKCE_REQUIRED in OAUTH2_PROVIDER is on by default since 2.0; leave it on" },
      ],
    },
    {
      for: "scope-invalid",
      steps: [{ by: "operator", do: "Add the scope to SCOPES (and DEFAULT_SCOPES) in OAUTH2_PROVIDER" }],
    },
    {
      for: "registration-not-open",
      steps: [
        {
          by: "operator",
          do: "The toolkit has no dynamic registration: create the application in the admin and give its client ID to the client",
        },
      ],
    },
  ],
  clientStorage: "The Django database (model Application)",
};
