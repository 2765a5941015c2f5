import fc from "fast-check";
import { type PlantPlace, page, request, response } from "./places.ts";
import { type Encoding, encodings, type Shapes } from "./plants.ts";

// Held out: the redaction is measured against these and never adjusted to them, so that the figure means something.

const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const lower = upper.toLowerCase();
const digits = "0123456789";
const drawn = (alphabet: string, min: number, max = min): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: min, maxLength: max });

export const unseenShapes: Shapes = {
  slack: { isStrong: true, values: fc.tuple(drawn(digits, 12), drawn(upper + lower + digits, 24)).map(([team, tail]) => `xoxb-${team}-${tail}`) },
  github: { isStrong: true, values: drawn(upper + lower + digits, 36).map((tail) => `ghp_${tail}`) },
  awsSecret: { isStrong: true, values: drawn(`${upper}${lower}${digits}/+`, 40) },
  base32: { isStrong: true, values: drawn(`${upper}234567`, 32) },
  dashless: { isStrong: true, values: drawn(`${digits}ABCDEF`, 32) },
  dotted: { isStrong: true, values: fc.tuple(drawn(lower + digits, 16), drawn(lower + digits, 16), drawn(lower + digits, 16)).map((parts) => parts.join(".")) },
  ulid: { isStrong: true, values: drawn("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 26) },
  shortState: { isStrong: true, values: drawn(upper + lower + digits, 16) },
  longCode: { isStrong: false, values: drawn(digits, 8) },
  lowerUserCode: { isStrong: false, values: fc.tuple(drawn("bcdfghjklmnpqrstvwxz", 4), drawn("bcdfghjklmnpqrstvwxz", 4)).map((parts) => parts.join("-")) },
  numericUserCode: { isStrong: false, values: fc.tuple(drawn(digits, 3), drawn(digits, 3)).map((parts) => parts.join("-")) },
  symbolPassword: { isStrong: false, values: fc.tuple(drawn(upper, 1), drawn(lower, 5, 8), fc.constantFrom("@", "!", "%", "*", "_"), drawn(digits, 2, 4)).map((parts) => parts.join("")) },
  taggedMailbox: { isStrong: false, values: fc.tuple(drawn(lower, 3, 9), drawn(lower, 2, 5)).map(([user, tag]) => `${user}+${tag}@company.example`) },
  iban: { isStrong: false, values: drawn(digits, 20).map((tail) => `DE${tail}`) },
}; // biome-ignore format: one shape per line

/** A second set, drawn up after the first had been run once. */
export const laterShapes: Shapes = {
  botToken: {
    isStrong: true,
    values: fc.tuple(drawn(digits, 10), drawn(`${upper}${lower}${digits}-_`, 35)).map((parts) => parts.join(":")),
  },
  basicBlob: {
    isStrong: true,
    values: fc
      .tuple(drawn(lower, 6), drawn(upper + lower + digits, 20))
      .map((parts) => Buffer.from(parts.join(":")).toString("base64")),
  },
  lowerBase32: { isStrong: true, values: drawn(`${lower}234567`, 26) },
  prefixed: {
    isStrong: true,
    values: fc
      .tuple(fc.constantFrom("tok", "sess", "cs_live", "whsec", "SG"), drawn(upper + lower + digits, 24))
      .map((parts) => parts.join("_")),
  },
  sixteenLower: { isStrong: true, values: drawn(lower + digits, 16).filter((value) => /\d/.test(value)) },
  groupedHex: {
    isStrong: true,
    values: fc.array(drawn("0123456789abcdef", 4), { minLength: 6, maxLength: 8 }).map((parts) => parts.join("-")),
  },
  colonHex: {
    isStrong: true,
    values: fc.array(drawn("0123456789ABCDEF", 2), { minLength: 16, maxLength: 20 }).map((parts) => parts.join(":")),
  },
  cardNumber: {
    isStrong: false,
    values: fc
      .tuple(drawn(digits, 4), drawn(digits, 4), drawn(digits, 4), drawn(digits, 4))
      .map((parts) => parts.join(" ")),
  },
  wifiPassword: {
    isStrong: false,
    values: fc.tuple(drawn(lower, 4, 6), drawn(digits, 4), drawn(lower, 4, 6)).map((parts) => parts.join("")),
  },
  dashedPassphrase: {
    isStrong: false,
    values: fc
      .tuple(
        fc.constantFrom("correct", "horse", "battery", "staple"),
        drawn(digits, 2),
        fc.constantFrom("Lemon", "Tiger", "Cloud"),
      )
      .map(([first, number, last]) => `${first}-${number}${last}!`),
  },
  eightDigitsSpaced: {
    isStrong: false,
    values: fc.tuple(drawn(digits, 4), drawn(digits, 4)).map((parts) => parts.join(" ")),
  },
  mixedUserCode: {
    isStrong: false,
    values: fc
      .tuple(drawn(`${upper}${digits}`, 4), drawn(`${upper}${digits}`, 4))
      .filter((parts) => /\d/.test(parts.join("")))
      .map((parts) => parts.join("-")),
  },
  capitalCode8: { isStrong: false, values: drawn("BCDFGHJKLMNPQRSTVWXZ", 8) },
};

export const unseenEncodings: Readonly<Record<string, Encoding>> = {
  ...encodings,
  plus: (text) => encodeURIComponent(text).replaceAll("%20", "+"),
  lowerPercent: (text) => encodeURIComponent(text).toLowerCase(),
  htmlHex: (text) => [...text].map((one) => `&#x${one.codePointAt(0)?.toString(16)};`).join(""),
  quoted: (text) => JSON.stringify(JSON.stringify(text)),
};

const uri = encodeURIComponent;
const host = "https://login.tenant.example";

export const unseenPlaces: Readonly<Record<string, PlantPlace>> = {
  secondQuery: { plant: (value, name) => request({ url: `${host}/a?x=1?${name}=${uri(value)}` }) },
  semicolonQuery: { plant: (value, name) => request({ url: `${host}/a?x=1;${name}=${uri(value)}` }) },
  fragmentInRedirect: { plant: (value, name) => request({ url: `${host}/authorize?redirect_uri=${uri(`https://a.example/#${name}=${value}`)}` }) },
  lastSegment: { plant: (value) => request({ url: `https://mcp.example/api/mcp/s/${uri(value)}` }) },
  resourcePath: { plant: (value) => request({ url: `${host}/authorize?resource=${uri(`https://mcp.example/s/${uri(value)}/mcp`)}` }) },
  stateJson: { plant: (value, name) => request({ url: `${host}/cb?state=${uri(JSON.stringify({ [name]: value }))}` }) },
  stateBase64: { plant: (value, name) => request({ url: `${host}/cb?state=${Buffer.from(JSON.stringify({ [name]: value })).toString("base64url")}` }) },
  cookiePath: { plant: (value) => response({ headers: [{ name: "set-cookie", value: `a=b; Path=/${uri(value)}; Domain=as.example` }] }) },
  linkRelation: { plant: (value) => response({ headers: [{ name: "Link", value: `<https://a.example/>; rel="${value.replace(/["\n]/g, "")}"` }] }) },
  realm: { plant: (value) => response({ headers: [{ name: "WWW-Authenticate", value: `Bearer realm="x", token="${value.replace(/["\\\n]/g, "")}"` }] }) },
  resourceMetadata: { plant: (value, name) => response({ headers: [{ name: "www-authenticate", value: `Bearer resource_metadata="https://a.example/m?${name}=${uri(value)}"` }] }) },
  contentType: { plant: (value) => response({ headers: [{ name: "content-type", value: `multipart/form-data; boundary=${value}` }] }) },
  allowOrigin: { plant: (value, name) => response({ headers: [{ name: "access-control-allow-origin", value: `https://a.example/?${name}=${uri(value)}` }] }) },
  initiator: { plant: (value, name) => request({ initiator: `https://a.example/?${name}=${uri(value)}` }) },
  registration: { plant: (value) => request({ method: "POST", body: { kind: "text", mimeType: "application/json", text: JSON.stringify({ client_name: "Test", redirect_uris: [`http://localhost/cb?t=${uri(value)}`], contacts: [value] }) } }) },
  registrationAnswer: { plant: (value) => response({ url: `${host}/register`, body: { mimeType: "application/json", text: JSON.stringify({ client_id: "abc", client_secret: value, registration_client_uri: `${host}/register/${uri(value)}` }) } }) },
  userInfo: { plant: (value, name) => response({ url: `${host}/userinfo`, body: { mimeType: "application/json", text: JSON.stringify({ sub: value, name: value, [name]: value, address: { street: value } }) } }) },
  clientDocument: { plant: (value) => response({ url: "https://app.example/client.json", body: { mimeType: "application/json", text: JSON.stringify({ client_id: "https://app.example/client.json", redirect_uris: [`https://app.example/cb/${uri(value)}`], contacts: [value], jwks: { keys: [{ k: value }] } }) } }) },
  invalidJson: { plant: (value, name) => response({ body: { mimeType: "application/json", text: `{"${name}":"${value}` } }) },
  hiddenElement: { plant: (value) => page({ html: `<p>Sorry</p><div style="display: none">${value.replaceAll("<", "")}</div>` }) },
  attribute: { plant: (value) => page({ html: `<p title="${value.replaceAll('"', "")}" data-x='${value.replaceAll("'", "")}'>Sorry</p>` }) },
  comment: { plant: (value) => page({ html: `<!-- ${value.replaceAll("-->", "")} --><p>Sorry</p>` }) },
  textarea: { isFree: true, plant: (value) => page({ html: `<h1>Error</h1><table><tr><td>Reference</td><td>${value.replaceAll("<", "")}</td></tr></table>` }) },
  sentenceStart: { isFree: true, plant: (value) => page({ text: `${value} is not something that this server knows.` }) },
  afterColon: { isFree: true, plant: (value) => page({ text: `invalid_grant: ${value}: the authorization code has expired` }) },
  inBrackets: { isFree: true, plant: (value) => page({ text: `Request failed [${value}] (${value})` }) },
  inAddress: { isFree: true, plant: (value, name) => page({ text: `Open https://app.example/cb?${name}=${uri(value)} again.` }) },
  problem: { isFree: true, plant: (value) => response({ problem: `could not parse ${value}` }) },
  titleOnly: { isFree: true, plant: (value) => page({ title: value, text: "" }) },
}; // biome-ignore format: one place per line

export const laterPlaces: Readonly<Record<string, PlantPlace>> = {
  hashBang: { plant: (value, name) => request({ url: `${host}/#!/cb/${name}/?${name}=${uri(value)}` }) },
  doubleHash: { plant: (value, name) => request({ url: `${host}/#a=b#${name}=${uri(value)}` }) },
  opaqueScheme: {
    plant: (value, name) =>
      response({ headers: [{ name: "Location", value: `com.example.app:cb?${name}=${uri(value)}` }] }),
  },
  customHost: { plant: (value) => response({ headers: [{ name: "Location", value: `myapp://${uri(value)}` }] }) },
  clientIdPath: {
    plant: (value) =>
      request({ url: `${host}/authorize?client_id=${uri(`https://app.example/${uri(value)}?x=${uri(value)}`)}` }),
  },
  encodedSlash: {
    plant: (value) => request({ url: `${host}/proxy/https%3A%2F%2Fa.example%2Fcb%3Fcode%3D${uri(uri(value))}` }),
  },
  fileName: { plant: (value) => request({ url: `${host}/download/${uri(value)}.json` }) },
  pairedPath: { plant: (value, name) => request({ url: `${host}/${uri(name)}/${uri(value)}/${uri(value)}` }) },
  proxyAuthorization: { plant: (value) => request({ headers: [{ name: "Proxy-Authorization", value }] }) },
  bareAuthorization: { plant: (value) => request({ headers: [{ name: "Authorization", value }] }) },
  origin: {
    plant: (value, name) => request({ headers: [{ name: "Origin", value: `${host}/${name}/${uri(value)}` }] }),
  },
  accept: { plant: (value) => request({ headers: [{ name: "Accept", value: `text/html, application/${value}` }] }) },
  cacheControl: {
    plant: (value) => response({ headers: [{ name: "Cache-Control", value: `private, x="${value}"` }] }),
  },
  allowHeaders: {
    plant: (value) =>
      response({ headers: [{ name: "Access-Control-Allow-Headers", value: `authorization, ${value}` }] }),
  },
  cookieDomain: {
    plant: (value) =>
      response({
        headers: [{ name: "Set-Cookie", value: `a=b; Domain=${value}; SameSite=${value}; Max-Age=${value}` }],
      }),
  },
  joinedCookies: {
    plant: (value, name) =>
      response({ headers: [{ name: "set-cookie", value: `a=1; Path=/\n${uri(name)}=${uri(value)}` }] }),
  },
  challengeScheme: {
    plant: (value) =>
      response({ headers: [{ name: "WWW-Authenticate", value: `${value.replace(/\s/g, "")} realm="x"` }] }),
  },
  challengeToken: {
    plant: (value) => response({ headers: [{ name: "WWW-Authenticate", value: `Negotiate ${value}` }] }),
  },
  metadataScopes: {
    plant: (value) =>
      response({
        url: `${host}/.well-known/openid-configuration`,
        body: {
          mimeType: "application/json",
          text: JSON.stringify({
            issuer: `${host}/${uri(value)}`,
            scopes_supported: ["openid", value],
            op_policy_uri: value,
          }),
        },
      }),
  },
  metadataNested: {
    plant: (value, name) =>
      response({
        url: `${host}/.well-known/openid-configuration`,
        body: {
          mimeType: "application/json",
          text: JSON.stringify({ issuer: host, jwks_uri: { [name]: value }, token_endpoint: [[value]] }),
        },
      }),
  },
  requestJson: {
    plant: (value) =>
      request({
        method: "POST",
        body: { kind: "text", mimeType: "application/json", text: `[${JSON.stringify(value)}]` },
      }),
  },
  xml: { plant: (value, name) => response({ body: { mimeType: "text/xml", text: `<${name}>${value}</${name}>` } }) },
  purpose: { plant: (value) => request({ purpose: `probe/${value}` }) },
  transition: {
    plant: (value) => ({
      source: "browser",
      at: 1_700_000,
      session: "s",
      kind: "navigation",
      how: "committed",
      url: host,
      transition: value,
      qualifiers: [value],
    }),
  },
  htmlOption: {
    plant: (value) => page({ html: `<select><option>${value.replaceAll("<", "")}</option></select><p>Sorry</p>` }),
  },
  list: {
    isFree: true,
    plant: (value) => page({ html: `<ul><li>Error</li><li>${value.replaceAll("<", "")}</li></ul>` }),
  },
  arrow: { isFree: true, plant: (value) => page({ text: `request -> ${value} -> failed` }) },
  stackTrace: {
    isFree: true,
    plant: (value) =>
      page({ text: `java.lang.IllegalStateException: ${value}\n at com.example.Auth.check(Auth.java:42)` }),
  },
  germanText: {
    isFree: true,
    plant: (value) => page({ text: `Der Wert ${value} ist ungültig. Bitte versuchen Sie es erneut.` }),
  },
  japaneseText: { isFree: true, plant: (value) => page({ text: `入力された値${value}は無効です。` }) },
  titleAndText: { isFree: true, plant: (value) => page({ title: `${value} - Sign in`, text: `Hello ${value}` }) },
};

export const unseenNames: readonly string[] = [
  "SAMLResponse", "wresult", "id_token_hint", "jwt", "apikey", "X-Amz-Signature", "oauth_token", "ticket", "authToken", "hd", "domain_hint",
  "kc_idp_hint", "login_challenge", "flow", "utm_source", "p", "t", "s", "lang", "locale", "tenant", "pin", "userid", "target", "next",
  "token_endpoint_auth_method", "subject_type", "grant_types", "application_type", "interval", "detail", "title", "errorCode",
]; // biome-ignore format: a list
