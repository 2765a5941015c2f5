import { clientSecretInFrontChannel } from "@/lib/diagnosis/rules/client-secret-in-front-channel.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const secret = "7Fjfp0ZBr1KtDRbnfVdmIw-7hJq2mP9t";

describeRule(clientSecretInFrontChannel, [
  {
    of: "a secret in the authorization request",
    trace: trace().authorizationRequest({ client_secret: secret }).loginPage(),
    is: "fail",
    certainty: "proven",
    says: "has client_secret among its parameters",
  },
  { of: "no secret", trace: trace().authorizationRequest().loginPage(), is: "pass" },
  {
    of: "a token request whose sender is not known",
    trace: trace()
      .authorizationRequest()
      .respondsWith()
      .page({ text: "Welcome" })
      .tokenRequest({ client_secret: secret }, { json: { access_token: "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t" } }),
    is: "pass",
  },
  {
    of: "nothing but a response",
    trace: trace().visits("https://app.example/callback?code=abcdefghijklmnopqrstuvwxyz&state=xyzxyzxyzxyz"),
    is: "notApplicable",
  },
]);
