import { mask, type Piece } from "./pieces.ts";

/** What may follow, set off by a mark or a word for "is", was typed by a person or sent to one. */
const cues = new Set(
  (
    "password passwort kennwort passwd pwd passphrase passcode contraseña clave senha parola wachtwoord lösenord adgangskode " +
    "passord salasana hasło heslo jelszó şifre пароль пароля κωδικός mdp passe pin otp totp secret username user login " +
    "benutzer benutzername usuario utilisateur gebruiker użytkownik пользователь usercode user_code login_hint phone " +
    "telephone telefon sms email mail contact phrase key parola şifre kennwort senha"
  ).split(" "),
);
/** An unknown word right behind one of these is what it names: `account sunshine is locked`, `enter sunshine`. */
const beside = new Set(
  (
    "password passwort kennwort contraseña senha wachtwoord hasło mdp passphrase passcode phrase pin otp code key secret token " +
    "bearer account user username benutzer utilisateur usuario gebruiker utente email enter saisissez entrez ingresa introduce " +
    "inserisci expected got received ref session number"
  ).split(" "),
);
/** Words for a code: what follows "is" or a colon is one, in running text they are part of the message. */
const codes = new Set("code codes código codice kod kód kode koodi код кода passcode pin otp token".split(" "));
/** `Einmalcode`, `Einmalpasswort`, `passcode`. */
const compound = /^\p{L}{3,12}(?:code|kode|passwort|kennwort|wachtwoord)$/u;
const copulas = new Set("is are est es ist lautet è é är er to jest on".split(" "));
/** Who is spoken to comes right behind. */
const greetings = new Set(
  "hi hello hey welcome back dear hallo willkommen bonjour bienvenue hola bienvenido ciao olá benvenuto witaj hej".split(
    " ",
  ),
);
/** `Signed in as …`, `angemeldet als …`, `connecté en tant que …`. */
const asWords = new Set("as als como come que som jako".split(" "));
const signedIn =
  /^(?:signed|logged|in|continue|angemeldet|eingeloggt|connecté|conectado|sesión|connesso|effettuato|ingelogd|inloggad|zalogowano|tant)$/i;
/** `A code was sent to …`, `Login failed for …`, `no user with email …`. */
const directed = new Set("to for für an pour à para per voor do with".split(" "));

const isCue = (word: string): boolean =>
  [cues, codes, beside, copulas, greetings, asWords].some((words) => words.has(word)) ||
  compound.test(word) ||
  signedIn.test(word);

const longestPhrase = 8;

/** Masks the unknown words that a cue before them says are a person's: `password: …`, `User 'bob'`, `Signed in as …`. */
export function maskAfterCues(pieces: readonly Piece[]): void {
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === "separator") continue;
    const word = piece.text.toLowerCase().replace(/^[#*_-]+|[:.]$/g, "");
    // A masked word takes unknown ones beside it along; those that say what it was stay.
    if (piece.kind === "unknown" && isCue(word)) piece.kind = "known";
    const mark = pieces[index + 1]?.text ?? "";
    const isSetOff = piece.text.endsWith(":") || /["'`=:：«“‘„\n]/u.test(mark);
    const copula = copulas.has(pieces[index + 2]?.text.toLowerCase() ?? "") ? 2 : 0;
    const isCode = codes.has(word) || compound.test(word);
    if (cues.has(word) && isSetOff) maskPhrase(pieces, index + 2, /["'`«“‘„]/u.test(mark));
    else if ((isCode || cues.has(word)) && (isSetOff || copula > 0)) maskRun(pieces, index + 2 + copula);
    else if (beside.has(word)) maskRun(pieces, index + 2);
    else if (directed.has(word)) maskLast(pieces, index + 2);
    else if (greetings.has(word)) maskRun(pieces, index + 2);
    else if (asWords.has(word) && [2, 4].some((back) => signedIn.test(pieces[index - back]?.text ?? "")))
      maskRun(pieces, index + 2);
  }
}

/** Up to the end of the line or of the quotation. */
function maskPhrase(pieces: readonly Piece[], from: number, isQuoted: boolean): void {
  for (let at = from, words = 0; at < pieces.length && words < longestPhrase; at += 1) {
    const follower = pieces[at];
    if (!follower) return;
    if (follower.kind === "separator") {
      if (isQuoted ? /["'`»”’“\n]/u.test(follower.text) : /[\n,;{}]/.test(follower.text)) return;
      continue;
    }
    words += 1;
    if (follower.kind === "unknown") mask(follower);
  }
}

/** One or two unknown words that end a sentence. */
function maskLast(pieces: readonly Piece[], from: number): void {
  const words = [pieces[from], pieces[from + 2]].filter(
    (piece, at) => piece?.kind === "unknown" && (at === 0 || pieces[from + 1]?.text === " "),
  );
  if (words.length === 0 || words[0] !== pieces[from]) return;
  const after = pieces[from + 2 * words.length - 1]?.text ?? "";
  const isLast =
    (words[words.length - 1]?.text.endsWith(".") ?? false) || after === "" || /^[\n,.!?;"')\]}]/.test(after);
  if (isLast) for (const word of words) if (word) mask(word);
}

/** Unknown words one after the other. */
function maskRun(pieces: readonly Piece[], from: number): void {
  for (let at = from; at < from + longestPhrase; at += 2) {
    const follower = pieces[at];
    if (follower?.kind !== "unknown") return;
    mask(follower);
    if (pieces[at + 1]?.text.includes("\n")) return;
  }
}
