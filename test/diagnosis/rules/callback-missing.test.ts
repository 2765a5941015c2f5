import { callbackMissing } from "@/lib/diagnosis/rules/callback-missing.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(callbackMissing, [
  {
    of: "a tab closed on the login page",
    trace: trace().authorizationRequest().loginPage().wait(60_000).closesTab(),
    is: "fail",
    certainty: "proven",
    says: 'on auth.example, the tab was closed before any response came back. The last page was "Sign in".',
    shows: "the tab was closed",
  },
  {
    of: "a gap in which the response may have passed",
    trace: trace().authorizationRequest().loginPage().gap("worker-started-late").closesTab(),
    is: "fail",
    certainty: "possible",
  },
  {
    of: "an error page that was closed",
    trace: trace().authorizationRequest().page({ status: 400, text: "Client not found." }).closesTab(),
    is: "notApplicable",
  },
  {
    of: "an attempt that is still open, however long",
    trace: trace().authorizationRequest().loginPage().wait(3_000_000),
    is: "notApplicable",
    says: "has not ended",
  },
  {
    of: "a tab closed after the response",
    trace: trace().authorizationRequest().respondsWith().page({ text: "You can close this window" }).closesTab(),
    is: "pass",
  },
]);
