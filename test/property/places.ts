import type { RawObservation, RawPage, RawRequest, RawResponse } from "@/lib/exchange/raw-observation.ts";

const base = { source: "browser", at: 1_700_000, session: "s", tabId: 1, frameId: 0 } as const;
const host = "https://as.example";

export const request = (more: Partial<RawRequest>): RawRequest => ({
  ...base,
  kind: "request",
  requestId: "r",
  method: "GET",
  url: `${host}/authorize`,
  type: "main_frame",
  ...more,
});
export const response = (more: Partial<RawResponse>): RawResponse => ({
  ...base,
  kind: "response",
  requestId: "r",
  url: `${host}/authorize`,
  status: 200,
  headers: [],
  ...more,
});
export const page = (more: Partial<RawPage>): RawPage => ({ ...base, kind: "page", url: `${host}/authorize`, ...more });

const header = (name: string, value: string): RawResponse => response({ headers: [{ name, value }] });
const json = (value: unknown, url = `${host}/token`): RawResponse =>
  response({ url, body: { mimeType: "application/json", text: JSON.stringify(value) } });

/** A place for a value under a name. `isFree`: text written for people, where a value has no name to go by. */
export interface PlantPlace {
  readonly isFree?: true;
  readonly plant: (value: string, name: string) => RawObservation;
}

const uri = encodeURIComponent;

