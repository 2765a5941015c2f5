import { refreshNotOffered } from "@/lib/diagnosis/rules/refresh-not-offered.ts";
import { server, trace } from "../../builders.ts";
import { describeLadder, serverDocument, serverUrl } from "../../discovery/web.ts";
import { describeRule } from "./table.ts";

const withGrants = (grants: unknown, scopes: unknown = ["mcp"]) => ({
  [serverUrl]: { json: { ...serverDocument, grant_types_supported: grants, scopes_supported: scopes } },
});

describeLadder(refreshNotOffered, [
  { of: "the refresh_token grant", web: {}, is: "pass" },
  {
    of: "the grant without offline_access, as some servers have it",
    web: withGrants(["authorization_code", "refresh_token"]),
    is: "pass",
  },
  {
    of: "offline_access without the grant in the list",
    web: withGrants(["authorization_code"], ["offline_access"]),
    is: "pass",
  },
  {
    of: "neither",
    web: withGrants(["authorization_code"]),
    is: "fail",
    severity: "warning",
    says: "is authorization_code",
    shows: ["authorization_code"],
  },
  { of: "no list of grants", web: withGrants(undefined), is: "notApplicable" },
  { of: "no document", web: { [serverUrl]: undefined }, is: "notApplicable" },
]);

describeRule(refreshNotOffered, [
  {
    of: "a request that asks for offline_access",
    trace: trace()
      .metadata(`${server}/.well-known/oauth-authorization-server`, {
        json: { ...serverDocument, grant_types_supported: ["authorization_code"] },
      })
      .authorizationRequest({ scope: "mcp offline_access" }),
    is: "fail",
    certainty: "proven",
    says: "although the request asks for offline_access",
  },
]);
