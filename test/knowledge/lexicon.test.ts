import { describe, expect, test } from "vitest";
import { judgeAnswer, type RequestShape } from "@/lib/servers/judge.ts";
import { createMatcher } from "@/lib/servers/matcher.ts";
import type { MessagePlace } from "@/lib/servers/server.ts";

/** The lexicon alone: no product's data. */
const { matchMessages } = createMatcher([]);

const request: RequestShape = {
  clientId: "5f1c8a",
  hasClientId: true,
  hasRedirectUri: true,
  hasCodeChallenge: true,
  hasState: true,
  hasResource: false,
  responseType: "code",
  challengeMethod: "S256",
};

function judge(text: string, { status = 400, where = "authorize" as MessagePlace, shape = request } = {}) {
  return judgeAnswer(
    { where, status, isInteraction: false, matches: matchMessages(text, { where }), request: shape },
    matchMessages,
  );
}

describe("the lexicon names the cause in the words of servers it was not told about", () => {
  test.each([
    ["The client application 'abc' could not be found.", "unknown-client"],
    ["Unknown client", "unknown-client"],
    ["unknown_client: no client with id 1f2e exists", "unknown-client"],
    ["We couldn't find an application with the given client ID.", "unknown-client"],
    ["No such client: 77ab", "unknown-client"],
    ["The OAuth client was not recognised by this server.", "unknown-client"],
    ["This application does not exist or has been removed.", "unknown-client"],
    ["Client with id 1234 is not registered", "unknown-client"],
    ["Invalid client identifier", "unknown-client"],
    ["The client_id is not valid.", "unknown-client"],
    ["client_id parameter is invalid", "unknown-client"],
    ["Application not found", "unknown-client"],
    ["Errors.App.NotFound: the app could not be found", "unknown-client"],
    ["The consumer key is unknown", "unknown-client"],
    ["The identifier of the client doesn't exist in our database: client ID unknown", "unknown-client"],
    ["Die Anwendung mit der Client-ID 4711 wurde nicht gefunden.", "unknown-client"],
    ["Unbekannter Client", "unknown-client"],
    ["Ungültige Client-ID", "unknown-client"],
    ["Dieser Client ist auf dem Server nicht registriert.", "unknown-client"],
    ["クライアントが見つかりません。", "unknown-client"],
    ["不明なクライアントIDです。", "unknown-client"],
    ["指定されたアプリケーションは存在しません。", "unknown-client"],
    ["The specified 'client_id' is invalid. ID2052", "unknown-client"],
    ["Invalid OAuth client. The client with the identifier abc does not exist.", "unknown-client"],
    ["bad request: you sent an invalid request: invalid client id.", "unknown-client"],
    ["client_not_found: the app is not known here", "unknown-client"],
    ["アプリケーションが登録されていません。", "unknown-client"],
    ["Die Client ID ist ungültig oder der Client wurde gelöscht.", "unknown-client"],
    ["Registered callback does not match with the provided url.", "redirect-uri-not-registered"],
    ["redirect_uri must match configuration", "redirect-uri-not-registered"],
    ["The redirect URL in the URL doesn't match the one set in app settings", "redirect-uri-not-registered"],
    [
      "Invalid redirect_uri: It must exactly match one of the redirect URIs you've pre-configured",
      "redirect-uri-not-registered",
    ],
    ["No redirect URI registered for this client", "redirect-uri-not-registered"],
    ["The client has not registered a redirect URI", "redirect-uri-not-registered"],
    ["Wrong redirectUri: http://x doesn't exist in the allowed Redirect URI list", "redirect-uri-not-registered"],
    ["Die Redirect URI http://x ist nicht in der Liste der erlaubten URIs.", "redirect-uri-not-registered"],
    ["The app you attempted to authenticate to is not authorized to use this service.", "client-not-allowed"],
    ["Unrecognized scope(s) [foo]", "scope-invalid"],
    ["Client tried to request unauthorized scopes: calendar", "scope-invalid"],
    ["指定されたスコープは許可されていません。", "scope-invalid"],
    ["Ihre Anmeldung ist abgelaufen. Bitte starten Sie den Vorgang neu.", "transaction-lost"],
    ["Your authorization request has timed out", "transaction-lost"],
    ["Request object could not be verified", "request-object-invalid"],
    ["This app is blocked by admin", "policy-denied"],
    ["The application is disabled by its owner.", "client-not-allowed"],
    ["This client has been suspended.", "client-not-allowed"],
    ["Der Client wurde deaktiviert.", "client-not-allowed"],
    [
      "The redirect URI in the request, http://localhost:1/cb, does not match the ones authorized for the OAuth client.",
      "redirect-uri-not-registered",
    ],
    ["redirect_uri mismatch", "redirect-uri-not-registered"],
    ["The callback URL is not approved for this application", "redirect-uri-not-registered"],
    ["The provided redirect_uri is not in the list of allowed URLs for this client.", "redirect-uri-not-registered"],
    ["This client is not allowed to use the redirect URI http://x/cb", "redirect-uri-not-registered"],
    ["Redirect URI http://a.example/cb is not whitelisted", "redirect-uri-not-registered"],
    ["The return URL is not registered.", "redirect-uri-not-registered"],
    [
      "Invalid redirect: http://a.example/cb does not match one of the registered values.",
      "redirect-uri-not-registered",
    ],
    ["Mismatching redirect_uri", "redirect-uri-not-registered"],
    ["You need to add the callback URL: the redirect_uri is unknown for client abc", "redirect-uri-not-registered"],
    ["Die Weiterleitungs-URI stimmt nicht mit der registrierten überein.", "redirect-uri-not-registered"],
    ["Die angegebene Umleitungs-URI ist für diesen Client nicht zugelassen.", "redirect-uri-not-registered"],
    ["Ungültige Rückruf-URL", "redirect-uri-not-registered"],
    ["リダイレクトURIが登録されていません。", "redirect-uri-not-registered"],
    ["redirect_uriが不正です", "redirect-uri-not-registered"],
    ["コールバックURLが一致しません。", "redirect-uri-not-registered"],
    ["このクライアントにはリダイレクトURIが許可されていません", "redirect-uri-not-registered"],
    ["The requested scope 'admin' is not allowed for this client.", "scope-invalid"],
    ["Unknown scope: calendar", "scope-invalid"],
    ["The scope requested is invalid, unknown or malformed", "scope-invalid"],
    ["Client may not request the scopes openid email", "scope-invalid"],
    ["Der angeforderte Scope ist ungültig.", "scope-invalid"],
    ["要求されたスコープが無効です。", "scope-invalid"],
    ["response_type 'token' is not supported", "response-type-unsupported"],
    ["Unsupported response type", "response-type-unsupported"],
    ["The response type is not enabled for this client", "response-type-unsupported"],
    ["Nicht unterstützter Antworttyp", "response-type-unsupported"],
    ["The nonce parameter is required for this flow", "nonce-required"],
    ["Response mode web_message is not allowed", "response-mode-unsupported"],
    ["The requested resource indicator is unknown", "resource-invalid"],
    ["Invalid audience: https://mcp.example", "resource-invalid"],
    ["Your session has expired. Please start again.", "transaction-lost"],
    ["Authorization transaction not found or already used", "transaction-lost"],
    ["Login request has expired", "transaction-lost"],
    ["CSRF token missing or incorrect.", "transaction-lost"],
    ["Ihre Sitzung ist abgelaufen.", "transaction-lost"],
    ["Anmeldung fehlgeschlagen. Der Client ist nicht registriert.", "unknown-client"],
    ["セッションの有効期限が切れました。", "transaction-lost"],
    ["The user cancelled the request", "access-denied"],
    ["The resource owner denied the request", "access-denied"],
    ["Your administrator has blocked this application", "policy-denied"],
    ["An administrator must approve this app: need admin approval", "policy-denied"],
    ["Authentication with the identity provider failed", "upstream-authorization-failed"],
    ["Invalid SAML response: the audience of the assertion does not match", "upstream-authorization-failed"],
    ["The request object signature is invalid", "request-object-invalid"],
    ["The request_uri has expired", "pushed-request-invalid"],
    ["Failed to fetch the client metadata document", "client-metadata-unreachable"],
    ["Something broke: 500 Internal Server Error", "authorization-server-error"],
    ["Ein unerwarteter Fehler ist aufgetreten", "authorization-server-error"],
    ["予期しないエラーが発生しました", "authorization-server-error"],
    ["Service temporarily unavailable, down for maintenance", "authorization-server-unavailable"],
    ["Missing Authentication Token", "authorization-endpoint-not-found"],
    ["CSRF verification failed. Request aborted.", "transaction-lost"],
    ["redirect_uri is incorrect, check application domain in the settings page", "redirect-uri-not-registered"],
    ["L'application est inconnue.", "unknown-client"],
    ["Cette application n'est pas enregistrée auprès du service.", "unknown-client"],
    ["L'URL de redirection ne correspond à aucune URL déclarée.", "redirect-uri-not-registered"],
    ["Votre session a expiré.", "transaction-lost"],
    ["Cliente no encontrado", "unknown-client"],
    ["No se encontró la aplicación solicitada.", "unknown-client"],
    ["La URL de redirección no está registrada.", "redirect-uri-not-registered"],
    ["Su sesión ha expirado.", "transaction-lost"],
    ["O aplicativo não foi encontrado.", "unknown-client"],
    ["A URI de redirecionamento não está cadastrada.", "redirect-uri-not-registered"],
    ["A sua sessão expirou.", "transaction-lost"],
    ["L'applicazione non è registrata.", "unknown-client"],
    ["L'URL di reindirizzamento non corrisponde.", "redirect-uri-not-registered"],
    ["La sessione è scaduta.", "transaction-lost"],
    ["Клиент не найден", "unknown-client"],
    ["URI перенаправления не совпадает с указанным", "redirect-uri-not-registered"],
    ["Сессия истекла", "transaction-lost"],
    ["客户端不存在", "unknown-client"],
    ["找不到客户端。", "unknown-client"],
    ["重定向地址不匹配", "redirect-uri-not-registered"],
    ["会话已过期，请重新登录", "transaction-lost"],
    ["클라이언트를 찾을 수 없습니다.", "unknown-client"],
    ["등록되지 않은 리다이렉트 URI입니다.", "redirect-uri-not-registered"],
    ["세션이 만료되었습니다.", "transaction-lost"],
  ])("%s → %s", (text, cause) => {
    const shape: RequestShape =
      cause === "client-metadata-unreachable" ? { ...request, clientId: "https://client.example/c.json" } : request;
    const { causes, certainty } = judge(text, { shape });
    expect(causes[0]).toBe(cause);
    expect(certainty).toBe("possible");
  });
});

