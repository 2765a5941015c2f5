/** Every text here belongs to a working server: the words of errors on these pages are not errors. */

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width"><style>body{font:16px/1.5 system-ui;max-width:32rem;margin:3rem auto;padding:0 1rem}
label{display:block;margin:.75rem 0}input{display:block;font:inherit;padding:.4rem;width:100%;box-sizing:border-box}
button{font:inherit;padding:.4rem 1rem;margin-right:.5rem}small{color:#555}</style><h1>${escapeHtml(title)}</h1>${body}`;
}

const hidden = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join("");

export interface LoginPage {
  readonly action: string;
  readonly fields?: Record<string, string>;
  readonly clientName: string;
  readonly isRetry: boolean;
}

export function renderLogin({ action, fields = {}, clientName, isRetry }: LoginPage): string {
  return page(
    "Sign in",
    `${isRetry ? '<p role="alert">Error: invalid username or password. Please try again.</p>' : ""}
<p>Sign in to continue to <b>${escapeHtml(clientName)}</b>.</p>
<form method="post" action="${escapeHtml(action)}">${hidden(fields)}
<label>Username <input name="login" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Continue</button></form>
<p><small>Forgot your password? If you see an error “invalid client” or “redirect_uri mismatch”, the application is not
registered; contact its developer. Something went wrong? See “Client not found” in our help centre.</small></p>`,
  );
}

export interface ConsentPage {
  readonly action: string;
  readonly fields?: Record<string, string>;
  readonly clientName: string;
  readonly scopes: readonly string[];
}

export function renderConsent({ action, fields = {}, clientName, scopes }: ConsentPage): string {
  return page(
    "Authorize access",
    `<p><b>${escapeHtml(clientName)}</b> asks for access to your account:</p>
<ul>${scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join("")}</ul>
<form method="post" action="${escapeHtml(action)}">${hidden(fields)}
<button name="decision" value="allow">Continue</button><button name="decision" value="deny">Deny</button></form>
<p><small>If you deny, the application receives the error “access_denied”. An earlier request failed with “invalid_scope” or
“Unknown client”? That error is fixed since version 2.4: access tokens are invalid after 30 days.</small></p>`,
  );
}

/** The client's own page at its redirection endpoint. */
export const renderClosing = (sentence: string): string => page("Lab client", `<p>${escapeHtml(sentence)}</p>`);

/** What a page application shows while it reads the fragment, which never reaches its server by itself. */
export const renderRelay = (): string =>
  page(
    "Signing you in…",
    `<p id="message">One moment, please.</p><script>
fetch(location.pathname, { method: "POST", body: new URLSearchParams(location.hash.slice(1)) })
  .then((response) => response.text())
  .then((text) => { document.getElementById("message").textContent = new DOMParser().parseFromString(text, "text/html").body.textContent; });
</script>`,
  );

export interface StartPageEntry {
  readonly href: string;
  readonly title: string;
  readonly server: string;
  readonly expectation: string;
}

export function renderStart(entries: readonly StartPageEntry[]): string {
  const rows = entries.map(
    ({ href, title, server, expectation }) =>
      `<li><a href="${escapeHtml(href)}">${escapeHtml(title)}</a><br><small>${escapeHtml(server)} · ${escapeHtml(expectation)}</small></li>`,
  );
  return page(
    "Hopscope lab",
    `<p>Each link starts an authorization attempt of a real client. Where it ends, press Alt+Shift+H, or click Hopscope's icon: it is under the puzzle piece.</p><ol>${rows.join("")}</ol>`,
  );
}
