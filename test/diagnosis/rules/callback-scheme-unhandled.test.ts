import { expect, it } from "vitest";
import { callbackSchemeUnhandled } from "@/lib/diagnosis/rules/callback-scheme-unhandled.ts";
import { diagnoseRaw, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const cursor = "cursor://anysphere.cursor-mcp/oauth/callback";
const handedOver = () => trace().authorizationRequest({ redirect_uri: cursor }).respondsWith({}, cursor);

describeRule(callbackSchemeUnhandled, [
  {
    of: "a response handed to another program",
    trace: handedOver(),
    is: "fail",
    certainty: "proven",
    says: "with a code, went to cursor: for Cursor to take",
  },
  {
    of: "a response over https",
    trace: trace().authorizationRequest().respondsWith().page({ text: "Welcome" }),
    is: "pass",
  },
  { of: "no response", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);

it("is a remark and no error", () => {
  expect(diagnoseRaw(handedOver())[0]?.diagnosis.findings.map(({ id, severity }) => [id, severity])).toContainEqual([
    "callback-scheme-unhandled",
    "info",
  ]);
});
