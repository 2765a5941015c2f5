import { scopeInvalid } from "@/lib/diagnosis/rules/scope-invalid.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refused = (scope: string, description: string) =>
  trace()
    .authorizationRequest({ scope })
    .respondsWith({ code: undefined, error: "invalid_scope", error_description: description })
    .page({ text: "Sorry" });
const wellKnown = "https://auth.example/.well-known/oauth-authorization-server";
const metadata = {
  json: {
    issuer: "https://auth.example",
    authorization_endpoint: "https://auth.example/authorize",
    token_endpoint: "https://auth.example/token",
    response_types_supported: ["code"],
    scopes_supported: ["openid", "offline_access"],
  },
};

describeRule(scopeInvalid, [
  {
    of: "a scope that the server advertises and refuses",
    trace: refused("openid offline_access", "Client was not registered with scope offline_access").metadata(
      wellKnown,
      metadata,
    ),
    is: "fail",
    certainty: "proven",
    says: "Scope offline_access is advertised by the server metadata all the same.",
  },
  {
    of: "a scope that the server does not list",
    trace: refused("openid files.read", "The requested scope is invalid").metadata(wellKnown, metadata),
    is: "fail",
    certainty: "proven",
    says: "Scope files.read is not among the scopes_supported of the server.",
  },
  {
    of: "no list to compare with",
    trace: refused("openid files.read", "The requested scope is invalid"),
    is: "fail",
    certainty: "told",
    says: "The request asked for openid and files.read.",
  },
  { of: "a code", trace: trace().authorizationRequest().respondsWith().page({ text: "Welcome" }), is: "pass" },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
