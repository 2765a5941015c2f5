import { describe, expect, test } from "vitest";
import { matchMessages } from "@/lib/servers/index.ts";
import { isErrorPage, isInteractionPage, judgeAnswer } from "@/lib/servers/judge.ts";

interface Page {
  readonly title: string;
  readonly text: string;
  readonly status?: number;
  readonly passwordFields?: number;
  readonly textFields?: number;
  readonly hiddenFields?: number;
  readonly buttons?: number;
}

const request = {
  clientId: "app-1",
  hasClientId: true,
  hasRedirectUri: true,
  hasCodeChallenge: true,
  hasState: true,
  hasResource: false,
  responseType: "code",
  challengeMethod: "S256",
};

function judge({ title, text, status = 200, ...fields }: Page) {
  const counts = { passwordFields: 0, textFields: 0, hiddenFields: 0, buttons: 0, ...fields };
  const forms = Object.values(counts).some((count) => count > 0) ? [{}] : [];
  const matches = matchMessages(`${title}\n${text}`, { where: "authorize" });
  const page = { status, contentType: "text/html", title, text, matches };
  const shown = { ...page, structure: { ...counts, links: 4, forms } };
  const isInteraction = isInteractionPage(shown);
  return {
    isInteraction,
    ...judgeAnswer({ ...page, isInteraction, isErrorPage: isErrorPage(shown), where: "authorize", request }),
  };
}

const login = { passwordFields: 1, textFields: 1, hiddenFields: 3, buttons: 1 };
const consent = { hiddenFields: 4, buttons: 2 };

describe("pages that ask something of a person are no failures, whatever they mention", () => {
  test.each<[string, Page]>([
    [
      "login",
      { title: "Sign in", text: "Username Password Sign in Forgot password? Not registered? Sign up", ...login },
    ],
    ["wrong password", { title: "Sign in", text: "Invalid username or password.", ...login }],
    ["wrong password with 401", { title: "Sign in", text: "Invalid credentials", status: 401, ...login }],
    ["wrong password with 400", { title: "Log in", text: "Wrong password. Try again.", status: 400, ...login }],
    ["account locked", { title: "Sign in", text: "Your account is locked. Contact your administrator.", ...login }],
    [
      "session expired above a login form",
      { title: "Sign in", text: "Your session has expired. Please log in again.", ...login },
    ],
    [
      "the same with 400",
      {
        title: "Sign in to main",
        text: "Your login attempt timed out. Login will start from the beginning.",
        status: 400,
        ...login,
      },
    ],
    [
      "German login",
      {
        title: "Anmelden",
        text: "Ungültiger Benutzername oder Passwort. Noch nicht registriert? Konto erstellen",
        ...login,
      },
    ],
    [
      "Japanese login",
      {
        title: "ログイン",
        text: "ユーザー名またはパスワードが無効です。アカウントをお持ちでない場合は登録してください",
        ...login,
      },
    ],
    [
      "French login",
      { title: "Connexion", text: "Identifiant ou mot de passe invalide. Mot de passe oublié ?", ...login },
    ],
    [
      "consent",
      {
        title: "Authorize Example",
        text: "Example wants to access your account. It is not verified by us. Allow Deny",
        ...consent,
      },
    ],
    [
      "consent naming a redirect",
      {
        title: "Application Access Request",
        text: "Client ID 1f2e wants access. You will be redirected to http://localhost:1/cb. Allow Access Deny",
        ...consent,
      },
    ],
    [
      "consent naming scopes",
      {
        title: "Grant access",
        text: "The application requests the scopes openid email. Required scopes cannot be deselected.",
        ...consent,
      },
    ],
    [
      "account chooser",
      {
        title: "Choose an account",
        text: "Choose an account to continue to Example. Use another account",
        hiddenFields: 2,
        buttons: 3,
      },
    ],
    [
      "second factor",
      {
        title: "Two-factor authentication",
        text: "Enter the 6-digit code. Invalid code.",
        textFields: 1,
        hiddenFields: 2,
        buttons: 1,
      },
    ],
    [
      "second factor with 401",
      {
        title: "Verify",
        text: "The code you entered is incorrect.",
        status: 401,
        textFields: 1,
        hiddenFields: 2,
        buttons: 1,
      },
    ],
    [
      "email first",
      {
        title: "Sign in",
        text: "Enter your email. We couldn't find an account with that username.",
        textFields: 1,
        hiddenFields: 2,
        buttons: 1,
      },
    ],
    [
      "sign up",
      { title: "Create account", text: "User registration. Email is required. Password is required.", ...login },
    ],
    [
      "cookie banner",
      { title: "Sign in", text: "We use cookies. Cookies are required for the session. Accept", ...login },
    ],
    [
      "noscript",
      {
        title: "Redirecting",
        text: "JavaScript is required. If you are not redirected, click Continue.",
        hiddenFields: 3,
        buttons: 1,
      },
    ],
    [
      "form_post relay",
      { title: "Submit this form", text: "Script is disabled. Click Submit to continue.", hiddenFields: 4, buttons: 1 },
    ],
  ])("%s", (_, page) => {
    const judged = judge(page);
    expect(judged.isInteraction).toBe(true);
    expect(judged.causes).toEqual([]);
  });
});

