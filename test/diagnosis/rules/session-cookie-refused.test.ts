import { sessionCookieRefused } from "@/lib/diagnosis/rules/session-cookie-refused.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const lost = { status: 400, text: "Invalid or expired transaction" };
const withCookie = (cookie: string) =>
  trace()
    .authorizationRequest()
    .page({ text: "Sign in", headers: { "set-cookie": cookie } })
    .visits("https://auth.example/login", "POST")
    .page(lost);

describeRule(sessionCookieRefused, [
  {
    of: "a __Host- cookie with a domain",
    trace: withCookie("__Host-session=abc; Path=/; Secure; Domain=auth.example"),
    is: "fail",
    certainty: "proven",
    says: "its name forbids Domain",
  },
  {
    of: "SameSite=None without Secure",
    trace: withCookie("session=abc; Path=/; SameSite=None"),
    is: "fail",
    certainty: "proven",
    says: "SameSite=None demands Secure",
  },
  { of: "a cookie in order", trace: withCookie("__Host-session=abc; Path=/; Secure; SameSite=Lax"), is: "cannotTell" },
  {
    of: "a page that says that cookies are blocked",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, text: "Cookies are disabled. Please enable cookies in your browser." }),
    is: "fail",
    certainty: "told",
  },
  {
    of: "another error",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
