import { callbackFailed } from "@/lib/diagnosis/rules/callback-failed.ts";
import { code, redirectUri, state, trace } from "../../builders.ts";
import { describeRule } from "./table.ts";

const until = () => trace().authorizationRequest().loginPage().visits("https://auth.example/login", "POST");
const taken = `${redirectUri}?code=${code}&state=${state}`;

describeRule(callbackFailed, [
  {
    of: "an endpoint that answers 500",
    trace: until().respondsWith().page({ status: 500, text: "Internal Server Error" }),
    is: "fail",
    certainty: "proven",
    says: "sent the browser back with a code, and https://app.example/callback answered 500",
    shows: "500 a code, no error",
  },
  { of: "an endpoint that answers 200", trace: until().respondsWith().page({ text: "You are signed in" }), is: "pass" },
  {
    of: "an endpoint that redirects to the application",
    trace: until().respondsWith().redirectsTo("https://app.example/home").page({ text: "Welcome back" }),
    is: "pass",
  },
  {
    of: "an endpoint whose host is not granted",
    trace: until().respondsWith().isHidden(),
    is: "cannotTell",
    says: "access to its site was not granted",
  },
  {
    of: "an endpoint that the browser itself takes the response for",
    trace: until().respondsWith().fails("net::ERR_ABORTED"),
    is: "cannotTell",
    says: "the browser stopped loading it (net::ERR_ABORTED)",
  },
  {
    of: "a browser check in front of the client",
    trace: until().respondsWith().page({
      status: 403,
      title: "Just a moment...",
      text: "app.example Verifying you are human. This may take a few seconds.",
    }),
    is: "cannotTell",
    says: "browser check",
  },
  {
    of: "a reload of a response that was taken",
    trace: until()
      .respondsWith()
      .page({ text: "You are signed in" })
      .visits(taken)
      .page({ status: 400, text: "Bad Request" }),
    is: "pass",
  },
  {
    of: "a reload of a response that was not taken",
    trace: until()
      .respondsWith()
      .page({ status: 500, text: "Error" })
      .visits(taken)
      .page({ status: 400, text: "Bad Request" }),
    is: "fail",
    certainty: "proven",
    says: "answered 400",
  },
  {
    of: "a host of files whose page for everything redeems the code",
    trace: until()
      .respondsWith()
      .page({ status: 404, html: "<!doctype html><title>App</title><div id=root></div>" })
      .tokenRequest({}, { json: { access_token: "2YotnFZFEjr1zCsicMWpAA-7hJq2mP9t", token_type: "Bearer" } }),
    is: "pass",
  },
  {
    of: "a client that sends the browser on with an error, to another host of its own",
    trace: until()
      .respondsWith()
      .redirectsTo(
        "https://www.client.example/welcome?error=server_error&error_description=Unable+to+exchange+external+code",
      )
      .page({ title: "Acme", text: "Sign in to Acme" }),
    is: "fail",
    certainty: "likely",
    says: 'the client sent it on with error=server_error, "Unable to exchange external code"',
  },
  {
    of: "a client that goes back to its login page with a word of its own",
    trace: until()
      .respondsWith()
      .redirectsTo("https://app.example/login?error=OAuthCallback")
      .page({ title: "Acme", text: "Sign in to Acme" }),
    is: "fail",
    certainty: "possible",
    says: "the client sent it on with error=OAuthCallback",
  },
  ...["", "none", "false", "0"].map((error) => ({
    of: `a client that sends the browser on with error=${error}`,
    trace: until().respondsWith().redirectsTo(`https://app.example/home?error=${error}`).page({ text: "Welcome back" }),
    is: "pass" as const,
  })),
  {
    of: "an error response, which the client may answer as it likes",
    trace: until()
      .respondsWith({ code: undefined, error: "access_denied", error_description: "no" })
      .page({ status: 400, text: "Login failed" }),
    is: "notApplicable",
  },
]);
