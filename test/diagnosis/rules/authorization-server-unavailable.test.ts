import { authorizationServerUnavailable } from "@/lib/diagnosis/rules/authorization-server-unavailable.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(authorizationServerUnavailable, [
  {
    of: "a host whose name is unknown",
    trace: trace().authorizationRequest().fails("net::ERR_NAME_NOT_RESOLVED"),
    is: "fail",
    certainty: "proven",
    says: "auth.example could not be reached: the host name is unknown (net::ERR_NAME_NOT_RESOLVED).",
  },
  {
    of: "a 503",
    trace: trace().authorizationRequest().page({ status: 503, text: "We will be back soon" }),
    is: "fail",
    certainty: "proven",
    says: "auth.example answered 503",
  },
  {
    of: "temporarily_unavailable in the response",
    trace: trace()
      .authorizationRequest()
      .respondsWith({ code: undefined, error: "temporarily_unavailable" })
      .page({ text: "Sorry" }),
    is: "fail",
    certainty: "told",
  },
  {
    of: "a navigation that was aborted",
    trace: trace().authorizationRequest().fails("net::ERR_ABORTED"),
    is: "notApplicable",
  },
  {
    of: "a 400",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "pass",
  },
]);