describe("pages without a form that mention errors are no failures either", () => {
  test.each<[string, Page]>([
    [
      "marketing under /authorize",
      {
        title: "Authorize.example – get paid",
        text: "Accept payments in minutes. Not registered? Start free. Trusted by 10,000 clients.",
      },
    ],
    [
      "help",
      {
        title: "Help center",
        text: "If your redirect URI is invalid, open the console. For example, a missing scope causes invalid_scope. Learn more",
      },
    ],
    [
      "reference",
      {
        title: "OAuth 2.0 reference",
        text: "invalid_client: the client is unknown.\ninvalid_scope: the scope is unknown.\naccess_denied: the user denied the request.\nserver_error: unexpected condition.\nunsupported_response_type",
      },
    ],
    ["loading", { title: "Loading…", text: "Please wait while we sign you in" }],
    ["done", { title: "Success", text: "Authentication complete. You may close this window." }],
    ["empty", { title: "", text: "" }],
  ])("%s", (_, page) => {
    expect(judge(page).causes).toEqual([]);
  });
});

describe("error pages are failures, whatever else stands on them", () => {
  test.each<[string, Page, string]>([
    [
      "200 with a message",
      { title: "OAuth authorization", text: "An error has occurred\nThe redirect URI included is not valid." },
      "redirect-uri-not-registered",
    ],
    [
      "200 that names a parameter and says nothing of it",
      { title: "Acme", text: "Something went wrong\nCorrect the following and try again:\nredirect_uri" },
      "redirect-uri-not-registered",
    ],
    [
      "200 that says nothing",
      { title: "Acme", text: "Oops! Something went wrong. Please try again later." },
      "authorization-request-invalid",
    ],
    [
      "with a search form",
      { title: "Error", text: "Client not found. Search", status: 400, textFields: 1, buttons: 1 },
      "unknown-client",
    ],
    [
      "with a login form in the header",
      { title: "Authorization failed", text: "Client ID not registered", status: 400, ...login },
      "unknown-client",
    ],
    [
      "with a log-out button",
      { title: "Error", text: "Unknown client", status: 401, hiddenFields: 1, buttons: 1 },
      "unknown-client",
    ],
    ["empty 404", { title: "", text: "", status: 404 }, "authorization-endpoint-not-found"],
    ["empty 400", { title: "", text: "", status: 400 }, "authorization-request-invalid"],
    ["empty 503", { title: "", text: "", status: 503 }, "authorization-server-unavailable"],
    [
      "a stack trace",
      { title: "Error", text: "TypeError: Cannot read properties of undefined\n at handler", status: 500 },
      "authorization-server-error",
    ],
  ])("%s", (_, page, cause) => {
    const judged = judge(page);
    expect(judged.isInteraction).toBe(false);
    expect(judged.causes[0]).toBe(cause);
  });
});

describe("certainty", () => {
  const said = (text: string, more: object = {}) =>
    judgeAnswer({
      where: "authorize",
      status: 400,
      isInteraction: false,
      matches: matchMessages(text, { where: "authorize" }),
      request,
      ...more,
    });

  test("a distinctive message is likely, and says which product's", () => {
    const judged = said("AADSTS700016: Application with identifier 'x' was not found in the directory 'y'.");
    expect(judged).toMatchObject({ causes: ["unknown-client"], certainty: "likely" });
    expect(judged.basis.join()).toContain("microsoft-entra");
  });

  test("plain words are possible, and likely once the product is recognised by something else", () => {
    expect(said("Client not found.").certainty).toBe("possible");
    expect(said("Client not found.", { servers: ["keycloak"] })).toMatchObject({
      causes: ["unknown-client"],
      certainty: "likely",
    });
  });

  test("a specific error code of the protocol is likely by itself", () => {
    expect(said("", { error: "invalid_scope" })).toMatchObject({ causes: ["scope-invalid"], certainty: "likely" });
  });

  test("codes that many faults share are possible by themselves", () => {
    expect(said("", { error: "invalid_request" }).certainty).toBe("possible");
    expect(said("", { error: "unauthorized_client" }).certainty).toBe("possible");
  });

  test("FastMCP's page has the unreachable document as its first cause when client_id is a URL, and is only possible", () => {
    const page =
      "Client Not Registered\nThe client ID https://c.example/m.json was not found in the server's client registry.";
    const judged = said(page, { request: { ...request, clientId: "https://c.example/m.json" } });
    expect(judged.causes.slice(0, 2)).toEqual(["client-metadata-unreachable", "unknown-client"]);
    expect(judged.certainty).toBe("possible");
    expect(said(page)).toMatchObject({ causes: ["unknown-client"], certainty: "likely" });
  });

  test("a distinctive message that always comes with its code is not decided by the code", () => {
    const judged = said(
      '{"error":"invalid_client","error_description":"Client authentication failed","message":"Client authentication failed"}',
      { error: "invalid_client", status: 401 },
    );
    expect(judged.causes.slice(0, 2)).toEqual(["unknown-client", "redirect-uri-not-registered"]);
    expect(judged.certainty).toBe("possible");
  });

  test("a description without spaces is read like a code", () => {
    const error = { error: "invalid_request", errorDescription: "Errors.App.NotFound" };
    expect(said("", error).causes[0]).toBe("unknown-client");
  });

  test("a code of the server's own is read like a sentence", () => {
    expect(said("", { error: "ClientNotFound" }).causes[0]).toBe("unknown-client");
    expect(said("", { error: "invalid_redirect_url" }).causes[0]).toBe("redirect-uri-not-registered");
    expect(said("", { error: "%00;drop" }).causes).toEqual(["authorization-request-invalid"]);
  });
});
