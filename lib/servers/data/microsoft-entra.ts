import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Compare the client ID with Microsoft Entra admin center → Entra ID → App registrations → the app → Application (client) ID; a placeholder left from a sample is refused the same way",
  },
  {
    by: "operator",
    do: "Compare the tenant in the URL with the app's directory: use /{tenant-id}/, or make the app multitenant and have an administrator of the other tenant consent",
    code: { language: "text", text: `https://login.microsoftonline.com/{tenant}/adminconsent?client_id={client-id}` },
  },
  { by: "client", do: "Entra has no dynamic registration: enter a client ID that was registered by hand" },
];

const redirectUriNotRegisteredSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "Microsoft Entra admin center → Entra ID → App registrations → the app → Authentication → Add a platform: choose Mobile and desktop applications for http://localhost and private-use schemes, Single-page application for browser clients, Web for servers; then add the redirect URI exactly as sent",
  },
  {
    by: "operator",
    do: "Under Mobile and desktop applications http://localhost matches every port; http://127.0.0.1 can only be added in the manifest (replyUrlsWithType)",
  },
];

const policyDeniedSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "An administrator grants consent: Entra ID → Enterprise applications → the app → Permissions → Grant admin consent; with Assignment required switched on, add the user under Users and groups",
  },
  {
    by: "operator",
    do: "For AADSTS53003: Entra ID → Sign-in logs → the request's Correlation Id → Conditional Access names the policy",
  },
];

const pkceRequiredSteps: readonly RemedyStep[] = [
  {
    by: "operator",
    do: "App registrations → the app → Authentication: the platform of the redirect URI decides. Under Single-page application the code is redeemed by the browser with PKCE and without a secret; under Web by a server with a secret; move the redirect URI to the right platform",
  },
  {
    by: "operator",
    do: "For AADSTS7000215 and 7000222: Certificates & secrets → New client secret, and use its Value, not its Secret ID",
  },
  { by: "operator", do: "For AADSTS7000218 switch Allow public client flows on, or send the secret" },
];

