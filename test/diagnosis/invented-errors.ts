import type { Trace } from "../builders.ts";

/** An error page of an authorization server that does not exist, and what it says is wrong. */
export interface InventedError {
  readonly of: string;
  /** Id of the headline. */
  readonly cause: string;
  readonly request?: Readonly<Record<string, string | undefined>>;
  readonly page: Parameters<Trace["page"]>[0];
}

const shell = (title: string, body: string, lang = "en"): string =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title></head><body><header><a href="/">Home</a></header><main>${body}</main><footer><a href="/privacy">Privacy</a> <a href="/help">Help</a></footer></body></html>`;

/**
 * Written before the judge had seen any of them, and not taken from any product: they measure what a server nobody told
 * Hopscope about gets. A page that is judged wrongly may be fixed by a general word or rule only.
 */
export const inventedErrors: readonly InventedError[] = [
  {
    of: "an app that nobody knows, HTML 404",
    cause: "unknown-client",
    page: {
      status: 404,
      html: shell(
        "Nothing here",
        "<h1>We don't know this app</h1><p>No app with the ID s6BhdRkqt3 exists on Larkspur.</p>",
      ),
    },
  },
  {
    of: "a pause that is announced, HTML 200",
    cause: "authorization-server-unavailable",
    page: {
      status: 200,
      html: shell(
        "We'll be right back",
        "<h1>We'll be right back</h1><p>Larkspur is undergoing maintenance. Thank you for your patience.</p>",
      ),
    },
  },
  {
    of: "an unregistered application, text 403",
    cause: "unknown-client",
    page: {
      status: 403,
      text: "Access blocked: the requesting application has not been registered with Northwind SSO.",
    },
  },
  {
    of: "a client that was deleted, JSON 400",
    cause: "unknown-client",
    page: { status: 400, json: { code: 40012, message: "OAuth client has been deleted or never existed" } },
  },
  {
    of: "an id that matches nothing, HTML 200",
    cause: "unknown-client",
    page: {
      status: 200,
      html: shell("Problem", "<h2>Sorry!</h2><p>The client_id in this link doesn't match any integration.</p>"),
    },
  },
  {
    of: "an exception with a class name, 500",
    cause: "unknown-client",
    page: {
      status: 500,
      text: "ClientNotFoundException: no client for id s6BhdRkqt3\n    at Registry.load(Registry.java:88)",
    },
  },
  {
    of: "an unknown client, German 400",
    cause: "unknown-client",
    page: {
      status: 400,
      html: shell("Fehler", "<h1>Anmeldung nicht möglich</h1><p>Die Anwendung ist uns nicht bekannt.</p>", "de"),
    },
  },
  {
    of: "an unregistered client, German 200",
    cause: "unknown-client",
    page: {
      status: 200,
      html: shell("Hoppla", "<p>Für die angegebene Client-ID ist keine Anwendung registriert.</p>", "de"),
    },
  },
  {
    of: "an unknown client, Japanese 400",
    cause: "unknown-client",
    page: { status: 400, html: shell("エラー", "<p>指定されたクライアントは登録されていません。</p>", "ja") },
  },
  {
    of: "a redirect URI off the list, HTML 400",
    cause: "redirect-uri-not-registered",
    page: {
      status: 400,
      html: shell(
        "Can't continue",
        "<h1>Can't send you back</h1><p>https://app.example/callback isn't one of the return addresses this app has registered.</p>",
      ),
    },
  },
  {
    of: "a callback URL that does not match, JSON 400",
    cause: "redirect-uri-not-registered",
    page: {
      status: 400,
      json: { ok: false, reason: "callback_url_mismatch", detail: "The callback URL does not match the one on file." },
    },
  },
  {
    of: "a return URL not allowed, text 401",
    cause: "redirect-uri-not-registered",
    page: { status: 401, text: "redirect_uri not on the allow list of this client" },
  },
  {
    of: "a redirect address, HTML 200",
    cause: "redirect-uri-not-registered",
    page: {
      status: 200,
      html: shell(
        "Authorization",
        "<p class=alert>The redirect address supplied by the application was not recognised.</p>",
      ),
    },
  },
  {
    of: "a redirect URI, German 400",
    cause: "redirect-uri-not-registered",
    page: {
      status: 400,
      html: shell(
        "Ungültige Anfrage",
        "<p>Die Weiterleitungsadresse stimmt nicht mit der hinterlegten Adresse überein.</p>",
        "de",
      ),
    },
  },
  {
    of: "a redirect URI, German JSON 422",
    cause: "redirect-uri-not-registered",
    page: { status: 422, json: { fehler: "redirect_uri ist für diesen Client nicht zugelassen" } },
  },
  {
    of: "a redirect URI, Japanese 403",
    cause: "redirect-uri-not-registered",
    page: { status: 403, html: shell("認証エラー", "<p>リダイレクトURIが登録された値と一致しません。</p>", "ja") },
  },
  {
    of: "no redirect URI, text 400",
    cause: "redirect-uri-missing",
    request: { redirect_uri: undefined },
    page: { status: 400, text: "You must tell us where to send the user: redirect_uri is empty." },
  },
  {
    of: "no client id, HTML 400",
    cause: "client-id-missing",
    request: { client_id: undefined },
    page: { status: 400, html: shell("Bad request", "<p>Which app are you? The client id is absent.</p>") },
  },
  {
    of: "no client id, Japanese JSON 400",
    cause: "client-id-missing",
    request: { client_id: undefined },
    page: { status: 400, json: { message: "client_id は必須です" } },
  },
  {
    of: "no PKCE, JSON 400",
    cause: "pkce-required",
    request: { code_challenge: undefined, code_challenge_method: undefined },
    page: { status: 400, json: { error: "invalid_request", hint: "Proof Key for Code Exchange is mandatory here" } },
  },
  {
    of: "no PKCE, HTML 200",
    cause: "pkce-required",
    request: { code_challenge: undefined, code_challenge_method: undefined },
    page: { status: 200, html: shell("Oops", "<p>This server only serves clients that send a code challenge.</p>") },
  },
  {
    of: "plain PKCE, text 400",
    cause: "pkce-method-unsupported",
    request: { code_challenge_method: "plain" },
    page: { status: 400, text: "Transform algorithm 'plain' is not accepted; use S256." },
  },
  {
    of: "an unknown scope, JSON 400",
    cause: "scope-invalid",
    request: { scope: "openid calendar.write" },
    page: { status: 400, json: { error: { type: "scope", text: "'calendar.write' is not a permission we offer" } } },
  },
  {
    of: "a scope not granted, HTML 403",
    cause: "scope-invalid",
    request: { scope: "openid admin" },
    page: {
      status: 403,
      html: shell("Not permitted", "<p>This application may not ask for the scope <code>admin</code>.</p>"),
    },
  },
  {
    of: "a scope, German 400",
    cause: "scope-invalid",
    request: { scope: "openid kalender" },
    page: {
      status: 400,
      html: shell("Fehler", "<p>Der angeforderte Geltungsbereich (Scope) „kalender“ existiert nicht.</p>", "de"),
    },
  },
  {
    of: "response_type token, text 400",
    cause: "response-type-unsupported",
    request: { response_type: "token" },
    page: { status: 400, text: "Implicit flow is disabled. response_type=token cannot be used." },
  },
  {
    of: "an app switched off, HTML 403",
    cause: "client-not-allowed",
    page: {
      status: 403,
      html: shell("Disabled", "<h1>This application has been suspended</h1><p>The developer must contact us.</p>"),
    },
  },
  {
    of: "a tenant that has not enabled it, JSON 403",
    cause: "client-not-allowed",
    page: {
      status: 403,
      json: { title: "Application disabled", detail: "The client is not enabled for your workspace." },
    },
  },
  {
    of: "an administrator's policy, HTML 403",
    cause: "policy-denied",
    page: {
      status: 403,
      html: shell("Blocked", "<p>Your administrator has blocked access to this app from unmanaged devices.</p>"),
    },
  },
  {
    of: "a policy, German 403",
    cause: "policy-denied",
    page: {
      status: 403,
      html: shell(
        "Zugriff verweigert",
        "<p>Ihr Administrator hat den Zugriff durch eine Richtlinie gesperrt.</p>",
        "de",
      ),
    },
  },
  {
    of: "a sign-in that timed out, HTML 400",
    cause: "transaction-lost",
    page: {
      status: 400,
      html: shell("Start over", "<p>This sign-in attempt is no longer valid. Return to the app and begin again.</p>"),
    },
  },
  {
    of: "a session that was lost, German 440",
    cause: "transaction-lost",
    page: {
      status: 440,
      html: shell(
        "Sitzung abgelaufen",
        "<p>Ihre Anmeldesitzung ist abgelaufen. Bitte starten Sie die Anmeldung neu.</p>",
        "de",
      ),
    },
  },
  {
    of: "an expired flow, Japanese 400",
    cause: "transaction-lost",
    page: {
      status: 400,
      html: shell("エラー", "<p>セッションの有効期限が切れました。最初からやり直してください。</p>", "ja"),
    },
  },
  {
    of: "a resource nobody serves, JSON 400",
    cause: "resource-invalid",
    request: { resource: "https://mcp.example/mcp" },
    page: {
      status: 400,
      json: { error: "invalid_target", error_description: "no such audience: https://mcp.example/mcp" },
    },
  },
  {
    of: "an audience, HTML 403",
    cause: "resource-invalid",
    request: { resource: "https://mcp.example/mcp" },
    page: {
      status: 403,
      html: shell(
        "Forbidden",
        "<p>Tokens for the resource https://mcp.example/mcp cannot be issued by this server.</p>",
      ),
    },
  },
  {
    of: "a crash, HTML 500",
    cause: "authorization-server-error",
    page: {
      status: 500,
      html: shell("500", "<h1>Something broke on our side</h1><p>Reference 7F3A. Our engineers were told.</p>"),
    },
  },
  {
    of: "a crash, Japanese 500",
    cause: "authorization-server-error",
    page: { status: 500, html: shell("システムエラー", "<p>サーバー内部でエラーが発生しました。</p>", "ja") },
  },
  {
    of: "maintenance, HTML 503",
    cause: "authorization-server-unavailable",
    page: { status: 503, html: shell("Back soon", "<p>Sign-in is down for maintenance until 18:00 UTC.</p>") },
  },
  {
    of: "too many requests, text 429",
    cause: "authorization-server-unavailable",
    page: { status: 429, text: "Slow down! Too many attempts from this address." },
  },
  {
    of: "another endpoint, JSON 404",
    cause: "authorization-endpoint-not-found",
    page: { status: 404, json: { statusCode: 404, message: "Cannot GET /authorize" } },
  },
  {
    of: "a signed request that does not verify, JSON 400",
    cause: "request-object-invalid",
    request: { request: "eyJhbGciOiJub25lIn0.e30." },
    page: {
      status: 400,
      json: { error: "bad_request_jwt", message: "The signature of the request object could not be verified" },
    },
  },
  {
    of: "a parameter sent twice, text 400",
    cause: "authorization-request-invalid",
    page: { status: 400, text: "Parameter 'prompt' was supplied more than once" },
  },
  {
    of: "no state, HTML 400",
    cause: "state-required",
    request: { state: undefined },
    page: {
      status: 400,
      html: shell("Refused", "<p>For your protection we only accept requests that carry a state value.</p>"),
    },
  },
  {
    of: "a redirect URI without TLS, text 400",
    cause: "redirect-uri-invalid",
    request: { redirect_uri: "http://app.example/callback" },
    page: { status: 400, text: "redirect_uri must use https" },
  },
  {
    of: "an error behind a stack trace in German, 500",
    cause: "authorization-server-error",
    page: {
      status: 500,
      html: shell("Interner Serverfehler", "<p>Ein unerwarteter Fehler ist aufgetreten. Fehlernummer 4711.</p>", "de"),
    },
  },
];
