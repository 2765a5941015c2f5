import { resourceMetadataMissing } from "@/lib/diagnosis/rules/resource-metadata-missing.ts";
import {
  challenge,
  describeLadder,
  issuer,
  mcpUrl,
  resourceDocument,
  resourceUrl,
  serverDocument,
} from "../../discovery/web.ts";

const bare = { ...challenge, headers: { "www-authenticate": "Bearer" } };
const root = "https://mcp.example/.well-known/oauth-protected-resource";

describeLadder(resourceMetadataMissing, [
  { of: "metadata where the challenge says", web: {}, is: "pass" },
  {
    of: "metadata at the root",
    web: { [`POST ${mcpUrl}`]: bare, [resourceUrl]: undefined, [root]: { json: resourceDocument } },
    is: "pass",
  },
  {
    of: "none in any place",
    web: { [`POST ${mcpUrl}`]: bare, [resourceUrl]: undefined },
    is: "fail",
    severity: "error",
    says: "None of the 2 places",
    shows: [resourceUrl, "404"],
  },
  {
    of: "none, but metadata at the MCP server's own host as in 2025-03-26",
    web: {
      [`POST ${mcpUrl}`]: bare,
      [resourceUrl]: undefined,
      "https://mcp.example/.well-known/oauth-authorization-server": {
        json: { ...serverDocument, issuer: "https://mcp.example" },
      },
    },
    is: "fail",
    says: "only clients of 2025-03-26 go on",
  },
  {
    of: "the URL of the challenge is wrong and the proper place is right",
    web: {
      [`POST ${mcpUrl}`]: {
        ...challenge,
        headers: {
          "www-authenticate":
            'Bearer resource_metadata="https://mcp.example/.well-known/oauth-protected-resource/other"',
        },
      },
    },
    is: "fail",
    says: "WWW-Authenticate names https://mcp.example/.well-known/oauth-protected-resource/other",
  },
  {
    of: "a mounted application that serves it behind its own path",
    web: {
      [`POST ${mcpUrl}`]: bare,
      [resourceUrl]: undefined,
      [`${mcpUrl}/.well-known/oauth-protected-resource`]: { json: resourceDocument },
    },
    is: "fail",
    says: `it is at ${mcpUrl}/.well-known/oauth-protected-resource`,
  },
  { of: "too many requests", web: { [resourceUrl]: { status: 429 } }, is: "cannotTell" },
  {
    of: "a server that could not be reached",
    web: { [`POST ${mcpUrl}`]: bare, [resourceUrl]: { error: "ETIMEDOUT" }, [root]: { error: "ETIMEDOUT" } },
    is: "cannotTell",
  },
  { of: "an issuer instead of an MCP server", web: {}, url: issuer, is: "notApplicable" },
]);
