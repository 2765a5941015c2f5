import { serverMetadataMissing } from "@/lib/diagnosis/rules/server-metadata-missing.ts";
import {
  describeLadder,
  issuer,
  mcpUrl,
  resourceDocument,
  resourceUrl,
  serverDocument,
  serverUrl,
} from "../../discovery/web.ts";

const tenant = { [resourceUrl]: { json: { ...resourceDocument, authorization_servers: [`${issuer}/t`] } } };

describeLadder(serverMetadataMissing, [
  { of: "a document at the first place", web: {}, is: "pass" },
  {
    of: "an OpenID document at the second",
    web: { [serverUrl]: undefined, [`${issuer}/.well-known/openid-configuration`]: { json: serverDocument } },
    is: "pass",
  },
  {
    of: "nothing in either place of an issuer without a path",
    web: { [serverUrl]: undefined },
    is: "fail",
    severity: "error",
    says: `${issuer} is not where clients look for it (2 places: 404, 404)`,
    shows: [serverUrl],
  },
  {
    of: "nothing in any of the three places of an issuer with a path",
    web: { ...tenant, [serverUrl]: undefined },
    is: "fail",
    says: "3 places",
  },
  {
    of: "a document at a place of its own making, which is another finding",
    web: {
      ...tenant,
      [serverUrl]: undefined,
      [`${issuer}/t/.well-known/oauth-authorization-server`]: { json: serverDocument },
    },
    is: "pass",
  },
  { of: "a server that does not answer", web: { [serverUrl]: { error: "ENOTFOUND" } }, is: "cannotTell" },
  {
    of: "resource metadata that does not end: whom it names is not known",
    web: { [resourceUrl]: { problem: "timeout" } },
    is: "cannotTell",
    says: "oauth-protected-resource/mcp could not be read",
  },
  { of: "too many requests", web: { [serverUrl]: { status: 429 } }, is: "cannotTell" },
  { of: "a server that fails", web: { [serverUrl]: { status: 502 } }, is: "cannotTell" },
  { of: "a URL that is neither", url: "https://nothing.example", web: {}, is: "fail", says: "https://nothing.example" },
  {
    of: "no resource metadata to lead there",
    web: { [`POST ${mcpUrl}`]: { error: "ECONNREFUSED" }, [resourceUrl]: undefined },
    is: "notApplicable",
  },
]);
