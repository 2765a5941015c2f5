import { issuerNotIdentical } from "@/lib/diagnosis/rules/issuer-not-identical.ts";
import { server, trace } from "../../builders.ts";
import {
  describeLadder,
  issuer,
  resourceDocument,
  resourceUrl,
  serverDocument,
  serverUrl,
} from "../../discovery/web.ts";
import { describeRule } from "./table.ts";

const says = (value: string) => ({ [serverUrl]: { json: { ...serverDocument, issuer: value } } });
const named = (value: string) => ({ [resourceUrl]: { json: { ...resourceDocument, authorization_servers: [value] } } });

describeLadder(issuerNotIdentical, [
  { of: "the same string on both sides", web: {}, is: "pass" },
  { of: "a slash on both sides", web: { ...named(`${issuer}/`), ...says(`${issuer}/`) }, is: "pass" },
  {
    of: "a slash in the document only",
    web: says(`${issuer}/`),
    is: "fail",
    severity: "error",
    says: "different trailing slash",
    shows: [`${issuer}/`, issuer],
  },
  {
    of: "a slash in the resource metadata only",
    web: named(`${issuer}/`),
    is: "fail",
    says: "different trailing slash",
  },
  { of: "another host, as behind a proxy", web: says("http://internal:8080"), is: "fail", says: "scheme" },
  { of: "another letter case", web: says("https://Auth.example"), is: "fail", says: "different case" },
  { of: "a default port", web: says("https://auth.example:443"), is: "fail", says: "different default port" },
  { of: "another server's name", web: says("https://accounts.google.com"), is: "fail", says: "different host" },
  {
    of: "a typed issuer that is a slash off, which the well-known URL cannot show",
    url: issuer,
    web: says(`${issuer}/`),
    is: "pass",
  },
  { of: "no document", web: { [serverUrl]: undefined }, is: "notApplicable" },
]);

describeRule(issuerNotIdentical, [
  {
    of: "an attempt that went on all the same",
    trace: trace()
      .metadata(`${server}/.well-known/oauth-authorization-server`, {
        json: { ...serverDocument, issuer: "https://other.example" },
      })
      .authorizationRequest()
      .respondsWith()
      .page({}),
    is: "fail",
    certainty: "proven",
    shows: "https://other.example",
  },
  { of: "an attempt without metadata", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
