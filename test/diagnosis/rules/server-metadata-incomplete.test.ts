import { serverMetadataIncomplete } from "@/lib/diagnosis/rules/server-metadata-incomplete.ts";
import {
  describeLadder,
  issuer,
  resourceDocument,
  resourceUrl,
  serverDocument,
  serverUrl,
} from "../../discovery/web.ts";

const without = (member: string) => ({ [serverUrl]: { json: { ...serverDocument, [member]: undefined } } });
const openid = `${issuer}/.well-known/openid-configuration`;

describeLadder(serverMetadataIncomplete, [
  { of: "everything that is required", web: {}, is: "pass" },
  { of: "no issuer", web: without("issuer"), is: "fail", severity: "error", says: "lacks issuer", shows: ["RFC 8414"] },
  {
    of: "no token endpoint",
    web: without("token_endpoint"),
    is: "fail",
    severity: "error",
    says: "lacks token_endpoint",
  },
  { of: "no response types", web: without("response_types_supported"), is: "fail", severity: "warning" },
  {
    of: "an OpenID document without what OpenID requires",
    web: { [serverUrl]: undefined, [openid]: { json: serverDocument } },
    is: "fail",
    severity: "warning",
    says: "jwks_uri, subject_types_supported and id_token_signing_alg_values_supported",
  },
  {
    of: "resource metadata without authorization servers",
    web: { [resourceUrl]: { json: { ...resourceDocument, authorization_servers: [] } } },
    is: "fail",
    severity: "error",
    says: "lacks authorization_servers",
  },
  { of: "no document at all", web: { [resourceUrl]: undefined, [serverUrl]: undefined }, is: "notApplicable" },
]);
