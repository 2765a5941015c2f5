import { expect, it } from "vitest";
import { tokenInUrl } from "@/lib/diagnosis/rules/token-in-url.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const token = "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t";

describeRule(tokenInUrl, [
  {
    of: "an access token in the query of the response",
    trace: trace()
      .authorizationRequest()
      .respondsWith({ code: undefined, access_token: token })
      .page({ text: "Welcome" }),
    is: "fail",
    certainty: "proven",
    says: "access_token stands in the query of a URL of app.example",
    shows: "access_token (replaced)",
  },
  { of: "a code", trace: trace().authorizationRequest().respondsWith().page({ text: "Welcome" }), is: "pass" },
]);

it("does not apply without a leg", () => {
  expect(tokenInUrl.check({ legs: [] })).toMatchObject({ kind: "notApplicable" });
});
