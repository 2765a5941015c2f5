import { mask, type Piece } from "./pieces.ts";
import { longestUnknown } from "./shape.ts";

/** Lines that speak of who someone is or of what only they know; an unknown word in quotation marks there is theirs. */
const personal = new Set(
  (
    "account accounts user username login email mail credentials password passphrase passcode phrase pin otp identity member code " +
    "código codice kod kode код " +
    "benutzer konto passwort kennwort anmeldung utilisateur compte usuario cuenta contraseña utente conto gebruiker"
  ).split(" "),
);
const plain = /^[a-z]{4,24}$/i;
const otherScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}]/u;

interface Word {
  readonly piece: Piece;
  /** What stands between it and the word before, and behind it. */
  readonly before: string;
  readonly after: string;
}

/** Masks unknown words that no cue announces but their company does: pass phrases, and words of another language than the line's. */
export function maskPhrases(pieces: readonly Piece[]): void {
  for (const { words, text } of linesOf(pieces)) {
    const isForeign = otherScript.test(text);
    const isPersonal = words.some(({ piece }) => personal.has(bare(piece.text).toLowerCase()));
    // What is masked leaves others in another company.
    for (let unknown = words.filter(isUnknown), left = -1; unknown.length > 0 && unknown.length !== left; ) {
      left = unknown.length;
      if (isForeign) maskAll(unknown.filter(({ piece }) => !otherScript.test(piece.text)));
      const inQuotes = quoted(words);
      if (isPersonal || inQuotes.length >= longestUnknown) maskAll(inQuotes);
      maskRuns(words, words.filter(isUnknown).length, isPersonal);
      maskRest(words);
      unknown = words.filter(isUnknown);
    }
  }
}

const isUnknown = ({ piece }: Word): boolean => piece.kind === "unknown" && /\p{L}{4}/u.test(piece.text);
const isQuote = (separator: string): boolean => /["'`«»“”‘’„<>()[\]]/u.test(separator);
const bare = (text: string): string => text.replace(/[.:]$/, "");

function maskAll(words: readonly Word[]): void {
  for (const { piece } of words) mask(piece);
}

/** Unknown words that fill a quotation or brackets. */
function quoted(words: readonly Word[]): Word[] {
  const found: Word[] = [];
  let inside: Word[] = [];
  for (const word of words) {
    if (isQuote(word.before)) inside = [];
    else if (inside.length === 0) continue;
    if (!isUnknown(word)) {
      inside = [];
      continue;
    }
    inside.push(word);
    if (isQuote(word.after)) found.push(...inside.splice(0));
  }
  return found;
}

/** A pass phrase. Where the rest of the line is unknown too, these may be words of its language. */
function maskRuns(words: readonly Word[], unknown: number, isPersonal: boolean): void {
  let run: Word[] = [];
  const close = (): void => {
    const others = unknown - run.length;
    if (
      run.length >= longestUnknown &&
      (others === 0 || ((isPersonal || run.length > longestUnknown) && others < run.length))
    )
      maskAll(run);
    run = [];
  };
  for (const word of words) {
    if (run.length > 0 && !/^[ \u00a0+]$/.test(word.before)) close();
    if (isUnknown(word) && plain.test(bare(word.piece.text))) run.push(word);
    else close();
  }
  close();
}

/** What stands alone in its line, or behind a colon up to its end, and is all unknown: a value rather than a sentence. */
function maskRest(words: readonly Word[]): void {
  const rest: Word[] = [];
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const word = words[at];
    if (!word || !isUnknown(word)) break;
    rest.unshift(word);
    if (/[:=：]/.test(word.before) || words[at - 1]?.piece.text.endsWith(":")) break;
  }
  const [first] = rest;
  const isValue =
    first !== undefined &&
    (rest.length === words.length ||
      /[:=：]\s*["'`«“‘„]?$/u.test(first.before) ||
      words[words.length - rest.length - 1]?.piece.text.endsWith(":"));
  if (isValue && rest.length <= 4 && /^\p{Ll}/u.test(first.piece.text)) maskAll(rest);
}

function linesOf(pieces: readonly Piece[]): { readonly words: Word[]; readonly text: string }[] {
  const lines: { words: Word[]; text: string }[] = [{ words: [], text: "" }];
  for (const [index, piece] of pieces.entries()) {
    let line = lines[lines.length - 1] ?? { words: [], text: "" };
    if (piece.kind === "separator" && piece.text.includes("\n")) {
      line = { words: [], text: "" };
      lines.push(line);
    }
    line.text += piece.text;
    if (piece.kind === "separator") continue;
    const before = pieces[index - 1];
    const after = pieces[index + 1];
    line.words.push({
      piece,
      before: before?.kind === "separator" ? before.text : "",
      after: after?.kind === "separator" ? after.text : "",
    });
  }
  return lines;
}
