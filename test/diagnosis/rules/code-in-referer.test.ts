import { codeInReferer } from "@/lib/diagnosis/rules/code-in-referer.ts";
import { code, state, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const tokenRequestFrom = (url: string, referer: string) =>
  trace()
    .authorizationRequest()
    .respondsWith()
    .page({ text: "Welcome" })
    .fetches(url, {
      form: { grant_type: "authorization_code", code, client_id: "s6BhdRkqt3" },
      headers: { referer },
      answer: { json: { access_token: "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t" } },
    });
const callback = `https://app.example/callback?code=${code}&state=${state}`;

describeRule(codeInReferer, [
  {
    of: "a request to another site with the code in its Referer",
    trace: tokenRequestFrom("https://auth.example/token", callback),
    is: "fail",
    certainty: "proven",
    says: "The request to auth.example carried code in its Referer, from https://app.example/callback.",
  },
  {
    of: "a Referer without a query",
    trace: tokenRequestFrom("https://auth.example/token", "https://app.example/"),
    is: "pass",
  },
  { of: "no Referer", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
