import { clientKnownToSomeInstances } from "@/lib/diagnosis/rules/client-known-to-some-instances.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const unknown = { status: 400, text: "Client not found." };
const welcome = { text: "You can close this window" };

describeRule(clientKnownToSomeInstances, [
  {
    of: "a client accepted, refused and accepted again",
    trace: trace()
      .authorizationRequest()
      .respondsWith()
      .page(welcome)
      .wait(120_000)
      .authorizationRequest({}, { tab: 3 })
      .respondsWith()
      .page(welcome)
      .wait(-119_000)
      .authorizationRequest({}, { tab: 2 })
      .page(unknown),
    is: "pass",
  },
  {
    of: "a client that was refused, then accepted, and is refused now",
    trace: trace()
      .authorizationRequest()
      .respondsWith()
      .page(welcome)
      .wait(60_000)
      .authorizationRequest()
      .page(unknown)
      .wait(60_000)
      .authorizationRequest()
      .respondsWith()
      .page(welcome)
      .wait(60_000)
      .authorizationRequest()
      .page(unknown),
    is: "fail",
    certainty: "likely",
    says: "although it accepted the same client_id",
  },
  {
    of: "a client that was registered between a refusal and an acceptance",
    trace: trace()
      .authorizationRequest()
      .page(unknown)
      .wait(60_000)
      .authorizationRequest()
      .respondsWith()
      .page(welcome)
      .wait(60_000)
      .authorizationRequest()
      .page(unknown),
    is: "fail",
    certainty: "likely",
  },
  {
    of: "a single refusal",
    trace: trace().authorizationRequest().page(unknown),
    is: "cannotTell",
    says: "One refusal does not show",
  },
  {
    of: "another error",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "notApplicable",
  },
]);
