import { callbackUnreachable } from "@/lib/diagnosis/rules/callback-unreachable.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const to = "http://127.0.0.1:33418/";
const until = (redirectUri = to) =>
  trace().authorizationRequest({ redirect_uri: redirectUri }).loginPage().visits("https://auth.example/login", "POST");

describeRule(callbackUnreachable, [
  {
    of: "a loopback port on which nobody listens",
    trace: until().respondsWith({}, to).fails("net::ERR_CONNECTION_REFUSED"),
    is: "fail",
    certainty: "proven",
    says: "(Visual Studio Code was expected) took the response on port 33418",
    shows: "net::ERR_CONNECTION_REFUSED",
  },
  {
    of: "a host whose name is unknown",
    trace: until("https://app.invalid/cb")
      .respondsWith({}, "https://app.invalid/cb")
      .fails("net::ERR_NAME_NOT_RESOLVED"),
    is: "fail",
    certainty: "proven",
    says: "the host name is unknown",
  },
  {
    of: "an endpoint that answers",
    trace: until().respondsWith({}, to).page({ text: "You can close this window" }),
    is: "pass",
  },
  {
    of: "a navigation that was aborted, as a client does that closes the tab",
    trace: until().respondsWith({}, to).fails("net::ERR_ABORTED"),
    is: "pass",
  },
  { of: "no response", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
