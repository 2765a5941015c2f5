import { expect, it } from "vitest";
import { clientStoreKeyDiffers } from "@/lib/diagnosis/rules/client-store-key-differs.ts";
import { diagnoseRaw, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const failure = { status: 500, text: "We hit a snag" };
const welcome = { text: "You can close this window" };

describeRule(clientStoreKeyDiffers, [
  {
    of: "a single failure",
    trace: trace().authorizationRequest().page(failure),
    is: "cannotTell",
    says: "for this client only",
  },
  {
    of: "an unknown client",
    trace: trace().authorizationRequest().page({ status: 400, text: "Client not found." }),
    is: "pass",
  },
  {
    of: "nothing but a response",
    trace: trace().visits("https://app.example/callback?code=abcdefghijklmnopqrstuvwxyz&state=xyzxyzxyzxyz"),
    is: "notApplicable",
  },
]);

it("is possible when the client was accepted before and after a failure", () => {
  const reports = diagnoseRaw(
    trace()
      .authorizationRequest()
      .respondsWith()
      .page(welcome)
      .wait(60_000)
      .authorizationRequest()
      .page(failure)
      .wait(60_000)
      .authorizationRequest()
      .respondsWith()
      .page(welcome),
  );
  const outcome = reports[1] && clientStoreKeyDiffers.check(reports[1].facts);
  expect(outcome).toMatchObject({ kind: "fail", certainty: "possible" });
});
