import { expect, it } from "vitest";
import { interactionRequired } from "@/lib/diagnosis/rules/interaction-required.ts";
import { diagnoseRaw, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const answered = (prompt?: string) =>
  trace()
    .authorizationRequest({ prompt })
    .respondsWith({ code: undefined, error: "login_required" })
    .page({ text: "" });

describeRule(interactionRequired, [
  {
    of: "a silent request",
    trace: answered("none"),
    is: "fail",
    certainty: "proven",
    says: "The request forbade to ask the person (prompt=none), and the authorization server sent the browser back with error=login_required",
  },
  { of: "a request that allowed to ask", trace: answered(), is: "fail", certainty: "told" },
  { of: "a code", trace: trace().authorizationRequest().respondsWith().page({ text: "Welcome" }), is: "pass" },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);

it("is no error of a silent check of the session", () => {
  const [report] = diagnoseRaw(answered("none"));
  expect(report?.diagnosis.findings.filter(({ severity }) => severity === "error")).toEqual([]);
});
