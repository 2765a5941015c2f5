import { registrationNotOpen } from "@/lib/diagnosis/rules/registration-not-open.ts";
import { clientId, redirectUri, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(registrationNotOpen, [
  {
    of: "a 403 without a word",
    trace: trace()
      .authorizationRequest()
      .loginPage()
      .registration({ client_name: "Example" }, { status: 403, text: "Forbidden" }),
    is: "fail",
    certainty: "told",
    says: 'the client had introduced itself as "Example"',
  },
  {
    of: "a registration",
    trace: trace()
      .registration({}, { status: 201, json: { client_id: clientId, redirect_uris: [redirectUri] } })
      .authorizationRequest()
      .loginPage(),
    is: "pass",
  },
  { of: "no registration", trace: trace().authorizationRequest().loginPage(), is: "notApplicable" },
]);