describe("what is in the URL decides before what is in the text", () => {
  test.each([
    ["Missing client_id", { hasClientId: false }, "client-id-missing"],
    ["Invalid request", { hasClientId: false }, "client-id-missing"],
    ["Unknown client", { hasClientId: false }, "client-id-missing"],
    ["client_id is required", {}, "unknown-client"],
    ["Missing or invalid redirect_uri", {}, "redirect-uri-not-registered"],
    ["Missing or invalid redirect_uri", { hasRedirectUri: false }, "redirect-uri-missing"],
    ["Invalid redirect URI", { hasRedirectUri: false }, "redirect-uri-missing"],
    ["No redirect URI was provided", { hasRedirectUri: false }, "redirect-uri-missing"],
    ["redirect_uri must be an absolute URI", { redirectUri: "/callback" }, "redirect-uri-invalid"],
    ["redirect_uri uses an unsafe scheme", { redirectUri: "cursor://x/callback" }, "redirect-uri-invalid"],
    ["Insecure redirect URI", { redirectUri: "http://127.0.0.1:9/cb" }, "redirect-uri-not-registered"],
    ["PKCE is required", { hasCodeChallenge: false }, "pkce-required"],
    ["code_challenge_method must be S256", { challengeMethod: "plain" }, "pkce-method-unsupported"],
    ["Missing parameter: code_challenge_method", { hasCodeChallenge: false }, "pkce-required"],
    ["The state parameter is required", { hasState: false }, "state-required"],
    ["PKCEが必要です", { hasCodeChallenge: false }, "pkce-required"],
    ["Der Parameter redirect_uri fehlt", { hasRedirectUri: false }, "redirect-uri-missing"],
    ["client_idが指定されていません", { hasClientId: false }, "client-id-missing"],
  ])("%s with %o → %s", (text, difference, cause) => {
    expect(judge(text, { shape: { ...request, ...difference } }).causes[0]).toBe(cause);
  });

  test("a client_id that is a URL brings the unreachable document as a rival, and is never more than possible", () => {
    const { causes, certainty } = judge("Unknown client", {
      shape: { ...request, clientId: "https://client.example/c.json" },
    });
    expect(causes).toContain("unknown-client");
    expect(causes).toContain("client-metadata-unreachable");
    expect(certainty).toBe("possible");
  });

  test("words that name two causes list both", () => {
    const { causes, certainty } = judge("Unknown client or redirect_uri");
    expect(causes.slice(0, 2).sort()).toEqual(["redirect-uri-not-registered", "unknown-client"]);
    expect(certainty).toBe("possible");
  });
});

