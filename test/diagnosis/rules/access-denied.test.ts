import { accessDenied } from "@/lib/diagnosis/rules/access-denied.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(accessDenied, [
  {
    of: "the error of the protocol",
    trace: trace()
      .authorizationRequest()
      .loginPage()
      .visits("https://auth.example/consent", "POST")
      .respondsWith({ code: undefined, error: "access_denied", error_description: "The user denied the request" })
      .page({ text: "You can close this window" }),
    is: "fail",
    certainty: "proven",
    says: 'sent the browser back with error=access_denied, "The user denied the request"',
    shows: "access_denied",
  },
  {
    of: "a code",
    trace: trace()
      .authorizationRequest()
      .loginPage()
      .visits("https://auth.example/consent", "POST")
      .respondsWith()
      .page({ text: "Done" }),
    is: "pass",
  },
  {
    of: "a login page that is still open",
    trace: trace().authorizationRequest().loginPage("Sign in. Access denied? Ask your administrator."),
    is: "pass",
  },
  { of: "an attempt without any answer", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
