import { authorizationServerError } from "@/lib/diagnosis/rules/authorization-server-error.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(authorizationServerError, [
  {
    of: "a 500",
    trace: trace().authorizationRequest().page({ status: 500, text: "We hit a snag" }),
    is: "fail",
    certainty: "likely",
    says: 'auth.example answered 500 with "We hit a snag".',
  },
  {
    of: "a server_error in the response",
    trace: trace()
      .authorizationRequest()
      .respondsWith({ code: undefined, error: "server_error" })
      .page({ text: "Try again" }),
    is: "fail",
    certainty: "told",
    says: "error=server_error: the authorization server met an unexpected condition",
  },
  {
    of: "a 400",
    trace: trace().authorizationRequest().page({ status: 400, text: "Client not found." }),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
