import { insecureLeg } from "@/lib/diagnosis/rules/insecure-leg.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(insecureLeg, [
  {
    of: "an authorization request over plain http",
    trace: trace().authorizationRequest({}, { endpoint: "http://auth.example/authorize" }).loginPage(),
    is: "fail",
    certainty: "proven",
    says: "The authorization request went to http://auth.example/authorize without TLS.",
  },
  { of: "https all the way", trace: trace().authorizationRequest().loginPage(), is: "pass" },
  {
    of: "a server on this machine",
    trace: trace().authorizationRequest({}, { endpoint: "http://localhost:9000/authorize" }).loginPage(),
    is: "pass",
  },
  {
    of: "nothing but a response",
    trace: trace().visits("https://app.example/callback?code=abcdefghijklmnopqrstuvwxyz&state=xyzxyzxyzxyz"),
    is: "notApplicable",
  },
]);
