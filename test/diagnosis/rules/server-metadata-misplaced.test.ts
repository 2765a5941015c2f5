import { serverMetadataMisplaced } from "@/lib/diagnosis/rules/server-metadata-misplaced.ts";
import { trace } from "../../builders.ts";
import {
  describeLadder,
  issuer,
  resourceDocument,
  resourceUrl,
  serverDocument,
  serverUrl,
} from "../../discovery/web.ts";
import { describeRule } from "./table.ts";

const named = {
  [resourceUrl]: { json: { ...resourceDocument, authorization_servers: [`${issuer}/api`] } },
  [serverUrl]: undefined,
};
const json = { ...serverDocument, issuer: `${issuer}/api` };

describeLadder(serverMetadataMisplaced, [
  { of: "a document at the proper place", web: {}, is: "pass" },
  {
    of: "a mounted application that serves it behind its own path",
    web: { ...named, [`${issuer}/api/.well-known/oauth-authorization-server`]: { json } },
    is: "fail",
    severity: "error",
    says: `clients look at ${issuer}/.well-known/oauth-authorization-server/api (404)`,
    shows: [`${issuer}/api/.well-known/oauth-authorization-server`],
  },
  {
    of: "a document at the root although the issuer has a path",
    web: { ...named, [serverUrl]: { json } },
    is: "fail",
    says: serverUrl,
  },
  {
    of: "the OpenID document appended, which is a proper place",
    web: { ...named, [`${issuer}/api/.well-known/openid-configuration`]: { json } },
    is: "pass",
  },
  { of: "no document anywhere", web: { [serverUrl]: undefined }, is: "pass" },
  {
    of: "nothing asked for",
    web: { [resourceUrl]: { json: { ...resourceDocument, authorization_servers: ["https://10.0.0.1/a b"] } } },
    is: "pass",
  },
]);

describeRule(serverMetadataMisplaced, [
  { of: "an attempt without metadata", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
