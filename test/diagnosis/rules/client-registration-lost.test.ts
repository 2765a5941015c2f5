import { clientRegistrationLost } from "@/lib/diagnosis/rules/client-registration-lost.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const unknown = { status: 400, text: "Client not found." };
const accepted = () => trace().authorizationRequest().respondsWith().page({ text: "You can close this window" });

describeRule(clientRegistrationLost, [
  {
    of: "a client that was accepted and is unknown now",
    trace: accepted().wait(3_600_000).authorizationRequest().page(unknown),
    is: "fail",
    certainty: "likely",
    says: 'auth.example accepted client_id "s6BhdRkqt3" 60 min ago and now answered 400',
  },
  {
    of: "another client that was accepted",
    trace: trace()
      .authorizationRequest({ client_id: "other-client" })
      .respondsWith()
      .page({ text: "You can close this window" })
      .authorizationRequest()
      .page(unknown),
    is: "cannotTell",
    says: "it may have lost it, or never had it",
  },
  {
    of: "a client that comes and goes",
    trace: trace()
      .authorizationRequest()
      .page(unknown)
      .authorizationRequest()
      .respondsWith()
      .page({ text: "You can close this window" })
      .authorizationRequest()
      .page(unknown),
    is: "pass",
  },
  { of: "a client that is accepted", trace: accepted(), is: "notApplicable" },
]);
