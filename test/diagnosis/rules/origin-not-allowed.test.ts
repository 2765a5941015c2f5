import { originNotAllowed } from "@/lib/diagnosis/rules/origin-not-allowed.ts";
import { challenge, describeLadder, mcpUrl, resourceUrl } from "../../discovery/web.ts";

const refused = (message: string) => ({ jsonrpc: "2.0", error: { code: -32000, message }, id: null });

describeLadder(originNotAllowed, [
  { of: "a 401 with a Bearer challenge", web: {}, is: "pass" },
  {
    of: "a 403 in the words of the MCP TypeScript SDK",
    web: { [`POST ${mcpUrl}`]: { status: 403, json: refused("Invalid Origin header: chrome-extension://abc") } },
    is: "fail",
    severity: "error",
    says: "that carried no Origin of ours, and speaks of the Origin",
    shows: ["Invalid Origin header"],
  },
  {
    of: "a 403 as plain text, without resource metadata",
    web: {
      [`POST ${mcpUrl}`]: { status: 403, body: "Forbidden: origin not allowed", type: "text/plain" },
      [resourceUrl]: undefined,
    },
    is: "fail",
    says: "origin not allowed",
  },
  {
    of: "a 403 about something else",
    web: { [`POST ${mcpUrl}`]: { status: 403, json: refused("You may not use this server") } },
    is: "pass",
  },
  { of: "a 401 that speaks of the origin", web: { [`POST ${mcpUrl}`]: { ...challenge, body: "origin" } }, is: "pass" },
  { of: "no answer at all", web: { [`POST ${mcpUrl}`]: { error: "ECONNREFUSED" } }, is: "notApplicable" },
]);
