import type { RemedyStep, Server } from "../server.ts";

const unknownClientSteps: readonly RemedyStep[] = [
  {
    by: "authorization server",
    do: "Supabase forgets dynamically registered clients that were not used: the client must register anew",
  },
  {
    by: "user",
    do: "In the client, remove this server's stored registration and tokens, then connect again, so that it registers anew",
  },
];

const stateMismatchSteps: readonly RemedyStep[] = [
  { by: "user", do: "Start the sign-in again in one browser tab and finish it within five minutes" },
  {
    by: "operator",
    do: "Keep the site and its callback on one host, and exchange the code in the browser that started, where the verifier is stored",
  },
];

export const supabase: Server = {
  id: "supabase",
  name: "Supabase",
  fingerprints: [
    { in: "host", endsWith: "supabase.com", weight: 1 },
    { in: "host", endsWith: "supabase.co", weight: 1 },
    { in: "path", includes: "/auth/v1/", weight: 0.8 },
    { in: "header", name: "sb-project-ref", weight: 1 },
    { in: "header", name: "x-sb-error-code", weight: 1 },
  ],
  messages: [
    { where: "authorize", text: "message Unrecognized client_id", means: ["unknown-client"], distinctive: true },
    { where: "authorize", text: "Unrecognized client_id", means: ["unknown-client"] },
    {
      where: "callback",
      text: "OAuth callback with invalid state",
      means: ["state-mismatch", "transaction-lost"],
      distinctive: true,
    },
    {
      where: "callback",
      text: "OAuth state parameter missing",
      means: ["state-mismatch", "transaction-lost"],
      distinctive: true,
    },
    {
      where: "callback",
      text: "OAuth state parameter is invalid",
      means: ["state-mismatch", "transaction-lost"],
      distinctive: true,
    },
    {
      where: "callback",
      text: "OAuth state is invalid: token is expired",
      means: ["transaction-lost", "state-mismatch"],
      distinctive: true,
    },
    {
      where: "callback",
      text: "invalid flow state, no valid flow state found",
      means: ["pkce-verifier-mismatch", "transaction-lost"],
      distinctive: true,
    },
    { where: "authorize", text: "Signups not allowed for this instance", means: ["policy-denied"], distinctive: true },
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
          do: "Supabase Dashboard → Authentication → URL Configuration → Redirect URLs: add the URI; at the upstream provider register https://<project>.supabase.co/auth/v1/callback",
        },
      ],
    },
    {
      for: "policy-denied",
      steps: [
        {
          by: "operator",
          do: "Supabase Dashboard → Authentication → Sign In / Providers: switch Allow new users to sign up on, or create the user",
        },
      ],
    },
    { for: "state-mismatch", steps: stateMismatchSteps },
    { for: "transaction-lost", steps: stateMismatchSteps },
  ],
  clientStorage: "Supabase's database; dynamically registered clients that are not used are pruned",
};
