import { upstreamAuthorizationFailed } from "@/lib/diagnosis/rules/upstream-authorization-failed.ts";
import { redirectUri, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const back = "https://auth.example/callback";
const state = "Zm9vYmFyYmF6cXV4cXV1eGNvcmdl";
const upstream = `https://idp.example/authorize?response_type=code&client_id=proxy-client&redirect_uri=${encodeURIComponent(back)}&state=${state}`;

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
      .redirectsTo(`${back}?error=invalid_scope&error_description=Unknown+scope&state=${state}`)
      .respondsWith({ code: undefined, error: "server_error" })
      .page({ text: "Sorry" }),
    is: "fail",
    certainty: "proven",
    says: 'which sent the browser back to auth.example with error=invalid_scope, "Unknown scope"',
  },
  {
    of: "an error that the server behind sent back from its login page",
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstream)
      .loginPage()
      .visits("https://idp.example/login", "POST")
      .redirectsTo(`${back}?error=invalid_scope&error_description=Unknown+scope&state=${state}`)
      .page({ status: 400, json: { error: "invalid_scope" } }),
    is: "fail",
    certainty: "proven",
    says: 'The login was passed on to idp.example, which sent the browser back to auth.example with error=invalid_scope, "Unknown scope"',
  },
  {
    of: "a silent question to the server behind, which was then asked with a login",
    trace: trace()
      .authorizationRequest()
      .redirectsTo(`${upstream}&prompt=none`)
      .redirectsTo(`${back}?error=login_required&state=${state}`)
      .redirectsTo(upstream)
      .loginPage()
      .visits("https://idp.example/login", "POST")
      .redirectsTo(`${back}?code=up-code-51x8LOBeZQQYbYS6WxSb&state=${state}`)
      .page({ status: 500, text: "Internal Server Error" }),
    is: "pass",
  },
  {
    of: "a login page of the server behind that has an error in its address, and breaks",
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstream)
      .redirectsTo("https://idp.example/login?error=session_expired")
      .page({ status: 500, text: "Internal Server Error" }),
    is: "pass",
  },
  {
    of: "a server behind that was asked by reference and refuses straight away",
    trace: trace()
      .authorizationRequest()
      .redirectsTo(
        "https://idp.example/authorize?client_id=proxy-client&request_uri=urn%3Aexample%3A6esc_11ACC5bwc014ltc14eY22c",
      )
      .redirectsTo(`${back}?error=login_required&state=${state}`)
      .respondsWith({ code: undefined, error: "login_required" })
      .page({ text: "Sorry" }),
    is: "fail",
    certainty: "proven",
    says: "which sent the browser back to auth.example with error=login_required",
  },
  {
    of: "a server behind that answers the client itself",
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstream.replace(encodeURIComponent(back), encodeURIComponent(redirectUri)))
      .loginPage()
      .visits("https://idp.example/login", "POST")
      .redirectsTo(`${redirectUri}?error=access_denied&state=${state}`)
      .page({ text: "Sorry" }),
    is: "pass",
  },
  {
    of: "a person who said no at the server behind, which the client was told",
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstream)
      .loginPage()
      .visits("https://idp.example/consent", "POST")
      .redirectsTo(`${back}?error=access_denied&state=${state}`)
      .respondsWith({ code: undefined, error: "access_denied" })
      .page({ text: "Sorry" }),
    is: "pass",
  },
  {
    of: "a login page of the server behind",
    trace: trace().authorizationRequest().redirectsTo(upstream).loginPage(),
    is: "pass",
  },
  { of: "no answer yet", trace: trace().authorizationRequest(), is: "notApplicable" },
]);