describe("the same words mean other things elsewhere", () => {
  test.each([
    ["redirect_uri does not match", "token", "token-redirect-uri-mismatch"],
    ["The authorization code has expired", "token", "authorization-code-invalid"],
    ["code_verifier does not match code_challenge", "token", "pkce-verifier-mismatch"],
    ["Unknown client", "token", "client-authentication-failed"],
    ["Client secret is invalid", "token", "client-authentication-failed"],
    ["The refresh token was revoked", "token", "refresh-token-invalid"],
    ["Grant type is not supported", "token", "grant-type-not-allowed"],
    ["redirect_uris must use https", "registration", "registration-redirect-uri-rejected"],
    ["Dynamic client registration is disabled", "registration", "registration-not-open"],
  ] as const)("%s at %s → %s", (text, where, cause) => {
    expect(judge(text, { where }).causes[0]).toBe(cause);
  });
});

describe("what only mentions a failure is none", () => {
  test.each([
    "Not registered? Sign up",
    "New client? Register your application here",
    "Don't have an account? Create one",
    "Forgot password?",
    "Invalid username or password.",
    "The password you entered is incorrect.",
    "Ungültiges Passwort",
    "パスワードが正しくありません。",
    "If you see an error saying the client is unknown, contact support.",
    "If your redirect URI is invalid, update it in the console.",
    "Example App wants to access your account",
    "By continuing you will be redirected to example.com",
    "This site uses cookies. Cookies are required to sign in? Learn more",
    "Wenn Sie keinen Zugriff haben, wenden Sie sich an den Administrator.",
    "PKCE is not required",
    "A client secret is not required for public clients",
    "Enter the code we sent to your phone",
    "アカウントをお持ちでない場合は登録してください",
    "Nom d'utilisateur ou mot de passe invalide.",
    "Acme souhaite accéder à votre compte",
    "Nombre de usuario o contraseña incorrectos.",
    "¿Aplicación no encontrada?",
    "Usuário ou senha inválidos. Acesso negado.",
    "Credenziali non valide",
    "Неверный логин или пароль",
    "用户名或密码错误",
    "아이디 또는 비밀번호가 잘못되었습니다.",
    "The error invalid_client is returned when the client is unknown. invalid_scope is returned when the scope is unknown. unauthorized_client, unsupported_response_type and server_error are described in the specification.",
  ])("%s", (text) => {
    expect(judge(text, { status: 200 }).causes).toEqual([]);
  });
});
