import { pushedRequestInvalid } from "@/lib/diagnosis/rules/pushed-request-invalid.ts";
import { clientId, codeChallenge, redirectUri, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const requestUri = "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c";
const form = {
  client_id: clientId,
  response_type: "code",
  redirect_uri: redirectUri,
  code_challenge: codeChallenge,
  code_challenge_method: "S256",
};

describeRule(pushedRequestInvalid, [
  {
    of: "a pushed request that was refused",
    trace: trace()
      .fetches("https://auth.example/par", {
        form,
        answer: { status: 400, json: { error: "invalid_request", error_description: "Unknown scope" } },
      })
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_request" } }),
    is: "fail",
    certainty: "told",
    says: 'was answered 400: error=invalid_request, "Unknown scope"',
  },
  {
    of: "a request_uri that has expired",
    trace: trace()
      .fetches("https://auth.example/par", {
        form,
        answer: { status: 201, json: { request_uri: requestUri, expires_in: 60 } },
      })
      .wait(120_000)
      .authorizationRequest({ request_uri: requestUri })
      .page({ status: 400, json: { error: "invalid_request_uri", error_description: "request_uri has expired" } }),
    is: "fail",
    certainty: "told",
    says: "after the request was pushed",
  },
  {
    of: "another refusal",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
