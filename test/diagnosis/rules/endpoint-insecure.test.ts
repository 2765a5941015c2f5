import { endpointInsecure } from "@/lib/diagnosis/rules/endpoint-insecure.ts";
import {
  describeLadder,
  mcpUrl,
  resourceDocument,
  resourceUrl,
  serverDocument,
  serverUrl,
} from "../../discovery/web.ts";

const withEndpoint = (url: string) => ({ [serverUrl]: { json: { ...serverDocument, token_endpoint: url } } });
const local = "http://127.0.0.1:9000";

describeLadder(endpointInsecure, [
  { of: "https throughout", web: {}, is: "pass" },
  {
    of: "plain http behind TLS",
    web: withEndpoint("http://auth.example/token"),
    is: "fail",
    severity: "error",
    says: "plain http",
    shows: ["token_endpoint", "http://auth.example/token"],
  },
  {
    of: "an internal name",
    web: withEndpoint("https://auth.internal/token"),
    is: "fail",
    says: "only the server's own network",
  },
  {
    of: "a loopback address in a public document",
    web: withEndpoint("http://localhost:8080/token"),
    is: "fail",
    says: "only the server's own network",
  },
  { of: "a script", web: withEndpoint("javascript:alert(1)"), is: "fail", says: "neither https nor http" },
  {
    of: "an internal resource",
    web: { [resourceUrl]: { json: { ...resourceDocument, resource: "http://mcp-service:8000/mcp" } } },
    is: "fail",
    shows: ["resource"],
  },
  {
    of: "a local server over http, as developers run it",
    url: `${local}/mcp`,
    web: {
      [`POST ${local}/mcp`]: { status: 401, headers: { "www-authenticate": "Bearer" } },
      [`${local}/.well-known/oauth-protected-resource/mcp`]: {
        json: { resource: `${local}/mcp`, authorization_servers: ["http://localhost:9001"] },
      },
      "http://localhost:9001/.well-known/oauth-authorization-server": {
        json: {
          ...serverDocument,
          issuer: "http://localhost:9001",
          authorization_endpoint: "http://localhost:9001/a",
          token_endpoint: "http://localhost:9001/t",
          registration_endpoint: undefined,
        },
      },
    },
    is: "pass",
  },
  { of: "no document", web: { [`POST ${mcpUrl}`]: { status: 500 }, [resourceUrl]: undefined }, is: "notApplicable" },
]);
