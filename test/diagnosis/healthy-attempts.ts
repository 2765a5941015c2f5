import type { FlowState } from "@/lib/diagnosis/rule.ts";
import { clientId, code, loginForm, redirectUri, server, state, type Trace, trace } from "../builders.ts";

export interface HealthyAttempt {
  readonly of: string;
  readonly trace: Trace;
  /** Of its attempts, newest first. */
  readonly states: readonly FlowState[];
}

const upstream = "https://login.upstream.example";
const upstreamRequest = `${upstream}/oauth2/authorize?response_type=code&client_id=up-7&redirect_uri=${encodeURIComponent(`${server}/federated/callback`)}&scope=openid&state=up-state-9b1d2c3e4f5a6b7c8d9e`;
const upstreamResponse = `${server}/federated/callback?code=up-code-51x8LOBeZQQYbYS6WxSb&state=up-state-9b1d2c3e4f5a6b7c8d9e`;
const saml = "https://saml.upstream.example/sso?SAMLRequest=fZFNT8MwDIb&RelayState=r1";
const token = { json: { access_token: "at-2YotnFZFEjr1zCsicMWpAA", token_type: "Bearer", expires_in: 3600 } };
const errorDocs = {
  status: 200,
  title: "redirect_uri mismatch",
  text: "Error 400: redirect_uri mismatch. invalid_client: The client was not found. access_denied: the user denied.",
};
const done = { text: "You can close this window." };
const minute = 60_000;
const posted = { kind: "form" as const, fields: [{ name: "u", value: "ann" }] };

const entered = (options: Parameters<Trace["authorizationRequest"]>[0] = {}): Trace =>
  trace()
    .authorizationRequest(options)
    .redirectsTo(`${server}/login?flow=1`)
    .loginPage()
    .visits(`${server}/login?flow=1`, "POST", posted);
const through = (options: Parameters<Trace["authorizationRequest"]>[0] = {}): Trace =>
  entered(options).respondsWith().page(done);

