import fc from "fast-check";
import { type PlantPlace, page, request, response } from "./places.ts";
import type { Shapes } from "./plants.ts";

// What servers and pages say to people, § for the value, written without a look at the redaction.

const phrases = [
  "Your code is §",
  "Your verification code: §\nIt expires in 10 minutes.",
  "Enter the code § on your device",
  "Hi §, welcome back!",
  "Signed in as §",
  "§ is not a member of this organization",
  "We sent an email to §. Click the link.",
  "Invalid value: §",
  'Invalid value "§"',
  "The value '§' has expired",
  "Unexpected value § for parameter code",
  "Error: could not find session §",
  "password=§",
  "Password: §",
  "user_code=§&x=1",
  "Not you? § Sign out",
  "Account\n§\nSign out",
  "Login failed for §.",
  "login failed for user § from 10.0.0.1",
  "Use § to sign in",
  "Copy this code: §",
  "Confirm that § matches the code shown on your TV",
  "temporary password § must be changed",
  "Call us at §",
  "Reference number §",
  "Token § was revoked",
  "invalid_grant: code § not found",
  "Bearer §",
  "Cannot GET /verify/§",
  'No route matches [GET] "/magic/§"',
  "Traceback: KeyError: '§'",
  "at Object.verify (/srv/app.js:12:3) token=§",
  "duplicate key value violates unique constraint: (email)=(§)",
  "Cookie: session=§; path=/",
  "<§>",
  "[§]",
  "(§)",
  "**§**",
  "§",
  "User § does not exist",
  "One-time passcode § is incorrect",
  "You entered §, which is wrong",
  "Your new password is §",
  "pin §",
  "secret §",
  "Welcome, §",
  "Hello §!",
  "AADSTS50034: The user account § does not exist in the directory.",
  "AADSTS900144 Trace ID: §",
  "Request Id: §\nCorrelation Id: §",
  "Device code § approved",
  "www.app.test/m/§",
  "app.test/cb?code=§",
  'curl -H "Authorization: Bearer §" https://x.test',
  "client_secret § is wrong",
  "wrong password: § (attempt 3)",
  "OTP § used",
  "Ihr Code lautet §",
  "Passwort: §",
  "Angemeldet als §",
  "Der Benutzer § wurde nicht gefunden",
  "Kennwort § ist falsch",
  "Hallo §, bitte bestätigen",
  "Geben Sie den Code § ein",
  "Votre code est §",
  "Mot de passe : §",
  "Bonjour §, bienvenue",
  "L'utilisateur « § » est introuvable",
  "Connecté en tant que §",
  "Tu código es §",
  "Contraseña: §",
  "El usuario § no existe",
  "Hola, §",
  "Il tuo codice è §",
  "Password errata: §",
  "Seu código é §",
  "Senha: §",
  "Wachtwoord: §",
  "Je code is §",
  "Hasło: §",
  "Twój kod to §",
  "Пароль: §",
  "Ваш код §",
  "Пользователь § не найден",
  "コードは§です",
  "パスワード：§",
  "您的验证码是§，请勿泄露",
  "用户 § 不存在",
  "인증 코드 §",
  "비밀번호: §",
  "Şifre: §",
  "Lösenord: §",
  "Heslo: §",
  "رمزك هو §",
  "הקוד שלך הוא §",
  "आपका कोड § है",
] as const;

