import { transactionLost } from "@/lib/diagnosis/rules/transaction-lost.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const lost = { status: 400, text: "Invalid or expired transaction" };

const callback = "https://auth.example/upstream/callback";
const upstreamState = "up-state-9b1d2c3e4f5a6b7c8d9e";
const upstream = `https://login.upstream.example/authorize?${new URLSearchParams({ response_type: "code", client_id: "proxy", redirect_uri: callback, state: upstreamState })}`;
const back = `${callback}?code=up-code-51x8LOBeZQQYbYS6WxSb&state=${upstreamState}`;

describeRule(transactionLost, [
  {
    of: "an upstream's response that comes too late, right after the redirect that brought it",
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstream)
      .loginPage()
      .wait(1_200_000)
      .visits("https://login.upstream.example/login", "POST")
      .redirectsTo(back)
      .page({ status: 400, text: "Invalid or expired state parameter" }),
    is: "fail",
    certainty: "told",
    says: "20 min after the attempt began.",
  },
  {
    of: "an upstream's response with the state that the server had made just before",
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstream)
      .redirectsTo(back)
      .page({ status: 400, text: "Invalid or expired state parameter" }),
    is: "fail",
    certainty: "proven",
    says: "after it had made the state that came back",
  },
  {
    of: "a consent page that does not know its transaction right after the redirect that made it",
    trace: trace().authorizationRequest().redirectsTo("https://auth.example/consent?txn_id=4f1c2d3e").page(lost),
    is: "fail",
    certainty: "proven",
    says: "right after it had sent the browser there",
  },
  {
    of: "a page that the server does not call a failure",
    trace: trace()
      .authorizationRequest()
      .redirectsTo("https://auth.example/consent?txn_id=4f1c2d3e")
      .page({ text: "Your session has expired." }),
    is: "fail",
    certainty: "told",
  },
  {
    of: "a login that took too long",
    trace: trace()
      .authorizationRequest()
      .loginPage()
      .wait(1_200_000)
      .visits("https://auth.example/login/submit", "POST")
      .page({ status: 400, text: "Your login session has expired. Please start over." }),
    is: "fail",
    certainty: "told",
    says: "after the attempt began",
  },
  ...[
    [
      "a refusal that quotes what its code means, and then says what happened",
      "access_denied",
      "The resource owner or authorization server denied the request. The login session has expired.",
    ],
    [
      "Hydra's consent, used twice",
      "access_denied",
      "The resource owner or authorization server denied the request. The consent verifier has already been used, has not been granted, or is invalid.",
    ],
    ["Keycloak's login, ended in another tab", "temporarily_unavailable", "authentication_expired"],
  ].map(([of = "", error, error_description]) => ({
    of,
    trace: trace().authorizationRequest().loginPage().respondsWith({ code: undefined, error, error_description }),
    is: "fail" as const,
    certainty: "told" as const,
  })),
  {
    of: "another error",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
