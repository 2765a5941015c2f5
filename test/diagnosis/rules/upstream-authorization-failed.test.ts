import { upstreamAuthorizationFailed } from "@/lib/diagnosis/rules/upstream-authorization-failed.ts";
import { trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const upstream =
  "https://idp.example/authorize?response_type=code&client_id=proxy-client&redirect_uri=https%3A%2F%2Fauth.example%2Fcallback&state=Zm9vYmFyYmF6cXV4cXV1eGNvcmdl";

describeRule(upstreamAuthorizationFailed, [
  {
    of: "an error page of the server behind",
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstream)
      .page({
        status: 400,
        json: { error: "invalid_request", error_description: "redirect_uri is not registered for this client" },
      }),
    is: "fail",
    certainty: "told",
    says: "The login was passed on to idp.example, which answered 400",
  },
  {
    of: "an error that the server behind sent back",
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstream)
      .redirectsTo(
        "https://auth.example/callback?error=invalid_scope&error_description=Unknown+scope&state=Zm9vYmFyYmF6cXV4cXV1eGNvcmdl",
      )
      .respondsWith({ code: undefined, error: "server_error" })
      .page({ text: "Sorry" }),
    is: "fail",
    certainty: "proven",
    says: 'which sent the browser back to auth.example with error=invalid_scope, "Unknown scope"',
  },
  {
    of: "a login page of the server behind",
    trace: trace().authorizationRequest().redirectsTo(upstream).loginPage(),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