const uri = encodeURIComponent;
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const quotable = (text: string): string => text.replace(/["\\\n]/g, " ");
const token = "https://id.acme.example/token";

/** Where such a sentence stands. */
const carriers: Readonly<Record<string, (text: string) => ReturnType<PlantPlace["plant"]>>> = {
  text: (text) => page({ text }),
  title: (text) => page({ title: text, text: "ok" }),
  html: (text) => page({ html: `<title>Error</title><h1>Error</h1><p>${escaped(text)}</p>` }),
  bold: (text) => page({ html: `<div class=e><b>${escaped(text)}</b></div>` }),
  json: (text) =>
    page({ contentType: "application/json", text: JSON.stringify({ error: "invalid_request", message: text }) }),
  description: (text) => request({ url: `https://app.example/cb?error=access_denied&error_description=${uri(text)}` }),
  answer: (text) =>
    response({
      url: token,
      status: 400,
      body: { mimeType: "application/json", text: JSON.stringify({ error: "invalid_grant", error_description: text }) },
    }),
  problem: (text) =>
    response({
      url: token,
      status: 400,
      body: { mimeType: "application/problem+json", text: JSON.stringify({ title: text, detail: text, status: 400 }) },
    }),
  challenge: (text) =>
    response({
      status: 401,
      headers: [
        { name: "WWW-Authenticate", value: `Bearer error="invalid_token", error_description="${quotable(text)}"` },
      ],
    }),
  failure: (text) => ({
    source: "browser",
    at: 1_700_000,
    session: "s",
    tabId: 1,
    frameId: 0,
    kind: "failure",
    requestId: "r",
    url: "https://id.acme.example/authorize",
    error: text,
  }),
};

export const phraseCarriers: readonly string[] = Object.keys(carriers);

export const phrasePlaces: Readonly<Record<string, PlantPlace>> = Object.fromEntries(
  phrases.map((phrase) => [
    phrase,
    {
      isFree: true,
      plant: (value, carrier) => {
        const write = carriers[carrier];
        if (!write) throw new Error(`no carrier ${carrier}`);
        return write(phrase.replace("§", () => value));
      },
    },
  ]),
);

const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const digits = "0123456789";
const any = lower + upper + digits;
const consonants = "BCDFGHJKLMNPQRSTVWXZ";
const drawn = (alphabet: string, min: number, max = min): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: min, maxLength: max });
const word = fc.constantFrom(
  ..."summer winter dragon monkey hunter sunshine Tiger banana coffee guitar football letmein qwerty shadow London".split(
    " ",
  ),
);
const joined = (separator: string, ...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((all) => all.join(separator));
const weak = (values: fc.Arbitrary<string>) => ({ isStrong: false, values });
const strong = (values: fc.Arbitrary<string>) => ({ isStrong: true, values });

export const phraseShapes: Shapes = {
  fiveDigits: weak(drawn(digits, 5)),
  sixDigits: weak(drawn(digits, 6)),
  grouped: weak(joined(" ", drawn(digits, 3), drawn(digits, 3))),
  dashed: weak(joined("-", drawn(digits, 3), drawn(digits, 4))),
  prefixed: weak(drawn(digits, 6).map((code) => `G-${code}`)),
  capitals: weak(drawn(upper + digits, 6).filter((code) => /\d/.test(code))),
  lowerCode: weak(drawn(lower + digits, 6).filter((code) => /\d/.test(code))),
  userCode: weak(joined("-", drawn(consonants, 4), drawn(consonants, 4))),
  pronounced: weak(
    fc
      .tuple(...Array.from({ length: 4 }, () => joined("", drawn(consonants, 1), drawn("AEIOU", 1))))
      .map(([a, b, c, d]) => `${a}${b}-${c}${d}`),
  ),
  wordAndNumber: weak(joined("", word, drawn(digits, 1, 4))),
  wordAndMark: weak(joined("", word, fc.constantFrom("!", "@", "#", "$", "?"), drawn(digits, 2))),
  twoWords: weak(joined("-", word, word, drawn(digits, 2))),
  fourWords: weak(joined(" ", word, word, drawn(digits, 2), word)),
  mixed: weak(drawn(any, 9).filter((value) => /\d/.test(value))),
  mailbox: weak(
    joined(
      "",
      joined(".", drawn(lower, 3, 6), drawn(lower, 4, 8)),
      fc.constant("@"),
      drawn(lower, 6),
      fc.constant(".com"),
    ),
  ),
  shortMailbox: weak(joined("", drawn(lower, 3), drawn(digits, 2), fc.constant("@gmail.com"))),
  phone: weak(joined("", fc.constant("+49 "), drawn("123456789", 3), fc.constant(" "), drawn(digits, 7))),
  base62: strong(drawn(any, 22)),
  base64url: strong(drawn(`${any}-_`, 43)),
  base64: strong(drawn(`${any}+/`, 42).map((value) => `${value}==`)),
  hex: strong(drawn("0123456789abcdef", 32)),
  lowerBase32: strong(drawn(`${lower}234567`, 26)),
  piped: strong(joined("|", drawn(digits, 4), drawn(any, 40))),
  dotted: strong(joined(".", drawn(any, 24), drawn(any, 6), drawn(`${any}-_`, 27))),
  tilded: strong(drawn(`${any}~._-`, 37)),
  groupedKey: strong(fc.array(drawn(any, 5), { minLength: 6, maxLength: 6 }).map((parts) => parts.join("-"))),
};
