import { pkceRequired } from "@/lib/diagnosis/rules/pkce-required.ts";
import { redirectUri, state, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const without = { code_challenge: undefined, code_challenge_method: undefined };
const error = {
  code: undefined,
  error: "invalid_request",
  error_description: "PKCE is required: code_challenge is missing",
};

describeRule(pkceRequired, [
  {
    of: "no code_challenge, refused with a redirect",
    trace: trace().authorizationRequest(without).respondsWith(error).page({ text: "Something went wrong" }),
    is: "fail",
    certainty: "proven",
    says: "has no code_challenge, and the authorization server sent the browser back with error=invalid_request",
  },
  {
    of: "no code_challenge, refused on a page",
    trace: trace()
      .authorizationRequest(without)
      .page({ status: 400, json: { error: "invalid_request", error_description: "Missing code_challenge" } }),
    is: "fail",
    certainty: "proven",
  },
  {
    of: "a pushed request, whose code_challenge cannot be seen",
    trace: trace()
      .authorizationRequest({
        ...without,
        request_uri: "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c",
      })
      .page({ status: 400, json: { error: "invalid_request", error_description: "code_challenge is required" } }),
    is: "fail",
    certainty: "told",
  },
  {
    of: "a server that does not insist on it",
    trace: trace()
      .authorizationRequest(without)
      .loginPage()
      .respondsWith({ state }, redirectUri)
      .page({ text: "Welcome" }),
    is: "pass",
  },
  {
    of: "nothing but a response",
    trace: trace().visits("https://app.example/callback?code=abcdefghijklmnopqrstuvwxyz&state=xyzxyzxyzxyz"),
    is: "notApplicable",
  },
]);
