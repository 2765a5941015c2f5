import fc from "fast-check";
import { type PlantPlace, page, request, response } from "./places.ts";
import { base64, base64url, type Shapes } from "./plants.ts";

// A third set, of what a generator written outside of the repository had found: pass phrases, codes of other forms, other addresses of
// people; other headers, metadata, attributes and nested values.

const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const digits = "0123456789";
const any = lower + upper + digits;
const drawn = (alphabet: string, min: number, max = min): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: min, maxLength: max });
const joined = (separator: string, ...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((all) => all.join(separator));
const word = fc.constantFrom(
  ..."abacus alkaline antelope backspin bagpipe cinnamon foothold gargle harmonica jawbone kangaroo lavender oatmeal pelican quicksand raccoon".split(
    " ",
  ),
);
const weak = (values: fc.Arbitrary<string>) => ({ isStrong: false, values });
const strong = (values: fc.Arbitrary<string>) => ({ isStrong: true, values });
const consonants = "BCDFGHJKLMNPQRSTVWXZ";

export const huntedShapes: Shapes = {
  passPhrase: weak(joined(" ", word, word, word, word)),
  dashedPhrase: weak(joined("-", word, word, word, word)),
  dottedPhrase: weak(joined(".", word, word, word)),
  leet: weak(
    joined("", fc.constantFrom("p4ssw0rd", "l3tm31n", "h4x0r", "Dr4g0n", "1q2w3e4r", "Passw0rd!"), drawn(digits, 2)),
  ),
  sevenDigits: weak(joined("", drawn("123456789", 1), drawn(digits, 6))),
  threeByThree: weak(joined("-", drawn(consonants, 3), drawn(consonants, 3), drawn(consonants, 3))),
  nineDigits: weak(joined("-", drawn("123456789", 3), drawn(digits, 3), drawn(digits, 3))),
  symbols: weak(joined("", drawn(any, 3), fc.constantFrom(..."!@#$%^&*"), drawn(any, 4), drawn(digits, 1))),
  quotedMailbox: weak(joined("", fc.constant('"'), word, fc.constant(" "), word, fc.constant('"@'), word, fc.constant(".org"))),
  umlautMailbox: weak(joined("", fc.constantFrom("müller", "søren", "дмитрий"), fc.constant("."), word, fc.constant("@münchen.de"))),
  phoneInBrackets: weak(joined("", fc.constant("("), drawn("23456789", 3), fc.constant(") "), drawn("23456789", 3), fc.constant("-"), drawn(digits, 4))),
  phoneWithSlash: weak(joined("", fc.constant("0"), drawn("123456789", 2), fc.constant("/"), drawn("123456789", 7))),
  letters: strong(drawn(lower, 16)),
  capitals: strong(drawn(upper, 20)),
  manyDigits: strong(drawn("123456789", 24)),
  colonPairs: strong(joined(":", ...Array.from({ length: 8 }, () => drawn("0123456789abcdef", 2)))),
  microsoftCode: strong(
    joined("", fc.constant("M.C"), drawn("123456789", 3), fc.constant("_BAY.2.U."), drawn("0123456789abcdef", 8), fc.constant("-"), drawn("0123456789abcdef", 24)),
  ),
  paseto: strong(drawn(`${any}-_`, 60).map((body) => `v4.public.${body}`)),
  // fast-check draws names of JavaScript too: `constructor` has eleven letters.
  sixtyFourBits: strong(drawn(any, 11).filter((value) => /\d/.test(value))),
  behindUser: strong(joined(":", drawn(lower, 6), drawn(any, 24))),
}; // biome-ignore format: one shape per entry

const uri = encodeURIComponent;
const host = "https://id.corp.example";
const header = (name: string, value: string) => response({ headers: [{ name, value }] });
const quotable = (value: string): string => value.replace(/["\\\n]/g, "");
const document = (name: string, value: unknown) =>
  response({ url: `${host}/.well-known/${name}`, body: { mimeType: "application/json", text: JSON.stringify(value) } });

export const huntedPlaces: Readonly<Record<string, PlantPlace>> = {
  emptyBrackets: { plant: (value, name) => request({ url: `${host}/login?${name}%5B%5D=${uri(value)}&${name}[0]=${uri(value)}` }) },
  stateInState: { plant: (value, name) => request({ url: `${host}/cb?state=${uri(base64(JSON.stringify({ a: base64url(JSON.stringify({ [name]: value })) })))}` }) },
  samlRelay: { plant: (value, name) => request({ url: `${host}/saml?RelayState=${uri(`https://sp.example/acs?next=${uri(`/p?${name}=${uri(value)}`)}`)}&SAMLRequest=${uri(base64(value))}` }) },
  samlForm: { plant: (value, name) => request({ method: "POST", body: { kind: "form", fields: [{ name: "SAMLResponse", value: base64(`<a>${value}</a>`) }, { name, value }] } }) },
  multipart: { plant: (value, name) => request({ method: "POST", body: { kind: "text", mimeType: "multipart/form-data; boundary=x", text: `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--x--` } }) },
  tokenAnswer: { plant: (value, name) => response({ url: `${host}/token`, body: { mimeType: "application/json", text: JSON.stringify({ token_type: "Bearer", [name]: /^\d{1,15}$/.test(value) ? Number(value) : value }) } }) },
  formAnswer: { plant: (value, name) => response({ url: `${host}/token`, body: { mimeType: "application/x-www-form-urlencoded", text: `${name}=${uri(value)}&scope=repo` } }) },
  refresh: { plant: (value) => header("Refresh", value) },
  retryAfter: { plant: (value) => response({ status: 429, headers: [{ name: "Retry-After", value }, { name: "Age", value }, { name: "RateLimit-Remaining", value }, { name: "Cache-Control", value: `max-age=${value}` }] }) },
  serverHeaders: { plant: (value) => response({ headers: [{ name: "Server", value: `srv ${value}` }, { name: "Via", value: `1.1 ${value}` }, { name: "X-Powered-By", value }] }) },
  corsHeaders: { plant: (value) => response({ headers: [{ name: "Access-Control-Allow-Headers", value }, { name: "Allow", value }, { name: "X-Frame-Options", value: `ALLOW-FROM ${value}` }] }) },
  basicUser: { plant: (value) => request({ headers: [{ name: "Authorization", value: `Basic ${base64(`${uri(value)}:x`)}` }] }) },
  digest: { plant: (value) => request({ headers: [{ name: "Authorization", value: `Digest username="${quotable(value)}", nonce="${quotable(value)}"` }] }) },
  challengeParameter: { plant: (value) => header("WWW-Authenticate", `DPoP error="use_dpop_nonce", nonce="${quotable(value)}"`) },
  magicLink: { plant: (value) => request({ url: `${host}/magic-link/${uri(value)}` }) },
  userPath: { plant: (value) => request({ url: `${host}/users/${uri(value)}/sessions` }) },
  cookiePath: { plant: (value) => header("Set-Cookie", `a=${uri(value)}; Path=/a/${uri(value)}; Comment=${uri(value)}`) },
  mailto: { plant: (value) => header("Location", `mailto:${value}?subject=${uri(value)}`) },
  intent: { plant: (value, name) => header("Location", `intent://cb?${name}=${uri(value)}#Intent;scheme=app;S.browser_fallback_url=${uri(`https://x/?${name}=${value}`)};end`) },
  attributes: { plant: (value, name) => page({ html: `<title>Sign in</title><body data-token="${uri(value)}" onload="go('${uri(value)}')"><a href="/x?${name}=${uri(value)}" title="${uri(value)}">Next</a><input placeholder="${uri(value)}"></body>` }) },
  metaRefresh: { plant: (value, name) => page({ html: `<meta http-equiv="refresh" content="0;url=/x?${name}=${uri(value)}"><meta name="csrf-token" content="${uri(value)}"><p>Redirecting</p>` }) },
  formTarget: { plant: (value, name) => page({ html: `<form action="/login?${name}=${uri(value)}#${uri(value)}" name="${uri(value)}"><button formaction="/x/${uri(value)}">OK</button></form>` }) },
  issuerPath: { plant: (value) => document("openid-configuration", { issuer: `${host}/t/${uri(value)}`, scopes_supported: [value], claims_supported: [value], service_documentation: value }) },
  resourceDocument: { plant: (value) => document("oauth-protected-resource", { resource: `${host}/mcp`, bearer_methods_supported: [value], resource_documentation: value }) },
}; // biome-ignore format: one place per line

export const huntedNames: readonly string[] = [
  "logout_hint", "kid", "pw", "one_time", "2fa", "hash", "api_key", "sessionToken", "x-csrf", "SAMLart", "wctx", "RelayState", "loginfmt", "msisdn", "q",
  "expires_in", "refresh_expires_in", "max_age", "interval", "ui_locales", "error", "error_subcode", "prompt", "not-before-policy", "client_id_issued_at",
  "tid", "execution", "session_code", "view", "application_type", "identity_provider", "organization",
]; // biome-ignore format: a list
