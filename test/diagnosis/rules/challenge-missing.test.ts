import { challengeMissing } from "@/lib/diagnosis/rules/challenge-missing.ts";
import { challenge, describeLadder, issuer, mcpUrl, resourceUrl, serverUrl } from "../../discovery/web.ts";

const root = "https://mcp.example/.well-known/oauth-protected-resource";

describeLadder(challengeMissing, [
  { of: "a 401 with a Bearer challenge", web: {}, is: "pass" },
  {
    of: "a 401 without WWW-Authenticate beside resource metadata that is there (allowed since 2025-11-25)",
    web: { [`POST ${mcpUrl}`]: { status: 401 } },
    is: "pass",
  },
  {
    of: "a 401 without WWW-Authenticate and no resource metadata",
    web: { [`POST ${mcpUrl}`]: { status: 401 }, [resourceUrl]: undefined },
    is: "fail",
    severity: "error",
    says: "answered 401 without WWW-Authenticate",
    shows: ["WWW-Authenticate", "no such header"],
  },
  {
    of: "a Basic challenge and no resource metadata",
    web: {
      [`POST ${mcpUrl}`]: { ...challenge, headers: { "www-authenticate": 'Basic realm="x"' } },
      [resourceUrl]: undefined,
    },
    is: "fail",
    says: "with the challenge Basic",
  },
  {
    of: "a 403 beside resource metadata",
    web: { [`POST ${mcpUrl}`]: { ...challenge, status: 403 } },
    is: "fail",
    says: "answered 403 to a request without a token, although",
    shows: ["403", root],
  },
  {
    of: "a 200 beside resource metadata",
    web: { [`POST ${mcpUrl}`]: { json: { jsonrpc: "2.0", id: 1, result: {} } } },
    is: "fail",
    says: "answered 200",
  },
  {
    of: "a 404 beside resource metadata: perhaps another path",
    web: { [`POST ${mcpUrl}`]: { status: 404 } },
    is: "cannotTell",
  },
  {
    of: "a 403 because of the Origin: what comes behind that was not seen",
    web: { [`POST ${mcpUrl}`]: { status: 403, json: { error: { message: "Invalid Origin header" } } } },
    is: "notApplicable",
    says: "looked at the Origin first",
  },
  {
    of: "a redirect to the same URL with a slash, which clients follow",
    web: {
      [`POST ${mcpUrl}`]: { status: 307, location: `${mcpUrl}/` },
      [`POST ${mcpUrl}/`]: challenge,
    },
    is: "pass",
  },
  {
    of: "a redirect to another host",
    web: { [`POST ${mcpUrl}`]: { status: 307, location: "https://www.mcp.example/mcp" } },
    is: "fail",
    says: "sent it on to https://www.mcp.example/mcp (different host)",
  },
  {
    of: "a redirect to plain http",
    web: { [`POST ${mcpUrl}`]: { status: 301, location: "http://mcp.example/mcp" } },
    is: "fail",
    says: "(different scheme)",
  },
  {
    of: "a redirect to a login wall",
    web: { [`POST ${mcpUrl}`]: { location: "https://login.example/cdn-cgi/access/login" } },
    is: "fail",
    says: "sent it on to https://login.example/cdn-cgi/access/login",
  },
  { of: "an overloaded server", web: { [`POST ${mcpUrl}`]: { status: 503 } }, is: "cannotTell" },
  {
    of: "an issuer instead of an MCP server",
    web: { [serverUrl]: { json: { issuer, authorization_endpoint: `${issuer}/a` } } },
    url: issuer,
    is: "notApplicable",
  },
  { of: "no answer at all", web: { [`POST ${mcpUrl}`]: { error: "ECONNREFUSED" } }, is: "notApplicable" },
]);
