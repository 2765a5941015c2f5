import { unknownClient } from "@/lib/diagnosis/rules/unknown-client.ts";
import { clientId, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(unknownClient, [
  {
    of: "a page with a distinctive text of a product",
    trace: trace()
      .authorizationRequest()
      .page({
        status: 400,
        html: `<title>Client Not Registered</title><h1>Client Not Registered</h1><div class="info-box error">The client ID <code>${clientId}</code> was not found in the server's client registry.</div>`,
      }),
    is: "fail",
    certainty: "told",
    says: `auth.example does not know client_id "${clientId}": it answered 400 with`,
    shows: "was not found in the server's client registry",
  },
  {
    of: "words of a server that nobody told it about",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, text: "Sorry, this application is not registered here." }),
    is: "fail",
    certainty: "told",
  },
  {
    of: "an error that says something else",
    trace: trace()
      .authorizationRequest()
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "pass",
  },
  {
    of: "a login page that mentions registering",
    trace: trace().authorizationRequest().loginPage("Sign in. Not registered yet? Create an account"),
    is: "pass",
  },
  {
    of: "nothing but a response",
    trace: trace().visits("https://app.example/callback?code=abcdefghijklmnopqrstuvwxyz&state=xyzxyzxyzxyz"),
    is: "notApplicable",
  },
]);
