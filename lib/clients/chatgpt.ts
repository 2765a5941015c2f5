import type { Client } from "./client.ts";

export const chatgpt: Client = {
  id: "chatgpt",
  name: "ChatGPT",
  redirectUris: ["https://chatgpt.com/connector_platform_oauth_redirect", "https://chatgpt.com/connector/oauth/{any}"],
  metadataDocuments: ["https://chatgpt.com/oauth/client.json", "https://chatgpt.com/oauth/{any}/client.json"],
  clientNames: ["ChatGPT"],
  allowList: [
    "https://chatgpt.com/connector_platform_oauth_redirect",
    "https://chatgpt.com/connector/oauth/<callback id shown in the connector's settings>",
  ],
  keepsDeadClientId: "unknown",
  reset:
    "In ChatGPT, open Settings, Connectors, delete the connector and create it again: it registers once per connection.",
  retry: "In ChatGPT, open Settings, Connectors and choose Connect on the connector.",
  traits: ["sends-resource-of-url", "supports-client-metadata-document", "checks-iss"],
};
