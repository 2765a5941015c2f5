import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Outside Development the page hides the reason: search the server log for the Request Id shown on it, at level Error of Duende.IdentityServer",
  },
  {
    by: "operator",
    do: "Add the client with this ClientId to the configuration store (or Config.Clients) and keep Enabled = true",
  },
];

export const duendeIdentityserver: Server = {
  id: "duende-identityserver",
  name: "Duende IdentityServer",
  fingerprints: [
    { in: "path", includes: "/connect/authorize", weight: 0.6 },
    { in: "path", includes: "/connect/token", weight: 0.4 },
    { in: "path", includes: "/home/error", weight: 0.3 },
    { in: "path", includes: "errorId=", weight: 0.8 },
    { in: "cookie", prefix: "idsrv", weight: 1 },
    { in: "page", text: "Sorry, there was an error", weight: 0.6 },
    { in: "metadata", field: "device_authorization_endpoint", includes: "/connect/deviceauthorization", weight: 1 },
  ],
  messages: [
    { where: "authorize", text: "Invalid redirect_uri", means: ["redirect-uri-not-registered"] },
    { where: "authorize", text: "Response type not supported", means: ["response-type-unsupported"] },
    { where: "authorize", text: "Invalid grant type for client", means: ["client-not-allowed"], distinctive: true },
    { where: "authorize", text: "code challenge required", means: ["pkce-required"] },
    { where: "authorize", text: "Transform algorithm not supported", means: ["pkce-method-unsupported"] },
    { where: "authorize", text: "Invalid resource indicator", means: ["resource-invalid"] },
    {
      where: "authorize",
      text: "Client must use request object, but no request or request_uri parameter present",
      means: ["request-object-invalid"],
      distinctive: true,
    },
    {
      where: "registration",
      text: "redirect URI required for authorization_code grant type",
      means: ["registration-redirect-uri-rejected"],
      distinctive: true,
    },
    { where: "registration", text: "unsupported grant type", means: ["registration-rejected"] },
    {
      where: "authorize",
      text: "Sorry, there was an error : unauthorized_client",
      means: ["unknown-client", "client-not-allowed"],
    },
    {
      where: "authorize",
      text: "Sorry, there was an error : invalid_request",
      means: ["authorization-request-invalid", "redirect-uri-not-registered", "unknown-client"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Sorry, there was an error : invalid_scope",
      means: ["scope-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Sorry, there was an error : unsupported_response_type",
      means: ["response-type-unsupported"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Sorry, there was an error : invalid_target",
      means: ["resource-invalid"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Unknown client or client not enabled",
      means: ["unknown-client", "client-not-allowed"],
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
          do: 'Search the log for the Request Id on the page ("Invalid redirect_uri" names it), then add the URI to the client\'s RedirectUris, compared exactly; for free loopback ports add AddAppAuthRedirectUriValidator',
        },
      ],
    },
    {
      for: "client-not-allowed",
      steps: [{ by: "operator", do: "Set Enabled = true and AllowedGrantTypes = GrantTypes.Code on the client" }],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "Define the ApiScope or IdentityResource and list it in the client's AllowedScopes; offline_access needs AllowOfflineAccess = true",
        },
      ],
    },
  ],
  clientStorage:
    "The configuration store (Entity Framework) or clients in code; no dynamic registration unless Duende.IdentityServer.Configuration is added",
};
