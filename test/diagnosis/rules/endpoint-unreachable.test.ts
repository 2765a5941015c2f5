import { endpointUnreachable } from "@/lib/diagnosis/rules/endpoint-unreachable.ts";
import { server, trace } from "../../builders.ts";
import { describeLadder, issuer, resourceUrl, serverDocument, serverUrl } from "../../discovery/web.ts";
import { describeRule } from "./table.ts";

const openid = `${issuer}/.well-known/openid-configuration`;

describeLadder(endpointUnreachable, [
  { of: "a server that answers", web: {}, is: "pass" },
  {
    of: "an authorization server without an address",
    web: { [serverUrl]: { error: "ENOTFOUND" }, [openid]: { error: "ENOTFOUND" } },
    is: "fail",
    severity: "error",
    says: `${issuer}, which does not answer (ENOTFOUND)`,
    shows: [serverUrl],
  },
  { of: "one failure among answers", web: { [serverUrl]: { error: "ECONNRESET" } }, is: "pass" },
  { of: "no resource metadata", web: { [resourceUrl]: undefined }, is: "notApplicable" },
]);

const local = { ...serverDocument, issuer: server, authorization_endpoint: `${server}/authorize` };

describeRule(endpointUnreachable, [
  {
    of: "the advertised authorization endpoint refuses the connection",
    trace: trace()
      .metadata(`${server}/.well-known/oauth-authorization-server`, { json: local })
      .authorizationRequest()
      .fails("net::ERR_CONNECTION_REFUSED"),
    is: "fail",
    certainty: "proven",
    says: "does not answer (net::ERR_CONNECTION_REFUSED)",
  },
  {
    of: "it answers",
    trace: trace()
      .metadata(`${server}/.well-known/oauth-authorization-server`, { json: local })
      .authorizationRequest()
      .loginPage(),
    is: "notApplicable",
  },
]);
