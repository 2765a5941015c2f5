import type { Trace } from "../builders.ts";

type Page = Parameters<Trace["page"]>[0];
export type HealthyPage = readonly [of: string, page: Page];

const html = (title: string, body: string, lang = "en"): Page => ({
  html: `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`,
});
const withStatus = (status: number, page: Page): Page => ({ ...page, status });

const form = (fields: string): string =>
  `<form method="post" action="/continue"><input type="hidden" name="t" value="1">${fields}</form>`;
const credentials = (user: string, password: string, go: string): string =>
  form(
    `<label>${user} <input name="u"></label><label>${password} <input type="password" name="p"></label><button>${go}</button>`,
  );
const login = credentials("Username", "Password", "Sign in");
const codeField = form('<label>Code <input name="otp" inputmode="numeric"></label><button>Verify</button>');
const decision = (allow: string, deny: string): string =>
  form(`<button name="d" value="1">${allow}</button><button name="d" value="0">${deny}</button>`);
const allowDeny = decision("Allow", "Deny");

/** What a person may meet between the authorization request and its response, and still be let in. */
export const pagesOnTheWay: readonly HealthyPage[] = [
  ["a login with a sign-up link", html("Sign in", `${login}<p>Not registered? <a href="/signup">Sign up</a></p>`)],
  [
    "a login that explains errors",
    html(
      "Sign in",
      `${login}<aside>Seeing "invalid_client" or "redirect_uri mismatch"? The application is not registered. Contact its developer.</aside>`,
    ),
  ],
  ["a login that promises no error", html("Sign in", `<p>No errors found. All systems operational.</p>${login}`)],
  ["a wrong password", html("Sign in", `<p role="alert">Error: invalid username or password.</p>${login}`)],
  [
    "a wrong password with 401",
    withStatus(401, html("Sign in", `<p>Authentication failed. Access denied.</p>${login}`)),
  ],
  ["a wrong password with 400", withStatus(400, html("Sign in", `<p>Bad credentials</p>${login}`))],
  ["a wrong password with 403", withStatus(403, html("Sign in", `<p>Forbidden: the password is wrong.</p>${login}`))],
  ["a wrong password with 422", withStatus(422, html("Sign in", `<p>Email or password is invalid.</p>${login}`))],
  [
    "a locked account",
    html(
      "Sign in",
      `<p>Your account is temporarily locked after too many failed attempts. Try again in 5 minutes.</p>${login}`,
    ),
  ],
  [
    "an expired password",
    html(
      "Change password",
      `<p>Your password has expired and must be changed.</p>${form('<input type="password" name="a"><input type="password" name="b"><button>Change</button>')}`,
    ),
  ],
  [
    "an expired session above the form",
    html("Sign in", `<p>Your session has expired. Please sign in again.</p>${login}`),
  ],
  [
    "an expired session with 440",
    withStatus(440, html("Sign in", `<p>Your session timed out due to inactivity.</p>${login}`)),
  ],
  [
    "a cookie banner",
    html(
      "Sign in",
      `<div>We use cookies. Cookies are required to sign in; without them you get an error. <button>Accept</button></div>${login}`,
    ),
  ],
  ["a noscript notice", html("Sign in", `<noscript>Error: JavaScript is required.</noscript>${login}`)],
  [
    "a status notice",
    html(
      "Sign in",
      `<div class="banner">Degraded performance: some token requests fail with server_error. See status.example.</div>${login}`,
    ),
  ],
  [
    "a maintenance notice",
    html("Sign in", `<div>Scheduled maintenance on Sunday: the service will be temporarily unavailable.</div>${login}`),
  ],
  [
    "a security notice",
    html("Sign in", `<p>Never enter your password on a page whose address is invalid or insecure.</p>${login}`),
  ],
  [
    "an email-first login",
    html("Sign in", form('<label>Email <input name="email" type="email"></label><button>Next</button>')),
  ],
  [
    "an unknown email",
    html(
      "Sign in",
      `<p>We couldn't find an account with that email. <a href="/new">Create one</a></p>${form('<input name="email"><button>Next</button>')}`,
    ),
  ],
  [
    "an unknown email with 404",
    withStatus(404, html("Sign in", `<p>User not found.</p>${form('<input name="email"><button>Next</button>')}`)),
  ],
  [
    "a passkey",
    html(
      "Use your passkey",
      `<p>If this fails, try another way.</p>${form("<button>Continue</button><button>Try another way</button>")}`,
    ),
  ],
  [
    "a passkey that failed",
    html("Passkey", `<p>Something went wrong with your security key. Try again or use your password.</p>${login}`),
  ],
  ["a one-time code", html("Two-step verification", `<p>Enter the 6-digit code.</p>${codeField}`)],
  [
    "a wrong one-time code",
    html("Two-step verification", `<p>Invalid code? <a href="/resend">Resend</a></p>${codeField}`),
  ],
  [
    "a wrong one-time code with 401",
    withStatus(401, html("Verify", `<p>The code is incorrect or has expired.</p>${codeField}`)),
  ],
  [
    "a wrong one-time code with 400",
    withStatus(400, html("Verify", `<p>Invalid code. Request a new one.</p>${codeField}`)),
  ],
  [
    "a push notification",
    html(
      "Approve sign-in request",
      `<p>Open your authenticator app and approve the request. Denied by mistake? <a href="/again">Send again</a></p>${form("<button>Use a code instead</button>")}`,
    ),
  ],
  [
    "a recovery code",
    html("Recovery", `<p>Lost your device? Enter a recovery code. Used codes are invalid.</p>${codeField}`),
  ],
  [
    "a captcha",
    html("One more step", `<p>Prove you are not a robot.</p>${form('<input name="captcha"><button>Submit</button>')}`),
  ],
  [
    "a failed captcha",
    html(
      "One more step",
      `<p>Verification failed. Please try again.</p>${form('<input name="captcha"><button>Submit</button>')}`,
    ),
  ],
  [
    "an account chooser",
    html(
      "Choose an account",
      `<p>to continue to Example</p>${form("<button>ann@lab.example</button><button>bob@lab.example</button><button>Use another account</button>")}`,
    ),
  ],
  [
    "an account chooser without a form",
    html(
      "Choose an account",
      '<ul><li><a href="/u/0">ann@lab.example</a></li><li><a href="/u/1">bob@lab.example (signed out)</a></li></ul>',
    ),
  ],
  [
    "an organisation chooser",
    html(
      "Select organization",
      `<p>You don't have access to an organization? Ask its administrator.</p>${form('<select name="org"><option>A</option></select><button>Continue</button>')}`,
    ),
  ],
  [
    "a workspace field",
    html("Sign in to your workspace", form('<label>Workspace URL <input name="w"></label><button>Continue</button>')),
  ],
  [
    "a wrong password with 401 above help that names errors",
    withStatus(
      401,
      html(
        "Sign in",
        `<p role="alert">Error: invalid username or password.</p>${login}<small>“Unknown client”? The application is not registered.</small>`,
      ),
    ),
  ],
  [
    "a link by mail",
    html(
      "Check your inbox",
      "<h1>Check your inbox</h1><p>We sent a link. The link expires in 10 minutes. If the link is invalid or expired request a new one.</p>",
    ),
  ],
  [
    "a login of links alone",
    html(
      "Log in",
      '<a href="/saml">Continue with SSO</a><p>Unauthorized access is prohibited. Invalid attempts are logged.</p>',
    ),
  ],
  [
    "a captcha with 403",
    withStatus(
      403,
      html(
        "One more step",
        "<h1>Please complete the security check</h1><p>Why? Requests from your network were blocked.</p>",
      ),
    ),
  ],
  [
    "a consent without hidden fields above help that names errors",
    html(
      "Authorize access",
      `<form method="post" action="/continue"><button name="d" value="1">Continue</button><button name="d" value="0">Deny</button></form><small>“Unknown client”? That error is fixed since version 2.4.</small>`,
    ),
  ],
  ["a consent", html("Authorize Example", `<p>Example wants to access your account.</p>${allowDeny}`)],
  [
    "a consent with an unsettling title",
    html("Authorize access denied?", `<p>Last time you denied access. Allow it now?</p>${allowDeny}`),
  ],
  [
    "a consent for an unverified app",
    html(
      "This app isn't verified",
      `<p>The app requests sensitive scopes and has not been verified. Proceed only if you trust the developer.</p>${allowDeny}`,
    ),
  ],
  [
    "a consent that names the redirect URI",
    html(
      "Authorize",
      `<p>Client ID s6BhdRkqt3. After approval you go to https://app.example/callback. Not registered by your organisation.</p>${allowDeny}`,
    ),
  ],
  [
    "a consent that names scopes",
    html(
      "Permissions",
      `<p>Requested scopes: openid profile. Scopes that are invalid for your role are not granted.</p>${allowDeny}`,
    ),
  ],
  [
    "a consent about errors",
    html("Authorize", `<p>Error Tracker wants to read your errors, failed jobs and denied requests.</p>${allowDeny}`),
  ],
  [
    "a consent that lists revoked grants",
    html("Authorize", `<p>You revoked access on 3 May. Tokens issued before are invalid.</p>${allowDeny}`),
  ],
  [
    "a consent of links",
    html(
      "Authorize application",
      '<p>Example by example.org would like permission to access your account.</p><a href="/yes">Authorize</a> <a href="/no">Cancel</a>',
    ),
  ],
  [
    "terms of use",
    html(
      "Terms of use",
      `<p>Unauthorized access is forbidden. You may not use an invalid account.</p>${form('<input type="checkbox" name="ok"><button>Accept</button>')}`,
    ),
  ],
  [
    "a request for more profile",
    html(
      "Complete your profile",
      `<p>Missing required field: phone number</p>${form('<input name="phone"><button>Save</button>')}`,
    ),
  ],
  [
    "an email to verify",
    html(
      "Verify your email",
      `<p>We sent a link. Expired? <a href="/resend">Send a new one</a>.</p>${form("<button>I have verified</button>")}`,
    ),
  ],
  ["a keep-me-signed-in question", html("Stay signed in?", decision("Yes", "No"))],
  [
    "a password reset",
    html(
      "Reset password",
      `<p>The link you followed was invalid or expired. Request a new one.</p>${form('<input name="email"><button>Send</button>')}`,
    ),
  ],
  [
    "a self-posting form",
    html(
      "Working…",
      `<form method="post" action="/continue"><input type="hidden" name="SAMLRequest" value="x"><noscript><p>Script is disabled. Click Submit to continue.</p><input type="submit" value="Submit"></noscript></form>`,
    ),
  ],
  [
    "a loading page",
    html("Loading…", '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>'),
  ],
  ["an empty single-page app", html("", '<div id="app"></div>')],
  [
    "a browser check",
    withStatus(
      403,
      html(
        "Just a moment...",
        "<h1>auth.example</h1><p>Verifying you are human. This may take a few seconds.</p><noscript>Enable JavaScript and cookies to continue</noscript>",
      ),
    ),
  ],
  [
    "a browser check with 503",
    withStatus(
      503,
      html(
        "Just a moment...",
        "<p>Checking your browser before accessing auth.example. This process is automatic. Your browser will redirect shortly.</p>",
      ),
    ),
  ],
  [
    "a device confirmation",
    html(
      "Confirm device",
      `<p>Enter the code shown on your device. Codes expire after 15 minutes; an invalid code is refused.</p>${form('<input name="user_code"><button>Next</button>')}`,
    ),
  ],
  [
    "a link to another server",
    html(
      "Sign in",
      '<p>Choose how to sign in</p><a href="/saml">Company SSO</a><a href="/google">Google</a><p>Trouble signing in? Error codes are explained in the help centre.</p>',
    ),
  ],
  [
    "marketing under /authorize",
    html(
      "Authorize.example – get paid",
      "<h1>Accept payments</h1><p>Fewer declined and failed transactions. Not registered? Start free.</p>",
    ),
  ],
  [
    "a German login",
    html(
      "Anmelden",
      `<p>Noch nicht registriert? Konto anlegen</p>${credentials("Benutzername", "Passwort", "Anmelden")}`,
      "de",
    ),
  ],
  [
    "a German wrong password",
    html(
      "Anmelden",
      `<p>Fehler: Ungültiger Benutzername oder ungültiges Passwort.</p>${credentials("Benutzername", "Passwort", "Anmelden")}`,
      "de",
    ),
  ],
  [
    "a German consent",
    html(
      "Zugriff erlauben?",
      `<p>Beispiel möchte auf Ihr Konto zugreifen. Die Anwendung wurde nicht geprüft.</p>${decision("Zulassen", "Ablehnen")}`,
      "de",
    ),
  ],
  [
    "a German second factor",
    html("Bestätigungscode", `<p>Der Code ist ungültig oder abgelaufen. Neuen Code anfordern.</p>${codeField}`, "de"),
  ],
  [
    "a German timeout above the form",
    html(
      "Anmelden",
      `<p>Ihre Sitzung ist abgelaufen. Bitte melden Sie sich erneut an.</p>${credentials("E-Mail", "Kennwort", "Weiter")}`,
      "de",
    ),
  ],
  [
    "a Japanese login",
    html(
      "ログイン",
      `<p>アカウントをお持ちでない方は新規登録</p>${credentials("ユーザー名", "パスワード", "ログイン")}`,
      "ja",
    ),
  ],
  [
    "a Japanese wrong password",
    html(
      "ログイン",
      `<p>エラー：ユーザー名またはパスワードが無効です。</p>${credentials("ユーザー名", "パスワード", "ログイン")}`,
      "ja",
    ),
  ],
  [
    "a Japanese consent",
    html(
      "アクセスの許可",
      `<p>このアプリは確認されていません。アクセスを許可しますか？</p>${decision("許可", "拒否")}`,
      "ja",
    ),
  ],
  [
    "a Japanese second factor",
    html("認証コード", `<p>コードが正しくありません。再送信してください。</p>${codeField}`, "ja"),
  ],
  [
    "a French login",
    html(
      "Connexion",
      `<p>Identifiant ou mot de passe invalide. Pas encore inscrit ?</p>${credentials("Identifiant", "Mot de passe", "Se connecter")}`,
      "fr",
    ),
  ],
  [
    "a French consent",
    html(
      "Autoriser l'accès",
      `<p>Exemple souhaite accéder à votre compte. Vous pouvez refuser.</p>${decision("Autoriser", "Refuser")}`,
      "fr",
    ),
  ],
  [
    "a Spanish login",
    html(
      "Iniciar sesión",
      `<p>Error: contraseña no válida. ¿No está registrado?</p>${credentials("Usuario", "Contraseña", "Entrar")}`,
      "es",
    ),
  ],
  [
    "a Spanish consent",
    html(
      "Autorizar aplicación",
      `<p>Ejemplo solicita permisos. Acceso denegado si rechaza.</p>${decision("Permitir", "Rechazar")}`,
      "es",
    ),
  ],
  [
    "a Portuguese login",
    html("Entrar", `<p>Sua sessão expirou. Senha inválida.</p>${credentials("E-mail", "Senha", "Entrar")}`, "pt"),
  ],
  [
    "an Italian login",
    html(
      "Accedi",
      `<p>Errore: credenziali non valide. Non sei registrato?</p>${credentials("Utente", "Password", "Accedi")}`,
      "it",
    ),
  ],
  [
    "a Dutch login",
    html(
      "Inloggen",
      `<p>Ongeldige gebruikersnaam of wachtwoord.</p>${credentials("Gebruiker", "Wachtwoord", "Inloggen")}`,
      "nl",
    ),
  ],
  [
    "a Polish login",
    html("Logowanie", `<p>Błąd: nieprawidłowe hasło.</p>${credentials("Login", "Hasło", "Zaloguj")}`, "pl"),
  ],
  [
    "a Chinese login",
    html("登录", `<p>错误：用户名或密码无效。没有账号？立即注册</p>${credentials("用户名", "密码", "登录")}`, "zh"),
  ],
  [
    "a Korean login",
    html("로그인", `<p>오류: 비밀번호가 올바르지 않습니다.</p>${credentials("아이디", "비밀번호", "로그인")}`, "ko"),
  ],
  [
    "a Russian login",
    html(
      "Вход",
      `<p>Ошибка: неверный пароль. Не зарегистрированы?</p>${credentials("Логин", "Пароль", "Войти")}`,
      "ru",
    ),
  ],
  [
    "an Arabic login",
    html("تسجيل الدخول", `<p>خطأ: كلمة المرور غير صالحة.</p>${credentials("المستخدم", "كلمة المرور", "دخول")}`, "ar"),
  ],
];