export const places: Readonly<Record<string, PlantPlace>> = {
  query: { plant: (value, name) => request({ url: `${host}/authorize?a=1&${uri(name)}=${uri(value)}&b=2` }) },
  queryRaw: { plant: (value, name) => request({ url: `${host}/cb?${name}=${value.replace(/[\s#]/g, uri)}` }) },
  fragment: { plant: (value, name) => request({ url: `${host}/cb#${name}=${uri(value)}&x=1` }) },
  hashRouter: { plant: (value, name) => request({ url: `${host}/#/cb?${name}=${uri(value)}` }) },
  bareFragment: { plant: (value) => request({ url: `${host}/cb#${uri(value)}` }) },
  bareQuery: { plant: (value) => request({ url: `${host}/cb?${uri(value)}` }) },
  path: { plant: (value) => request({ url: `${host}/reset/${uri(value)}/done` }) },
  matrix: { plant: (value) => request({ url: `${host}/cb;jsessionid=${uri(value)}` }) },
  userinfo: { plant: (value) => request({ url: `https://user:${uri(value)}@as.example/cb` }) },
  nestedRedirect: {
    plant: (value, name) =>
      request({ url: `${host}/authorize?redirect_uri=${uri(`http://localhost:3000/cb?${name}=${uri(value)}`)}` }),
  },
  nestedTwice: {
    plant: (value, name) =>
      request({
        url: `${host}/login?returnTo=${uri(`/authorize?redirect_uri=${uri(`https://app.example/cb?${name}=${uri(value)}`)}`)}`,
      }),
  },
  nestedEncodedTwice: {
    plant: (value, name) => request({ url: `${host}/login?continue=${uri(uri(`${host}/x?${name}=${uri(value)}`))}` }),
  },
  clientIdAddress: {
    plant: (value, name) =>
      request({ url: `${host}/authorize?client_id=${uri(`https://app.example/client.json?${name}=${uri(value)}`)}` }),
  },
  location: { plant: (value, name) => header("Location", `https://app.example/cb?${name}=${uri(value)}`) },
  locationRelative: { plant: (value, name) => header("location", `/login?${name}=${uri(value)}`) },
  locationCustom: {
    plant: (value, name) => header("Location", `cursor://anysphere.cursor-mcp/cb?${name}=${uri(value)}`),
  },
  locationCustomPath: { plant: (value) => header("Location", `com.example.app:/${uri(value)}`) },
  redirectUrl: { plant: (value, name) => response({ redirectUrl: `https://app.example/cb#${name}=${uri(value)}` }) },
  refresh: { plant: (value, name) => header("Refresh", `0; url=${host}/next?${name}=${uri(value)}`) },
  link: { plant: (value, name) => header("Link", `<${host}/next?${name}=${uri(value)}>; rel="next"`) },
  referer: {
    plant: (value, name) => request({ headers: [{ name: "Referer", value: `${host}/x?${name}=${uri(value)}` }] }),
  },
  setCookie: { plant: (value, name) => header("Set-Cookie", `${uri(name)}=${uri(value)}; Path=/; HttpOnly`) },
  cookie: {
    plant: (value, name) =>
      request({ headers: [{ name: "Cookie", value: `a=b; ${uri(name)}=${value.replaceAll(";", "")}` }] }),
  },
  bearer: { plant: (value) => request({ headers: [{ name: "authorization", value: `Bearer ${value}` }] }) },
  basic: {
    plant: (value) =>
      request({
        headers: [{ name: "Authorization", value: `Basic ${Buffer.from(`client:${value}`).toString("base64")}` }],
      }),
  },
  dpop: { plant: (value) => request({ headers: [{ name: "DPoP", value }] }) },
  unknownHeader: { plant: (value, name) => header(`X-${name.replace(/\W/g, "")}`, value) },
  server: { plant: (value) => header("Server", value) },
  form: { plant: (value, name) => request({ method: "POST", body: { kind: "form", fields: [{ name, value }] } }) },
  formText: {
    plant: (value, name) =>
      request({
        method: "POST",
        body: { kind: "text", mimeType: "application/x-www-form-urlencoded", text: `${uri(name)}=${uri(value)}` },
      }),
  },
  formUnlisted: {
    plant: (value) => request({ method: "POST", body: { kind: "form", fields: [{ name: "passwd_2", value }] } }),
  },
  formName: {
    plant: (value) => request({ method: "POST", body: { kind: "form", fields: [{ name: value, value: "1" }] } }),
  },
  jsonRequest: {
    plant: (value, name) =>
      request({
        method: "POST",
        body: { kind: "text", mimeType: "application/json", text: JSON.stringify({ [name]: value }) },
      }),
  },
  jsonResponse: { plant: (value, name) => json({ [name]: value, token_type: "Bearer" }) },
  jsonArray: { plant: (value, name) => json({ [name]: [value, "b"] }) },
  jsonNested: { plant: (value, name) => json({ outer: { [name]: { deep: [value] } } }) },
  jsonKey: { plant: (value) => json({ [value]: 1 }) },
  metadata: {
    plant: (value, name) =>
      json(
        { issuer: host, token_endpoint: `${host}/token`, [name]: value },
        `${host}/.well-known/oauth-authorization-server`,
      ),
  },
  metadataAddress: {
    plant: (value, name) =>
      json(
        { issuer: host, token_endpoint: `${host}/token?${name}=${uri(value)}` },
        `${host}/.well-known/openid-configuration`,
      ),
  },
  metadataKey: {
    plant: (value) => json({ issuer: host, [value]: true }, `${host}/.well-known/oauth-authorization-server`),
  },
  parameterName: { plant: (value) => request({ url: `${host}/cb?${uri(value)}=1` }) },
  cookieName: { plant: (value) => header("Set-Cookie", `${uri(value)}=1; Secure`) },
  hiddenInput: {
    plant: (value, name) =>
      page({ html: `<form><input type="hidden" name="${name}" value="${value.replaceAll('"', "")}"></form>` }),
  },
  script: {
    plant: (value, name) =>
      page({ html: `<p>Error</p><script>var ${name}=${JSON.stringify(value).replaceAll("<", "")}</script>` }),
  },
  formAction: {
    plant: (value, name) => page({ html: `<form method="post" action="/login?${name}=${uri(value)}"></form>` }),
  },
  pageUrl: { plant: (value, name) => page({ url: `${host}/cb?${name}=${uri(value)}`, text: "Error", title: "Error" }) },
  failedUrl: {
    plant: (value, name) => ({
      ...base,
      kind: "failure",
      requestId: "r",
      url: `http://127.0.0.1:3000/cb?${name}=${uri(value)}`,
      error: "net::ERR_CONNECTION_REFUSED",
    }),
  },
  navigation: {
    plant: (value, name) => ({
      ...base,
      kind: "navigation",
      how: "failed",
      url: `vscode://x.y/cb?${name}=${uri(value)}`,
      error: "net::ERR_ABORTED",
    }),
  },
  errorText: {
    isFree: true,
    plant: (value, name) => ({
      ...base,
      kind: "failure",
      requestId: "r",
      url: host,
      error: `net::ERR_FAILED at https://app.example/cb?${name}=${uri(value)}`,
    }),
  },
  title: { isFree: true, plant: (value) => page({ title: `Signed in with ${value}`, text: "ok" }) },
  pageText: {
    isFree: true,
    plant: (value) => page({ text: `Error\nWe could not use ${value} for this request.\nTry again.` }),
  },
  pageQuoted: { isFree: true, plant: (value) => page({ text: `The value '${value}' is not valid.` }) },
  pageLabelled: { isFree: true, plant: (value, name) => page({ text: `${name}: ${value}\nContinue` }) },
  htmlText: {
    isFree: true,
    plant: (value) =>
      page({ html: `<title>Error</title><p>Your code <b>${value.replaceAll("<", "")}</b> has expired.</p>` }),
  },
  jsonPage: {
    isFree: true,
    plant: (value) =>
      page({
        contentType: "application/json",
        text: JSON.stringify({ error: "invalid_request", error_description: `Bad value ${value} given` }),
      }),
  },
  description: {
    isFree: true,
    plant: (value) =>
      request({
        url: `https://app.example/cb?error=access_denied&error_description=${uri(`Rejected ${value} by policy`)}`,
      }),
  },
  challenge: {
    isFree: true,
    plant: (value) =>
      header(
        "WWW-Authenticate",
        `Bearer error="invalid_token", error_description="Token ${value.replace(/["\\]/g, "")} expired"`,
      ),
  },
  descriptionJson: {
    isFree: true,
    plant: (value) => json({ error: "invalid_grant", error_description: `Code ${value} was used before` }),
  },
};
