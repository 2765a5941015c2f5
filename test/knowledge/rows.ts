import type { RawHeader, RawObservation } from "@/lib/exchange/raw-observation.ts";
import type { HostedRow, ServerRow } from "./corpus.ts";
import { type Expected, expectedOfHosted, expectedOfServer } from "./expected.ts";

/** One failure as a browser (or an imported trace) would have seen it, and what is right to say of it. */
export interface Scenario {
  readonly name: string;
  readonly product: string;
  readonly class: string;
  readonly where: "authorize" | "callback" | "token" | "registration";
  readonly expected: Expected;
  readonly observations: readonly RawObservation[];
}

const clientId = "b7c1f0a2-9d34-4e55-8a61-20f4c1d7e9aa";
const redirectUri = "http://localhost:53682/oauth/callback";
const state = "Zk9vQ2xX3mTnWb7RyLs0eUaHjP4dGf1K";
const code = "SplxlOBeZQQYbYS6WxSbIA8Kq0";
const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/** Where these products put their endpoints, when not under `/oauth`. */
const authorizePaths: Readonly<Record<string, string>> = {
  "mcp-python-sdk": "/authorize",
  "mcp-typescript-sdk": "/authorize",
  "fastmcp-python": "/authorize",
  "fastmcp-typescript": "/oauth/authorize",
  "cloudflare-workers-oauth-provider": "/authorize",
  "node-oidc-provider": "/auth",
  "ory-hydra": "/oauth2/auth",
  "ory-fosite": "/oauth2/auth",
  keycloak: "/realms/main/protocol/openid-connect/auth",
  "django-oauth-toolkit": "/o/authorize/",
  "spring-authorization-server": "/oauth2/authorize",
  "duende-identityserver": "/connect/authorize",
  "better-auth": "/api/auth/oauth2/authorize",
  "gitea-forgejo": "/login/oauth/authorize",
  nextcloud: "/apps/oauth2/authorize",
};
const errorPaths: Readonly<Record<string, string>> = {
  "ory-hydra": "/oauth2/fallbacks/error",
  "duende-identityserver": "/home/error",
  "better-auth": "/api/auth/error",
  atlassian: "/error",
  "amazon-cognito": "/error",
};
const hosts: Readonly<Record<string, string>> = {
  google: "accounts.google.com",
  "microsoft-entra": "login.microsoftonline.com",
  "microsoft-account": "login.live.com",
  github: "github.com",
  slack: "slack.com",
  okta: "dev-1203.okta.com",
  auth0: "tenant.eu.auth0.com",
  "amazon-cognito": "pool.auth.eu-west-1.amazoncognito.com",
  facebook: "www.facebook.com",
  spotify: "accounts.spotify.com",
  discord: "discord.com",
  notion: "api.notion.com",
  paypal: "www.paypal.com",
  atlassian: "auth.atlassian.com",
  linkedin: "www.linkedin.com",
  bitbucket: "bitbucket.org",
  yahoo: "api.login.yahoo.com",
  box: "account.box.com",
  supabase: "api.supabase.com",
  pingone: "auth.pingone.com",
};

interface Said {
  readonly product: string;
  readonly class: string;
  readonly where: Scenario["where"];
  readonly expected: Expected;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** Parameters of the authorization error response, when the server redirects back. */
  readonly response?: Readonly<Record<string, string>>;
  /** Parameters with which the client was reached, when the failure is shown there. */
  readonly isShownByClient?: boolean;
  /** The server redirects to an error page of its own. */
  readonly ownErrorPage?: Readonly<Record<string, string>>;
}

const placeholders: Readonly<Record<string, string>> = {
  client_id: clientId,
  id: clientId,
  redirect_uri: redirectUri,
  uri: redirectUri,
  state,
  scope: "calendar.events",
  scopes: "calendar.events",
  response_type: "token",
  issuer: "https://as.example",
  resource: "https://mcp.example/mcp",
  method: "plain",
  origin: "https://as.example",
  baseURL: "https://as.example",
  "upstream error": "access_denied",
  "upstream error_description": "The user cancelled the sign-in",
};
const fill = (text: string): string =>
  text.replace(
    /\{([\w .,/|-]+)\}/g,
    (whole, name: string) => placeholders[name] ?? (/^[a-z]/.test(name) ? "x1" : whole),
  );