/** What the client shows once it has the code. */
export const closingPages: readonly HealthyPage[] = [
  ["a closing sentence", html("Done", "<p>Authentication complete. You may close this window.</p>")],
  [
    "a closing sentence with advice",
    html("Connected", "<p>You are signed in. If you see an error in your terminal, run the command again.</p>"),
  ],
  [
    "a dashboard about errors",
    html("Dashboard", "<h1>Error rate 0.02 %</h1><p>3 failed jobs, 2 invalid invoices, 1 denied request</p>"),
  ],
  ["an inbox", html("Inbox (3)", "<p>Re: invalid client list. Re: access denied at gate 4. Re: server error</p>")],
  [
    "an issue tracker",
    html(
      "Issues",
      "<ul><li>invalid_client on login</li><li>redirect_uri mismatch in staging</li><li>500 Internal Server Error</li></ul>",
    ),
  ],
  ["JSON without an error", { json: { ok: true, error: null, errors: [] } }],
  ["JSON with a profile", { json: { sub: "1", name: "Invalid McError", status: "active" } }],
  ["plain text", { text: "OK" }],
  ["an empty page", { text: "" }],
  ["a page that closes itself", html("", "<script>window.close()</script>")],
  [
    "a page that opens an app",
    html(
      "Opening Example…",
      '<p>If nothing happens, <a href="example://open">click here</a>. Not installed? Download.</p>',
    ),
  ],
  [
    "a German closing",
    html(
      "Fertig",
      "<p>Anmeldung erfolgreich. Sie können dieses Fenster schließen. Bei Fehlern wenden Sie sich an den Support.</p>",
      "de",
    ),
  ],
  [
    "a Japanese closing",
    html(
      "完了",
      "<p>認証が完了しました。このウィンドウを閉じてください。エラーが発生した場合はお問い合わせください。</p>",
      "ja",
    ),
  ],
  [
    "a shop",
    html(
      "Shop",
      "<p>Not found what you need? Invalid coupons are not accepted.</p><form action=/search><input name=q><button>Search</button></form>",
    ),
  ],
  ["a code editor", html("main.ts", "<pre>if (response.error) throw new Error(response.error);</pre>")],
  [
    "a settings page",
    html("Settings", "<p>Two-factor authentication: disabled. Sessions expired: 4. API keys revoked: 2</p>"),
  ],
];
