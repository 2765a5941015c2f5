import { redirectUriMissing } from "@/lib/diagnosis/rules/redirect-uri-missing.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

describeRule(redirectUriMissing, [
  {
    of: "no redirect_uri, refused in words about an invalid one",
    trace: trace()
      .authorizationRequest({ redirect_uri: undefined })
      .page({ status: 400, text: "Invalid parameter: redirect_uri" }),
    is: "fail",
    certainty: "proven",
    says: "has no redirect_uri, and auth.example answered 400",
    shows: "redirect_uri",
  },
  {
    of: "no redirect_uri, refused for another reason",
    trace: trace()
      .authorizationRequest({ redirect_uri: undefined })
      .page({ status: 500, text: "Internal Server Error" }),
    is: "notApplicable",
  },
  {
    of: "a redirect_uri that is not registered",
    trace: trace().authorizationRequest().page({ status: 400, text: "redirect_uri is not registered for this client" }),
    is: "pass",
  },
]);
