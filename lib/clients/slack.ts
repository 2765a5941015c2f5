import type { Client } from "./client.ts";

export const slack: Client = {
  id: "slack",
  name: "Slack",
  redirectUris: ["https://oauth2.slack.com/external/auth/callback"],
  metadataDocuments: ["https://slack.com/.well-known/oauth-client-metadata"],
  clientNames: ["Slack"],
  allowList: ["https://oauth2.slack.com/external/auth/callback"],
  keepsDeadClientId: "unknown",
  reset: "In Slack, disconnect the app's account and connect it again.",
  retry: "In Slack, connect the account again.",
  traits: ["supports-client-metadata-document"],
};