/** Whole attempts with detours, delays and neighbours, all of them working. */
export const healthyAttempts: readonly HealthyAttempt[] = [
  {
    of: "no page at all: a session and a grant",
    states: ["code-delivered"],
    trace: trace().authorizationRequest().respondsWith().page(done),
  },
  { of: "a token answer", states: ["connected"], trace: through().tokenRequest({}, token) },
  {
    of: "a token answer after HTTP Basic was asked for",
    states: ["connected", "incomplete"],
    trace: trace()
      .authorizationRequest()
      .page({ status: 401, text: "", headers: { "www-authenticate": 'Basic realm="staging"' } })
      .authorizationRequest({}, { tab: 1 })
      .respondsWith()
      .page(done)
      .tokenRequest({}, token),
  },
  {
    of: "a login that takes twenty minutes",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .redirectsTo(`${server}/login`)
      .loginPage()
      .wait(20 * minute)
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a consent that takes an hour",
    states: ["code-delivered"],
    trace: entered()
      .page({
        title: "Authorize",
        text: "Example asks for access",
        structure: { ...loginForm, passwordFields: 0, textFields: 0, buttons: 2 },
      })
      .wait(60 * minute)
      .visits(`${server}/consent`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "an error page of documentation opened in the same tab afterwards",
    states: ["connected"],
    trace: through()
      .tokenRequest({}, token)
      .visits("https://docs.example/errors/redirect_uri_mismatch")
      .page(errorDocs),
  },
  {
    of: "the authorization server's own documentation opened in the same tab afterwards",
    states: ["code-delivered"],
    trace: through().visits(`${server}/docs/errors`).page(errorDocs),
  },
  {
    of: "a broken page of the client opened in the same tab afterwards",
    states: ["code-delivered"],
    trace: through().visits("https://app.example/reports/7").page({ status: 500, text: "Internal Server Error" }),
  },
  {
    of: "a missing page of the client opened long afterwards",
    states: ["code-delivered"],
    trace: through()
      .wait(10 * minute)
      .visits("https://app.example/old")
      .page({ status: 404, text: "Not found" }),
  },
  {
    of: "an upstream authorization server",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstreamRequest)
      .loginPage()
      .visits(`${upstream}/login`, "POST", posted)
      .redirectsTo(upstreamResponse)
      .respondsWith()
      .page(done),
  },
  {
    of: "an upstream that knows the person already",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstreamRequest)
      .redirectsTo(upstreamResponse)
      .respondsWith()
      .page(done),
  },
  {
    of: "two upstreams in a row",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .redirectsTo(`${server}/hrd`)
      .redirectsTo(saml)
      .loginPage()
      .visits("https://saml.upstream.example/sso", "POST", posted)
      .redirectsTo(upstreamRequest)
      .redirectsTo(upstreamResponse)
      .respondsWith()
      .page(done),
  },
  {
    of: "an upstream by SAML",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .redirectsTo(saml)
      .loginPage()
      .visits(`${server}/saml/acs`, "POST", {
        kind: "form",
        fields: [{ name: "SAMLResponse", value: "PHNhbWxwOlJlc3BvbnNlPg" }],
      })
      .respondsWith()
      .page(done),
  },
  {
    of: "an upstream whose wrong password was answered 401",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .redirectsTo(upstreamRequest)
      .page({ status: 401, title: "Sign in", text: "Invalid password. Try again.", structure: loginForm })
      .visits(`${upstream}/login`, "POST", posted)
      .redirectsTo(upstreamResponse)
      .respondsWith()
      .page(done),
  },
  {
    of: "ten redirects within the server",
    states: ["code-delivered"],
    trace: Array.from({ length: 10 }, (_, step) => step)
      .reduce(
        (built, step) => built.redirectsTo(`${server}/step/${step}?error_hint=none`),
        trace().authorizationRequest(),
      )
      .respondsWith()
      .page(done),
  },
  {
    of: "redirects by 303, 307 and 308",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .redirectsTo(`${server}/a`, 303)
      .redirectsTo(`${server}/b`, 307)
      .redirectsTo(`${server}/c`, 308)
      .respondsWith()
      .page(done),
  },
  {
    of: "a redirect to the login page under a path that says error",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .redirectsTo(`${server}/error-free/login?error=`)
      .loginPage()
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a wrong password that the server says by a redirect",
    states: ["code-delivered"],
    trace: entered()
      .redirectsTo(`${server}/login?flow=1&error=bad_credentials`, 303)
      .page({ title: "Sign in", text: "Invalid username or password.", structure: loginForm })
      .visits(`${server}/login?flow=1`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a wrong password that the server says by ?error",
    states: ["code-delivered"],
    trace: entered()
      .redirectsTo(`${server}/login?error`)
      .page({ title: "Please sign in", text: "Bad credentials", structure: loginForm })
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a login refused with 401, then accepted",
    states: ["code-delivered"],
    trace: entered()
      .page({ status: 401, title: "Sign in", text: "Authentication failed", structure: loginForm })
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a password reset in between",
    states: ["code-delivered"],
    trace: entered()
      .page({ title: "Sign in", text: "Wrong password", structure: loginForm })
      .visits(`${server}/reset`)
      .page({ title: "Reset password", text: "Enter your email", structure: loginForm })
      .visits(`${server}/reset`, "POST", posted)
      .page({ title: "Check your email", text: "We sent you a link. It expires in 10 minutes." })
      .visits(`${server}/reset/confirm?t=1`)
      .page({ title: "New password", text: "Passwords do not match", structure: loginForm })
      .visits(`${server}/reset/confirm`, "POST", posted)
      .redirectsTo(`${server}/login?flow=1`)
      .loginPage()
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a sign-up in between",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .loginPage()
      .visits(`${server}/signup`)
      .page({
        status: 422,
        title: "Create account",
        text: "Email is invalid. Registration failed.",
        structure: loginForm,
      })
      .visits(`${server}/signup`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a missing page in between, left by the back button",
    states: ["code-delivered"],
    trace: entered()
      .page({ title: "Sign in", text: "Welcome", structure: loginForm })
      .visits(`${server}/help/none`)
      .page({ status: 404, title: "Not found", text: "The page was not found" })
      .visits(`${server}/login?flow=1`)
      .loginPage()
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a crash in between, repaired by a reload",
    states: ["code-delivered"],
    trace: entered()
      .page({ status: 502, text: "Bad Gateway" })
      .visits(`${server}/login?flow=1`)
      .loginPage()
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a connection lost in between, then restored",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .fails("net::ERR_INTERNET_DISCONNECTED")
      .authorizationRequest({}, { tab: 1 })
      .loginPage()
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a browser check before the login",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .page({ status: 403, title: "Just a moment...", text: "Verifying you are human" })
      .authorizationRequest({}, { tab: 1 })
      .loginPage()
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a browser check that sends its answer to the endpoint",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .page({ status: 403, title: "Just a moment...", text: "Verifying you are human" })
      .visits(
        `${server}/authorize?response_type=code&client_id=${clientId}&redirect_uri=${encodeURIComponent(redirectUri)}&state=${state}&__cf_chl_tk=9f`,
        "POST",
        posted,
      )
      .loginPage()
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a reload of the authorization request",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .loginPage()
      .authorizationRequest({}, { tab: 1 })
      .loginPage()
      .visits(`${server}/login`, "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "a workspace that the person names, at whose host the request is made again",
    states: ["code-delivered"],
    trace: trace()
      .authorizationRequest()
      .redirectsTo(`${server}/workspace-signin`)
      .page({
        title: "Sign in",
        text: "Sign in to your workspace",
        structure: { ...loginForm, passwordFields: 0 },
      })
      .visits(
        `https://acme.workspaces.example/oauth/v2/authorize?response_type=code&client_id=${clientId}&redirect_uri=${encodeURIComponent(redirectUri)}&scope=openid&state=${state}`,
      )
      .page({ title: "Authorize", text: "Example asks for access" })
      .visits("https://acme.workspaces.example/oauth/v2/authorize", "POST", posted)
      .respondsWith()
      .page(done),
  },
  {
    of: "an authorization response that nothing asked for: the authorization server started it",
    states: ["code-delivered"],
    trace: trace()
      .visits(`${redirectUri}?code=${code}&iss=${encodeURIComponent(server)}`)
      .page(done),
  },
  {
    of: "a launch from a portal",
    states: ["code-delivered"],
    trace: trace()
      .visits("https://portal.example/apps")
      .page({ title: "My apps", text: "3 apps failed to load" })
      .visits(
        `https://app.example/login?iss=${encodeURIComponent(server)}&target_link_uri=https%3A%2F%2Fapp.example%2F`,
      )
      .redirectsTo(
        `${server}/authorize?response_type=code&client_id=${clientId}&redirect_uri=${encodeURIComponent(redirectUri)}&scope=openid&state=${state}&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256`,
      )
      .respondsWith()
      .page(done),
  },
  {
    of: "form_post",
    states: ["code-delivered"],
    trace: entered({ response_mode: "form_post" })
      .page({
        html: `<title>Submit this form</title><form method="post" action="${redirectUri}"><input type="hidden" name="code" value="${code}"><input type="hidden" name="state" value="${state}"><noscript>Script is disabled. Click to continue.</noscript></form>`,
      })
      .visits(redirectUri, "POST", {
        kind: "form",
        fields: [
          { name: "code", value: code },
          { name: "state", value: state },
        ],
      })
      .page(done),
  },
  {
    of: "form_post, then the client's own redirect",
    states: ["code-delivered"],
    trace: entered({ response_mode: "form_post" })
      .page({
        html: `<form method="post" action="${redirectUri}"><input type="hidden" name="code" value="${code}"><input type="hidden" name="state" value="${state}"></form>`,
      })
      .visits(redirectUri, "POST", {
        kind: "form",
        fields: [
          { name: "code", value: code },
          { name: "state", value: state },
        ],
      })
      .redirectsTo("https://app.example/home", 303)
      .page({ title: "Home", text: "2 errors today" }),
  },
  {
    of: "a fragment",
    states: ["code-delivered"],
    trace: entered({ response_mode: "fragment" })
      .redirectsTo(`${redirectUri}#code=${code}&state=${state}`)
      .page({ title: "Signing in…", text: "One moment" }),
  },
  {
    of: "a callback that redirects into the application",
    states: ["code-delivered"],
    trace: entered().respondsWith().redirectsTo("https://app.example/home").page({ title: "Home", text: "No errors" }),
  },
  {
    of: "a callback that redirects to a page with an error parameter of its own",
    states: ["code-delivered"],
    trace: entered().respondsWith().redirectsTo("https://app.example/home?errors=0&show_error=false").page(done),
  },
  {
    of: "a callback that redirects to a page of the client about another failure",
    states: ["code-delivered"],
    trace: entered()
      .respondsWith()
      .redirectsTo("https://app.example/inbox")
      .page({ title: "Inbox", text: "Your export failed: invalid file" }),
  },
  {
    of: "a callback of a native application",
    states: ["code-delivered"],
    trace: entered({ redirect_uri: "http://127.0.0.1:43117/cb" })
      .respondsWith({}, "http://127.0.0.1:43117/cb")
      .page({ text: "Success! Return to your terminal." }),
  },
  {
    of: "a page left on the login form",
    states: ["incomplete"],
    trace: trace().authorizationRequest().loginPage().closesTab(),
  },
  {
    of: "a page left after a wrong password",
    states: ["incomplete"],
    trace: entered()
      .page({ status: 401, title: "Sign in", text: "Error: wrong password", structure: loginForm })
      .closesTab(),
  },
  {
    of: "a silent check that finds nobody, then a login",
    states: ["code-delivered", "not-connected"],
    trace: trace()
      .authorizationRequest({ prompt: "none" })
      .respondsWith({
        code: undefined,
        error: "login_required",
        error_description: "End-User authentication is required",
      })
      .page(done)
      .authorizationRequest({ state: "b1d2c3e4f5a6b7c8d9e0f1a2b3c4d5e6" })
      .loginPage()
      .visits(`${server}/login`, "POST", posted)
      .respondsWith({ state: "b1d2c3e4f5a6b7c8d9e0f1a2b3c4d5e6", code: "other-51x8LOBeZQQYbYS6WxSb" })
      .page(done),
  },
  {
    of: "a silent renewal",
    states: ["code-delivered"],
    trace: trace().authorizationRequest({ prompt: "none" }).respondsWith().page({ text: "" }),
  },
  {
    of: "a second login of the same person",
    states: ["code-delivered", "code-delivered"],
    trace: through()
      .wait(minute)
      .authorizationRequest({ state: "b1d2c3e4f5a6b7c8d9e0f1a2b3c4d5e6" })
      .respondsWith({ state: "b1d2c3e4f5a6b7c8d9e0f1a2b3c4d5e6", code: "other-51x8LOBeZQQYbYS6WxSb" })
      .page(done),
  },
  {
    of: "a registration before it",
    states: ["connected"],
    trace: trace()
      .registration({}, { status: 201, json: { client_id: clientId, redirect_uris: [redirectUri] } })
      .authorizationRequest()
      .respondsWith()
      .page(done)
      .tokenRequest({}, token),
  },
  {
    of: "a refresh after it",
    states: ["connected"],
    trace: through()
      .tokenRequest({}, { json: { ...token.json, refresh_token: "rt-8xLOxBtZp8" } })
      .fetches(`${server}/token`, {
        form: { grant_type: "refresh_token", refresh_token: "rt-8xLOxBtZp8", client_id: clientId },
        answer: token,
      }),
  },
  {
    of: "a device's polling that waits",
    states: ["incomplete"],
    trace: trace().fetches(`${server}/token`, {
      form: {
        grant_type: "urn:ietf:params:oauth:grant-type:device_code",
        device_code: "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS",
        client_id: clientId,
      },
      answer: { status: 400, json: { error: "authorization_pending" } },
    }),
  },
  {
    of: "a marketing page under /authorize",
    states: [],
    trace: trace()
      .visits(`${server}/authorize`)
      .page({ title: "Authorize.example", text: "Accept payments. Not registered? Start free. Fewer denied cards." }),
  },
  {
    of: "a status page",
    states: [],
    trace: trace()
      .visits("https://status.example/")
      .page({ title: "Status", text: "OAuth: partial outage. server_error on /authorize, invalid_client on /token" }),
  },
  {
    of: "a search for an error",
    states: [],
    trace: trace().visits("https://search.example/?q=redirect_uri+mismatch+error%3Dinvalid_client").page(errorDocs),
  },
  {
    of: "a list of commits with a code parameter",
    states: [],
    trace: trace()
      .visits("https://git.example/search?code=main&state=open")
      .page({ title: "Issues", text: "invalid_client 500 error" }),
  },
  {
    of: "a log-out",
    states: [],
    trace: trace()
      .visits(`${server}/logout?post_logout_redirect_uri=https%3A%2F%2Fapp.example%2F&state=x1`)
      .redirectsTo("https://app.example/?state=x1")
      .page({ text: "You have been signed out. Your session has expired." }),
  },
  {
    of: "an API that answers 401 without a challenge",
    states: [],
    trace: trace().fetches("https://api.example/me", { answer: { status: 401, json: { error: "unauthorized" } } }),
  },
  {
    of: "an API call with an expired token, refreshed at once",
    states: ["connected"],
    trace: through()
      .tokenRequest({}, { json: { ...token.json, refresh_token: "rt-8xLOxBtZp8" } })
      .fetches("https://api.example/me", {
        headers: { authorization: "Bearer at-2YotnFZFEjr1zCsicMWpAA" },
        answer: {
          status: 401,
          json: { error: "invalid_token" },
          headers: { "www-authenticate": 'Bearer error="invalid_token", error_description="The access token expired"' },
        },
      })
      .fetches(`${server}/token`, {
        form: { grant_type: "refresh_token", refresh_token: "rt-8xLOxBtZp8", client_id: clientId },
        answer: token,
      }),
  },
];
