import { authorizationRequestInvalid } from "@/lib/diagnosis/rules/authorization-request-invalid.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const refusal = { status: 400, json: { error: "invalid_request" } };

describeRule(authorizationRequestInvalid, [
  {
    of: "an invalid_request without a description",
    trace: trace().authorizationRequest().page(refusal),
    is: "fail",
    certainty: "told",
    says: "auth.example answered 400 with error=invalid_request: the request lacks a required parameter",
  },
  {
    of: "a parameter sent twice",
    trace: trace()
      .authorizationRequest({ scope: ["openid", "profile"] })
      .page(refusal),
    is: "fail",
    certainty: "proven",
    says: "The request has scope more than once.",
  },
  {
    of: "a refusal that says more",
    trace: trace().authorizationRequest().page({ status: 400, text: "Client not found." }),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
  {
    of: "a token endpoint that refuses in a way of its own",
    trace: trace()
      .authorizationRequest()
      .respondsWith()
      .page({ text: "Welcome" })
      .tokenRequest({}, { status: 400, json: { error: "odd_state_of_affairs" } }),
    is: "fail",
    certainty: "told",
    says: "The token endpoint answered 400 with error=odd_state_of_affairs.",
  },
  {
    of: "a token endpoint that asks to come again",
    trace: trace()
      .authorizationRequest()
      .respondsWith()
      .page({ text: "Welcome" })
      .tokenRequest({}, { status: 400, json: { error: "use_dpop_nonce" } }),
    is: "pass",
  },
]);
