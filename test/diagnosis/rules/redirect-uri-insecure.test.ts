import { redirectUriInsecure } from "@/lib/diagnosis/rules/redirect-uri-insecure.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const to = (redirectUri?: string) => trace().authorizationRequest({ redirect_uri: redirectUri }).loginPage();

describeRule(redirectUriInsecure, [
  {
    of: "plain http to a host",
    trace: to("http://app.example/cb"),
    is: "fail",
    certainty: "proven",
    says: "is plain http",
  },
  {
    of: "a scheme that anybody can claim",
    trace: to("cursor://anysphere.cursor-mcp/oauth/callback"),
    is: "fail",
    certainty: "proven",
    says: "has the private-use scheme cursor",
  },
  { of: "a scheme that is a domain name in reverse", trace: to("com.example.app:/cb"), is: "pass" },
  { of: "plain http on a loopback address", trace: to("http://127.0.0.1:33418/"), is: "pass" },
  { of: "https", trace: to("https://app.example/cb"), is: "pass" },
  { of: "no redirect_uri", trace: to(), is: "notApplicable" },
]);
