import { registrationRejected } from "@/lib/diagnosis/rules/registration-rejected.ts";
import { clientId, redirectUri, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(registrationRejected, [
  {
    of: "an invalid_client_metadata",
    trace: trace()
      .authorizationRequest()
      .loginPage()
      .registration(
        {},
        {
          status: 400,
          json: { error: "invalid_client_metadata", error_description: "Requested scopes are not valid" },
        },
      ),
    is: "fail",
    certainty: "told",
    says: "The registration endpoint answered 400 with error=invalid_client_metadata",
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
