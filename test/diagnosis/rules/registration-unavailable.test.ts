import { registrationUnavailable } from "@/lib/diagnosis/rules/registration-unavailable.ts";
import { server, trace } from "../../builders.ts";
import { describeLadder, issuer, serverDocument, serverUrl } from "../../discovery/web.ts";
import { describeRule } from "./table.ts";

const closed = { ...serverDocument, registration_endpoint: undefined };

describeLadder(registrationUnavailable, [
  { of: "a registration endpoint", web: {}, is: "pass" },
  {
    of: "client ID metadata documents",
    web: { [serverUrl]: { json: { ...closed, client_id_metadata_document_supported: true } } },
    is: "pass",
  },
  {
    of: "neither",
    web: { [serverUrl]: { json: closed } },
    is: "fail",
    severity: "warning",
    says: "has neither",
    shows: ["absent"],
  },
  {
    of: "documents that are ruled out",
    web: { [serverUrl]: { json: { ...closed, client_id_metadata_document_supported: false } } },
    is: "fail",
  },
  { of: "a server of another protocol", url: issuer, web: { [serverUrl]: { json: closed } }, is: "notApplicable" },
  { of: "no document", web: { [serverUrl]: undefined }, is: "notApplicable" },
]);

describeRule(registrationUnavailable, [
  {
    of: "a client that has its client_id",
    trace: trace()
      .metadata(`${server}/.well-known/oauth-protected-resource`, {
        json: { resource: server, authorization_servers: [server] },
      })
      .metadata(`${server}/.well-known/oauth-authorization-server`, { json: { ...closed, issuer: server } })
      .authorizationRequest(),
    is: "notApplicable",
    says: "already has",
  },
]);
