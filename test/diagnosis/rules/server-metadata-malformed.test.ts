import { serverMetadataMalformed } from "@/lib/diagnosis/rules/server-metadata-malformed.ts";
import { trace } from "../../builders.ts";
import { describeLadder, issuer, resourceUrl, serverDocument, serverUrl } from "../../discovery/web.ts";
import { describeRule } from "./table.ts";

describeLadder(serverMetadataMalformed, [
  { of: "JSON objects", web: {}, is: "pass" },
  {
    of: "a page of a single-page application, even if the next place has the document",
    web: {
      [serverUrl]: { body: "<!doctype html>" },
      [`${issuer}/.well-known/openid-configuration`]: { json: serverDocument },
    },
    is: "fail",
    severity: "error",
    says: "answered 200 with text/html",
    shows: [serverUrl],
  },
  {
    of: "a login wall",
    web: { [resourceUrl]: { location: "https://login.example/?next=1" } },
    is: "fail",
    says: "https://login.example/",
  },
  {
    of: "metadata that needs a login",
    web: { [resourceUrl]: { status: 403, body: "Forbidden" } },
    is: "fail",
    says: "as if metadata needed a login",
  },
  {
    of: "JSON about something else",
    web: { [serverUrl]: { json: { hello: "world" } } },
    is: "fail",
    says: "none of the members",
  },
  {
    of: "an answer that does not end",
    web: { [serverUrl]: { problem: "timeout" } },
    is: "fail",
    says: "began to answer 200 and had not ended after 5 seconds",
  },
  { of: "no answer in time", web: { [serverUrl]: { error: "timeout" } }, is: "pass" },
  { of: "more than any document holds", web: { [serverUrl]: { problem: "too-large" } }, is: "fail", says: "256 kB" },
  {
    of: "null where a member should be left out",
    web: { [serverUrl]: { json: { ...serverDocument, registration_endpoint: null } } },
    is: "fail",
    says: "registration_endpoint is null",
  },
  {
    of: "a scope list as one string",
    web: { [serverUrl]: { json: { ...serverDocument, scopes_supported: "mcp" } } },
    is: "fail",
    says: "scopes_supported is a string",
  },
  {
    of: "an endpoint that is no URL",
    web: { [serverUrl]: { json: { ...serverDocument, token_endpoint: "/token" } } },
    is: "fail",
    says: "not an absolute URL",
  },
  { of: "a plain 404", web: { [serverUrl]: undefined }, is: "pass" },
  {
    of: "an issuer's host that answers every path with a page where nothing leads",
    url: "https://other.example",
    web: {
      "https://other.example/.well-known/oauth-protected-resource": { body: "<html>" },
      "https://other.example/.well-known/oauth-authorization-server": {
        json: { ...serverDocument, issuer: "https://other.example" },
      },
    },
    is: "pass",
  },
]);

describeRule(serverMetadataMalformed, [
  { of: "an attempt without metadata", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