export const microsoftEntra: Server = {
  id: "microsoft-entra",
  name: "Microsoft Entra ID",
  fingerprints: [
    { in: "host", endsWith: "login.microsoftonline.com", weight: 1 },
    { in: "host", endsWith: "login.microsoftonline.us", weight: 1 },
    { in: "host", endsWith: "login.partner.microsoftonline.cn", weight: 1 },
    { in: "host", endsWith: "ciamlogin.com", weight: 1 },
    { in: "cookie", prefix: "ESTSAUTH", weight: 0.8 },
    { in: "cookie", prefix: "esctx", weight: 0.6 },
    { in: "page", text: "AADSTS", weight: 1 },
    { in: "page", text: "Correlation Id", weight: 0.4 },
    { in: "metadata", field: "tenant_region_scope", weight: 1 },
  ],
  messages: [
    { where: "authorize", text: "AADSTS50011", means: ["redirect-uri-not-registered"], distinctive: true },
    { where: "authorize", text: "AADSTS70004", means: ["redirect-uri-not-registered"], distinctive: true },
    {
      where: "authorize",
      text: "AADSTS900971",
      means: ["redirect-uri-missing", "redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "authorize", text: "AADSTS700016", means: ["unknown-client"], distinctive: true },
    { where: "token", text: "AADSTS700011", means: ["client-authentication-failed"], distinctive: true },
    { where: "authorize", text: "AADSTS70001", means: ["unknown-client", "client-not-allowed"], distinctive: true },
    { where: "authorize", text: "AADSTS7000112", means: ["client-not-allowed"], distinctive: true },
    { where: "authorize", text: "AADSTS50194", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS9002332", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS65001", means: ["interaction-required", "policy-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS65004", means: ["access-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS90094", means: ["policy-denied", "interaction-required"], distinctive: true },
    { where: "authorize", text: "AADSTS90095", means: ["policy-denied", "interaction-required"], distinctive: true },
    { where: "authorize", text: "AADSTS650056", means: ["authorization-request-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS650057", means: ["scope-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS500011", means: ["resource-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS50001", means: ["resource-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS901002", means: ["resource-invalid"], distinctive: true },
    { where: "token", text: "AADSTS70011", means: ["scope-invalid"], distinctive: true },
    { where: "token", text: "AADSTS28002", means: ["scope-invalid"], distinctive: true },
    { where: "token", text: "AADSTS28003", means: ["scope-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS700022", means: ["scope-invalid"], distinctive: true },
    { where: "token", text: "AADSTS700023", means: ["scope-invalid"], distinctive: true },
    { where: "token", text: "AADSTS7000218", means: ["client-authentication-failed"], distinctive: true },
    { where: "token", text: "AADSTS7000215", means: ["client-authentication-failed"], distinctive: true },
    { where: "token", text: "AADSTS7000222", means: ["client-authentication-failed"], distinctive: true },
    { where: "token", text: "AADSTS700025", means: ["client-authentication-failed"], distinctive: true },
    { where: "token", text: "AADSTS70002", means: ["client-authentication-failed"], distinctive: true },
    { where: "token", text: "AADSTS700027", means: ["client-authentication-failed"], distinctive: true },
    { where: "token", text: "AADSTS501481", means: ["pkce-verifier-mismatch"], distinctive: true },
    { where: "token", text: "AADSTS50147", means: ["pkce-verifier-mismatch"], distinctive: true },
    {
      where: "authorize",
      text: "AADSTS501491",
      means: ["pkce-method-unsupported", "pkce-required"],
      distinctive: true,
    },
    { where: "token", text: "AADSTS54005", means: ["authorization-code-invalid"], distinctive: true },
    { where: "token", text: "AADSTS70008", means: ["authorization-code-invalid"], distinctive: true },
    { where: "token", text: "AADSTS700082", means: ["authorization-code-invalid"], distinctive: true },
    { where: "token", text: "AADSTS700084", means: ["authorization-code-invalid"], distinctive: true },
    { where: "token", text: "AADSTS50173", means: ["authorization-code-invalid"], distinctive: true },
    { where: "token", text: "AADSTS70000", means: ["authorization-code-invalid"], distinctive: true },
    { where: "token", text: "AADSTS700005", means: ["authorization-code-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS50105", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS53003", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS530032", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS50020", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS16000", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS500021", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS90033", means: ["authorization-server-unavailable"], distinctive: true },
    { where: "authorize", text: "AADSTS9010010", means: ["resource-invalid"] },
    {
      where: "authorize",
      text: "The resource parameter provided in the request doesn't match with the requested scopes",
      means: ["resource-invalid"],
      distinctive: true,
    },
    { where: "token", text: "AADSTS9002325", means: ["pkce-required"], distinctive: true },
    {
      where: "token",
      text: "Proof Key for Code Exchange is required for cross-origin authorization code redemption",
      means: ["pkce-required"],
      distinctive: true,
    },
    { where: "authorize", text: "AADSTS500113", means: ["redirect-uri-not-registered"] },
    { where: "token", text: "AADSTS9002326", means: ["client-authentication-failed"], distinctive: true },
    {
      where: "token",
      text: "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    { where: "token", text: "AADSTS9002327", means: ["client-authentication-failed"], distinctive: true },
    {
      where: "token",
      text: "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests",
      means: ["client-authentication-failed"],
      distinctive: true,
    },
    { where: "token", text: "AADSTS90023", means: ["client-authentication-failed"], distinctive: true },
    { where: "authorize", text: "AADSTS500201", means: ["policy-denied"], distinctive: true },
    {
      where: "authorize",
      text: "We are unable to issue tokens from this API version for a Microsoft account",
      means: ["policy-denied"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "The redirect URI '{url}' specified in the request does not match the redirect URIs configured for the application '{value}'",
      means: ["redirect-uri-not-registered"],
      distinctive: true,
    },
    { where: "token", text: "AADSTS50011", means: ["token-redirect-uri-mismatch"], distinctive: true },
    {
      where: "token",
      text: "The reply address '{url}' does not match the reply addresses configured for the application",
      means: ["token-redirect-uri-mismatch"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "Application with identifier '{client_id}' was not found in the directory '{tenant}'",
      means: ["unknown-client"],
      distinctive: true,
    },
    {
      where: "authorize",
      text: "You may have sent your authentication request to the wrong tenant",
      means: ["unknown-client"],
      distinctive: true,
    },
    { where: "authorize", text: "AADSTS90002", means: ["policy-denied"], distinctive: true },
    { where: "authorize", text: "AADSTS900144", means: ["authorization-request-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS90014", means: ["authorization-request-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS70005", means: ["response-type-unsupported"], distinctive: true },
    { where: "authorize", text: "AADSTS700054", means: ["response-type-unsupported"], distinctive: true },
    { where: "authorize", text: "AADSTS70011", means: ["scope-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS50058", means: ["interaction-required"], distinctive: true },
    { where: "authorize", text: "AADSTS50196", means: ["authorization-request-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS90015", means: ["authorization-request-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS90102", means: ["authorization-request-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS900561", means: ["authorization-request-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS9002313", means: ["authorization-request-invalid"], distinctive: true },
    { where: "authorize", text: "AADSTS50147", means: ["pkce-method-unsupported"], distinctive: true },
  ],
  remedies: [
    { for: "unknown-client", steps: unknownClientSteps },
    { for: "client-known-to-some-instances", steps: unknownClientSteps },
    { for: "client-registration-lost", steps: unknownClientSteps },
    { for: "redirect-uri-not-registered", steps: redirectUriNotRegisteredSteps },
    { for: "redirect-uri-missing", steps: redirectUriNotRegisteredSteps },
    {
      for: "client-not-allowed",
      steps: [
        {
          by: "operator",
          do: "Entra ID → Enterprise applications → the app → Properties: set Enabled for users to sign-in to Yes",
        },
      ],
    },
    { for: "policy-denied", steps: policyDeniedSteps },
    { for: "interaction-required", steps: policyDeniedSteps },
    {
      for: "resource-invalid",
      steps: [
        {
          by: "client",
          do: "Send either resource or scopes of the same API, not both different ones: the v2.0 endpoint takes the API from the scope and refuses a resource that differs",
        },
        {
          by: "operator",
          do: "For AADSTS500011 register or consent to the API in this tenant: App registrations → the app → API permissions → Add a permission",
        },
      ],
    },
    {
      for: "scope-invalid",
      steps: [
        {
          by: "operator",
          do: "App registrations → the app → API permissions → Add a permission: add the scope; ask for scopes of one API at a time",
        },
      ],
    },
    { for: "pkce-required", steps: pkceRequiredSteps },
    { for: "client-authentication-failed", steps: pkceRequiredSteps },
  ],
  clientStorage: "The tenant's directory; Entra has no dynamic registration",
};
