import { callbackFailed } from "@/lib/diagnosis/rules/callback-failed.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const until = () => trace().authorizationRequest().loginPage().visits("https://auth.example/login", "POST");

describeRule(callbackFailed, [
  {
    of: "an endpoint that answers 500",
    trace: until().respondsWith().page({ status: 500, text: "Internal Server Error" }),
    is: "fail",
    certainty: "proven",
    says: "sent the browser back with a code, and https://app.example/callback answered 500",
    shows: "500 a code, no error",
  },
  { of: "an endpoint that answers 200", trace: until().respondsWith().page({ text: "You are signed in" }), is: "pass" },
  {
    of: "an endpoint that redirects to the application",
    trace: until().respondsWith().redirectsTo("https://app.example/home").page({ text: "Welcome back" }),
    is: "pass",
  },
  {
    of: "an endpoint whose host is not granted",
    trace: until().respondsWith().isHidden(),
    is: "cannotTell",
    says: "access to its site was not granted",
  },
  {
    of: "an error response, which the client may answer as it likes",
    trace: until()
      .respondsWith({ code: undefined, error: "access_denied", error_description: "no" })
      .page({ status: 400, text: "Login failed" }),
    is: "notApplicable",
  },
]);