/** A row of products whose source was read: texts are exact, placeholders are filled in. */
export function fromServerRow(row: ServerRow): Scenario | undefined {
  const expected = expectedOfServer(row);
  // The row records that there is no check at all, or a text that could not be read.
  if (!expected || /^\(no check|\{text for/.test(row.text ?? "")) return undefined;
  const status = row.http_status ?? 400;
  const text = readText(row.text ?? "");
  const isBack = row.callback_params !== null && row.redirects_back;
  const isOwnErrorPage = !isBack && status >= 300 && status < 400;
  return toScenario({
    product: row.product,
    class: row.class,
    where: placeOf(row.where),
    expected,
    status,
    contentType: row.content_type ?? "text/html; charset=utf-8",
    text,
    ...(isBack && row.callback_params && { response: responseOf(row) }),
    ...(isOwnErrorPage && { ownErrorPage: ownErrorOf(text) }),
  });
}

/** The stringified issues of a validator stand in the row's text. */
const responseOf = (row: ServerRow): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row.callback_params ?? {}).map(([name, value]) => [
      name,
      /^\{stringified/.test(value) ? (row.text ?? "") : fill(value),
    ]),
  );

/** Fields and lines of a page, which the rows part by " — " and " / ". */
const readText = (text: string): string =>
  /^\s*[[{]"?/.test(text)
    ? fill(text)
    : fill(text.replace(/ — | \/ (?=\w+:)/g, "\n").replace(/^\(none\)$|^\{none\}$/, ""));

const ownErrorOf = (text: string): Record<string, string> => {
  const code = /CODE: (\w+)/.exec(text)?.[1] ?? /[?&]error=(\w+)/.exec(text)?.[1] ?? /\berror: ?(\w+)/.exec(text)?.[1];
  return code ? { error: code } : {};
};

const placeOf = (where: string): Scenario["where"] =>
  where === "token" ? "token" : where === "register" ? "registration" : where === "callback" ? "callback" : "authorize";

/** A row from public threads; undefined when nothing of it passes through a browser. */
export function fromHostedRow(row: HostedRow): Scenario | undefined {
  const expected = expectedOfHosted(row);
  if (!expected || row.where === "client_app" || row.where === "discovery") return undefined;
  const status = Number(/\d{3}/.exec(row.http_status)?.[0] ?? (row.where === "authorize_page" ? 400 : 302));
  const params = parseQuery(row.callback_params) ?? parseQuery(/(?:^|\?)(error=.*)$/.exec(row.text)?.[1] ?? "");
  const text = readText(row.text.replace(/\s*\((?:unsure|sic)\)$/, ""));
  const isErrorResponse = row.where === "callback" && params?.error !== undefined;
  const isOwnErrorPage = row.where === "authorize_page" && params?.error !== undefined;
  return toScenario({
    product: row.product,
    class: row.class,
    where: placeOf(row.where),
    expected,
    status: row.where === "callback" && !isErrorResponse && status === 302 ? 400 : status,
    contentType: /^\s*\{"/.test(row.text) ? "application/json" : "text/html; charset=utf-8",
    text: isErrorResponse ? "" : text,
    ...(isErrorResponse && params && { response: params }),
    ...(row.where === "callback" && !isErrorResponse && { isShownByClient: true }),
    ...(isOwnErrorPage && params && { ownErrorPage: params }),
  });
}

function parseQuery(text: string): Record<string, string> | undefined {
  if (!/\berror=/.test(text)) return undefined;
  const query =
    /error=\S[^;]*/
      .exec(text)?.[0]
      .replace(/ (?:or|when) .*$/, "")
      .replace(/&state.*$/, "")
      .replace(/…/g, "") ?? "";
  return Object.fromEntries([...new URLSearchParams(query.replace(/ — .*$/, ""))].filter(([, value]) => value !== ""));
}

function requestOf(said: Said): URL {
  const host = hosts[said.product] ?? "as.example";
  const url = new URL(`https://${host}${authorizePaths[said.product] ?? "/oauth/authorize"}`);
  const { class: kind, expected, text } = said;
  const parameters: Record<string, string> = {
    response_type: kind === "unsupported_response_type" ? "token" : "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: "calendar.events",
    state,
    code_challenge: challenge,
    code_challenge_method: kind === "unsupported_pkce_method" ? "plain" : "S256",
  };
  if (kind === "unsupported_pkce_method" && /method.*required/i.test(text)) delete parameters.code_challenge_method;
  if (expected[0] === "client-metadata-unreachable")
    parameters.client_id = "https://client.example/oauth/metadata.json";
  if (expected[0] === "client-id-missing") delete parameters.client_id;
  if (expected[0] === "redirect-uri-missing") delete parameters.redirect_uri;
  if (expected[0] === "state-required" && !/characters/.test(text)) delete parameters.state;
  if (kind === "missing_pkce") {
    delete parameters.code_challenge;
    delete parameters.code_challenge_method;
  }
  if (expected[0] === "resource-invalid") parameters.resource = "https://mcp.example/mcp";
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

const base = { source: "browser", session: "row", tabId: 7, frameId: 0 } as const;
const startedAt = 1_760_000_000_000;

function toScenario(said: Said): Scenario {
  const { product, where } = said;
  const name = `${product}: ${said.class}: ${said.text.replace(/\s+/g, " ").slice(0, 80)}`;
  const observations = where === "token" || where === "registration" ? backChannel(said, where) : frontChannel(said);
  return { name, product, class: said.class, where, expected: said.expected, observations };
}

function frontChannel(said: Said): RawObservation[] {
  const request = requestOf(said);
  const seen: RawObservation[] = [
    { ...base, kind: "request", requestId: "1", method: "GET", url: request.href, type: "main_frame", at: startedAt },
  ];
  const answer = (url: string, at: number, status: number, redirectUrl?: string): void => {
    const headers: RawHeader[] = redirectUrl
      ? [{ name: "location", value: redirectUrl }]
      : [{ name: "content-type", value: said.contentType }];
    seen.push({
      ...base,
      kind: "response",
      requestId: "1",
      url,
      status,
      headers,
      at,
      ...(redirectUrl && { redirectUrl }),
    });
  };
  const next = (url: string, at: number): void => {
    seen.push({ ...base, kind: "request", requestId: "1", method: "GET", url, type: "main_frame", at });
  };
  const page = (url: string, at: number, status: number): void => {
    const [title = ""] = said.text.split("\n");
    const isPage = /html/.test(said.contentType);
    seen.push({
      ...base,
      kind: "page",
      requestId: "1",
      url,
      status,
      contentType: said.contentType,
      title: isPage ? title.slice(0, 80) : "",
      text: said.text,
      at,
      ...(isPage && {
        structure: { passwordFields: 0, textFields: 0, hiddenFields: 0, buttons: 0, links: 2, forms: [] },
      }),
    });
  };
  if (said.response || said.isShownByClient) {
    const callback = new URL(redirectUri);
    const parameters = said.response ?? { code, state };
    for (const [name, value] of Object.entries({ state, ...parameters })) callback.searchParams.set(name, value);
    const isRedirect = said.status >= 300 && said.status < 400;
    answer(request.href, startedAt + 120, isRedirect ? said.status : 302, callback.href);
    next(callback.href, startedAt + 130);
    const status = said.isShownByClient ? said.status : 200;
    answer(callback.href, startedAt + 150, status);
    if (said.isShownByClient) page(callback.href, startedAt + 200, status);
    return seen;
  }
  if (said.ownErrorPage) {
    const own = new URL(errorPaths[said.product] ?? "/error", request);
    for (const [name, value] of Object.entries(said.ownErrorPage)) own.searchParams.set(name, value);
    answer(request.href, startedAt + 120, 302, own.href);
    next(own.href, startedAt + 130);
    answer(own.href, startedAt + 150, 200);
    page(own.href, startedAt + 200, 200);
    return seen;
  }
  answer(request.href, startedAt + 120, said.status);
  page(request.href, startedAt + 200, said.status);
  return seen;
}

/** Token and registration requests are made by a page, or stand in an imported trace; a token request follows a sign-in. */
function backChannel(said: Said, where: "token" | "registration"): RawObservation[] {
  const { origin } = requestOf(said);
  const url = `${origin}/oauth/${where === "token" ? "token" : "register"}`;
  const grantType = said.class === "refresh_token_invalid" ? "refresh_token" : "authorization_code";
  const fields =
    grantType === "refresh_token"
      ? { grant_type: grantType, refresh_token: "8xLOxBtZp8r4tT9vYq2Kc0mN7bW1", client_id: clientId }
      : {
          grant_type: said.class === "unsupported_grant_type" ? "password" : grantType,
          code,
          redirect_uri: redirectUri,
          client_id: clientId,
          code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        };
  const form = Object.entries(fields).map(([name, value]) => ({ name, value }));
  const metadata = JSON.stringify({
    client_name: "Example",
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code"],
  });
  const signIn =
    where === "token"
      ? frontChannel({
          ...said,
          status: 200,
          text: "You may close this window",
          contentType: "text/html",
          isShownByClient: true,
        })
      : [];
  return [
    ...signIn,
    {
      ...base,
      kind: "request",
      requestId: "2",
      method: "POST",
      url,
      type: "fetch",
      at: startedAt + 300,
      body:
        where === "token"
          ? { kind: "form", fields: form }
          : { kind: "text", mimeType: "application/json", text: metadata },
    },
    {
      ...base,
      kind: "response",
      requestId: "2",
      url,
      status: said.status,
      headers: [{ name: "content-type", value: said.contentType }],
      at: startedAt + 350,
      body: { mimeType: said.contentType, text: said.text },
    },
  ];
}
