import fc from "fast-check";

export const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
export const base64url = (text: string): string => Buffer.from(text, "utf8").toString("base64url");
export const hex = (text: string): string => Buffer.from(text, "utf8").toString("hex");

const letters = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const base62 = letters + letters.toUpperCase() + digits;
const drawn = (alphabet: string, min: number, max = min): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: min, maxLength: max });
const joined = (separator: string, ...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((all) => all.join(separator));

const uuid = joined(
  "-",
  drawn("0123456789abcdef", 8),
  drawn("0123456789abcdef", 4),
  drawn("0123456789abcdef", 4),
  drawn("0123456789abcdef", 4),
  drawn("0123456789abcdef", 12),
);
const jwt = fc
  .record({ sub: drawn(base62, 16), email: drawn(letters, 8), signature: drawn(`${base62}-_`, 43) })
  .map(({ sub, email, signature }) => {
    const payload = JSON.stringify({
      iss: "https://as.example",
      sub,
      email: `${email}@mail.example`,
      exp: 1_900_000_000,
    });
    return `${base64url('{"alg":"RS256","typ":"JWT"}')}.${base64url(payload)}.${signature}`;
  });
const password = fc
  .tuple(
    drawn(letters, 3, 6),
    drawn("äöüßéñçжλ", 1, 3),
    drawn(digits, 1, 3),
    fc.constantFrom("!", "&", " ", "#", "?", "$"),
    drawn(letters, 2, 5),
  )
  .map(([first, accents, number, mark, last]) => `${first}${accents} ${number}${mark}${last}`);

/** `isStrong`: 64 bits or more, drawn by a machine. */
export type Shapes = Readonly<Record<string, { readonly isStrong: boolean; readonly values: fc.Arbitrary<string> }>>;

/** Shapes that the redaction was written with. */
export const shapes: Shapes = {
  hex32: { isStrong: true, values: drawn("0123456789abcdef", 32) },
  uuid: { isStrong: true, values: uuid },
  base64url43: { isStrong: true, values: drawn(`${base62}-_`, 43) },
  jwt: { isStrong: true, values: jwt },
  googleCode: { isStrong: true, values: drawn(`${base62}-_`, 60).map((tail) => `4/0A${tail}`) },
  slashed: { isStrong: true, values: drawn(`${base62}/+`, 28) },
  pem: {
    isStrong: true,
    values: drawn(`${base62}+/`, 120).map((body) => `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`),
  },
  long: { isStrong: true, values: drawn(base62, 2_000) },
  oneTimeCode: { isStrong: false, values: drawn(digits, 6) },
  userCode: {
    isStrong: false,
    values: joined("-", drawn("BCDFGHJKLMNPQRSTVWXZ", 4), drawn("BCDFGHJKLMNPQRSTVWXZ", 4)),
  },
  password: { isStrong: false, values: password },
  mailbox: {
    isStrong: false,
    values: fc
      .tuple(drawn(letters, 3, 8), drawn(letters, 4, 8))
      .map(([user, host]) => `${user}.${host}@${host}.invalid`),
  },
  phone: {
    isStrong: false,
    values: fc
      .tuple(drawn("123456789", 2), drawn(digits, 3), drawn(digits, 7))
      .map(([country, area, line]) => `+${country} ${area} ${line}`),
  },
  short8: { isStrong: false, values: drawn(base62, 8).filter((value) => /\d/.test(value)) },
};

export type Encoding = (text: string) => string;

export const encodings: Readonly<Record<string, Encoding>> = {
  none: (text) => text,
  percent: (text) => encodeURIComponent(text),
  percentAll: (text) => hex(text).replace(/../g, "%$&"),
  base64,
  base64url,
  hex,
  json: (text) => JSON.stringify(text).slice(1, -1),
  jsonAll: (text) => [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  html: (text) => [...text].map((one) => `&#${one.codePointAt(0)};`).join(""),
};

/** Parameter names: listed, unlisted, enumerated and free text. `client_id` is public by definition and has its own test. */
export const names: readonly string[] = [
  "code", "state", "nonce", "token", "access_token", "id_token", "refresh_token", "client_secret", "client_assertion", "user_code",
  "password", "otp", "username", "login_hint", "email", "foo", "data", "x", "sid", "ctx", "RelayState", "returnTo", "continue",
  "response_type", "response_mode", "prompt", "display", "max_age", "scope", "grant_type", "code_challenge_method", "error",
  "error_description", "error_uri", "redirect_uri", "resource", "audience", "iss", "request_uri", "request", "claims", "acr_values",
  "ui_locales", "expires_in", "token_type", "client_name", "message", "status", "session[token]", "post_logout_redirect_uri",
]; // biome-ignore format: a list
