import { resourceMetadataMismatch } from "@/lib/diagnosis/rules/resource-metadata-mismatch.ts";
import { challenge, describeLadder, issuer, mcpUrl, resourceDocument, resourceUrl } from "../../discovery/web.ts";

const withResource = (resource: string) => ({ [resourceUrl]: { json: { ...resourceDocument, resource } } });

describeLadder(resourceMetadataMismatch, [
  { of: "the URL of the MCP server", web: {}, is: "pass" },
  {
    of: "a root with and without its slash, which is one URL",
    url: "https://mcp.example",
    web: {
      "POST https://mcp.example": { ...challenge, headers: { "www-authenticate": "Bearer" } },
      "https://mcp.example/.well-known/oauth-protected-resource": {
        json: { ...resourceDocument, resource: "https://mcp.example/" },
      },
    },
    is: "pass",
  },
  {
    of: "a slash at the end",
    web: withResource(`${mcpUrl}/`),
    is: "fail",
    severity: "warning",
    says: "different trailing slash",
    shows: [`${mcpUrl}/`],
  },
  {
    of: "the parent path",
    web: withResource("https://mcp.example/"),
    is: "fail",
    severity: "warning",
    says: "parent path",
  },
  {
    of: "another path",
    web: withResource("https://mcp.example/other"),
    is: "fail",
    severity: "error",
    says: "different path",
  },
  {
    of: "the internal host",
    web: withResource("http://10.0.0.7:8000/mcp"),
    is: "fail",
    severity: "error",
    says: "scheme",
  },
  { of: "no resource metadata", web: { [resourceUrl]: undefined }, is: "notApplicable" },
  { of: "an issuer instead of an MCP server", web: {}, url: issuer, is: "notApplicable" },
]);
