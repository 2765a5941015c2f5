import { clientNotAllowed } from "@/lib/diagnosis/rules/client-not-allowed.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(clientNotAllowed, [
  {
    of: "an unauthorized_client",
    trace: trace()
      .authorizationRequest()
      .respondsWith({ code: undefined, error: "unauthorized_client", error_description: "Client is disabled" })
      .page({ text: "Sorry" }),
    is: "fail",
    certainty: "told",
    says: 'does not let client_id "s6BhdRkqt3" in',
  },
  {
    of: "a scope that is refused",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
