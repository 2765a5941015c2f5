import { maskAfterCues } from "./cues.ts";
import { maskPhrases } from "./phrases.ts";
import { mask, type Piece } from "./pieces.ts";
import { isIdentifier, isNamed, isOrdinary, isPlaceholder, placeholderFor, placeholderPattern } from "./shape.ts";
import { isKnownWord } from "./vocabulary.ts";

export interface TextOptions {
  /** Redacts an address that stands in the text. */
  readonly maskUrl: (raw: string) => string;
  /** Whether a token is public in this attempt (its `client_id`) or literal text of a message template. */
  readonly isShown: (token: string) => boolean;
  readonly replaced: (value: string) => void;
}

const separators =
  /((?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー\s"'`<>(){}[\],;|=&«»“”‘’„!?¿¡…。、，]|\\[nrt]?)+)/u;
/** Runs of character references, and what an earlier masking left. */
const atoms = new RegExp(`((?:&#x?[0-9a-fA-F]{1,6};)+|${placeholderPattern})`);
/** Marks between letters or digits, as passwords have them and prose has not (`P&9x`, `55!rgv`). */
const oddMarks = /[\p{L}\p{N}][!?&#$%^*+~]+[\p{L}\p{N}]/u;
/**
 * Text for people with everything that may be a token, a one-time code, a number or an address of a person masked.
 * Addresses keep what `maskUrl` leaves of them. Masking a masked text changes nothing. Linear in the text.
 */
export function maskText(text: string, options: TextOptions): string {
  let masked = "";
  let from = 0;
  for (const [start, end] of findAddresses(text)) {
    masked += maskPlain(text.slice(from, start), options);
    masked += options.maskUrl(text.slice(start, end));
    from = end;
  }
  return masked + maskPlain(text.slice(from), options);
}

const longestScheme = 64;

/** Spans of `scheme://…` up to the next white space or quote, without the punctuation of the sentence. */
function* findAddresses(text: string): Generator<readonly [number, number]> {
  let from = 0;
  for (;;) {
    const mark = text.indexOf("://", from);
    if (mark < 0) return;
    let start = mark;
    while (start > from && mark - start < longestScheme && /[A-Za-z0-9+.-]/.test(text.charAt(start - 1))) start -= 1;
    const rest = /[\s"'`<>«»“”‘’„\\]/u.exec(text.slice(mark, mark + 16_384));
    let end = mark + (rest ? rest.index : Math.min(16_384, text.length - mark));
    while (end > mark + 3 && /[.,;:!?)\]}]/.test(text.charAt(end - 1))) end -= 1;
    if (start < mark && /[A-Za-z]/.test(text.charAt(start))) yield [start, end];
    from = Math.max(end, mark + 3);
  }
}

function maskPlain(text: string, options: TextOptions): string {
  if (text === "") return "";
  const pieces = text
    .split(atoms)
    .flatMap((stretch, index) =>
      index % 2 === 1 ? atom(stretch) : stretch.split(/(\s+)/).flatMap((chunk) => split(chunk, options)),
    );
  mergeSeparators(pieces);
  keepNamedNumbers(pieces);
  maskNumbers(pieces);
  maskAfterCues(pieces);
  maskPhrases(pieces);
  maskBetweenUnknown(pieces);
  spread(pieces);
  return joinPieces(pieces, options);
}

/** `text` without the characters at its end that match; a trailing `+$` pattern would be quadratic. */
function trimEnd(text: string, character: RegExp): string {
  let end = text.length;
  while (end > 0 && character.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function mergeSeparators(pieces: Piece[]): void {
  let kept = 0;
  for (const piece of pieces) {
    const last = pieces[kept - 1];
    if (piece.kind === "separator" && last?.kind === "separator") last.text += piece.text;
    else if (piece.text !== "") pieces[kept++] = piece;
  }
  pieces.length = kept;
}

const isNamedNumber = (number: string, name: string): boolean =>
  /^(?:rfc|port)$/i.test(name) ? /^\d{4,5}$/.test(number) : /^error$/i.test(name) && /^\d{4}$/.test(number);

/** `RFC 7636`, `port 3000`, `Error 1101`: the word before, in the same line, says what the number is. */
function keepNamedNumbers(pieces: readonly Piece[]): void {
  for (const [index, piece] of pieces.entries()) {
    const isBeside = /^[ #:]{1,2}$/.test(pieces[index - 1]?.text ?? "");
    if (isBeside && isNamedNumber(piece.text, pieces[index - 2]?.text ?? "")) piece.kind = "known";
  }
}

const atom = (text: string): Piece => (isPlaceholder(text) ? { text, kind: "known" } : maskedPiece(text));
const maskedPiece = (text: string): Piece => ({ text, kind: "masked", isHuman: true });

/** Pieces of what stands between two white spaces. */
function split(chunk: string, options: TextOptions): Piece[] {
  if (chunk.includes("="))
    return chunk
      .split(/([=&]+)/)
      .flatMap((part, index) => (index % 2 === 1 ? { text: part, kind: "separator" } : split(part, options)));
  if (/[^a-z+&]/.test(chunk) && oddMarks.test(chunk)) {
    const before = /^["'`(<[{]*/.exec(chunk)?.[0] ?? "";
    const inner = trimEnd(chunk.slice(before.length), /[.,;:"'`)>\]}]/);
    const after = chunk.slice(before.length + inner.length);
    if (!options.isShown(inner))
      return [{ text: before, kind: "separator" }, maskedPiece(inner), { text: after, kind: "separator" }];
  }
  return chunk.split(separators).map((part, place): Piece => {
    if (part === "" || place % 2 === 1) return { text: part, kind: "separator" };
    return classify(part, options);
  });
}

function classify(text: string, options: TextOptions): Piece {
  if (isPlaceholder(text)) return { text, kind: "known" };
  if (options.isShown(text)) return { text, kind: "known" };
  const core = trimEnd(text.replace(/^[.:\-–—/*#§]+/, ""), /[.:\-–—/*]/);
  if (core === "" || !/[\p{L}\p{N}]/u.test(core)) return { text, kind: text.length > 3 ? "masked" : "separator" };
  if (options.isShown(core) || isPlaceholder(core)) return { text, kind: "known" };
  if (isKnownWord(core) || core.split(/[-_./:]/).every((part) => part === "" || isKnownWord(part)))
    return { text, kind: "known" };
  if (/^[1-5]\d\d$/.test(core) || isNetworkError(core) || isEndpoint(core)) return { text, kind: "known" };
  if (!core.includes("@") && isPlainWord(core)) return { text, kind: "unknown" };
  // A heading in capitals says nothing of the words beside it.
  const isHeading = /^\p{Lu}{5,}$/u.test(core);
  return { text, kind: "masked", isHuman: !isHeading && (core.length < 16 || !/^[\w.~+/=-]+$/.test(core)) };
}

/** Of several words joined, one has to be ours. */
const isPlainWord = (core: string): boolean =>
  (isOrdinary(core) && (!/\p{L}[-.:/]\p{L}/u.test(core) || isNamed(core))) ||
  (core.includes("_") && isIdentifier(core));
/** Host and port of a server: `localhost:3000`, `api.example.com:8443`. */
const isEndpoint = (core: string): boolean => {
  const [, host = "", port = ""] =
    /^(localhost|127\.0\.0\.1|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}):(\d{2,5})$/i.exec(core) ?? [];
  return host !== "" && Number(port) < 65_536 && (isKnownWord(host) || isOrdinary(host));
};
const isNetworkError = (core: string): boolean =>
  /^(?:net::)?(?:ERR|NS_(?:ERROR|BINDING))(?:_(?:HTTP_1_1|[A-Z]{1,20}2?)){1,8}$/.test(core);

/** Digits that a separator splits are still one number (`482 913`, `+1 (555) 123-4567`). */
function maskNumbers(pieces: Piece[]): void {
  let run: Piece[] = [];
  let digits = 0;
  const close = (): void => {
    if (digits >= 4 && run.length > 1) for (const piece of run) mask(piece);
    run = [];
    digits = 0;
  };
  for (const piece of pieces) {
    if (piece.text === "") continue;
    if (piece.kind === "separator") {
      if (!/^[ \u00a0()-]{1,3}$/.test(piece.text)) close();
    } else if (/^[*_]*\+?[\d.\-/]+[*_]*$/.test(piece.text)) {
      run.push(piece);
      digits += piece.text.replace(/\D/g, "").length;
    } else {
      close();
      // A path or a mark before its first digits.
      const begun = /[/=#*_:](\d{2,})$/.exec(piece.text)?.[1];
      if (begun !== undefined) {
        run.push(piece);
        digits = begun.length;
      }
    }
  }
  close();
}

/** A number between words of which one is none of ours, or both are names, is more often part of a pass phrase than a sentence's. */
function maskBetweenUnknown(pieces: Piece[]): void {
  for (const [index, piece] of pieces.entries()) {
    if (!/^\d{1,3}$/.test(piece.text) || pieces[index - 1]?.text !== " " || pieces[index + 1]?.text !== " ") continue;
    const beside = [pieces[index - 2], pieces[index + 2]];
    const areWords = beside.every((word) => word !== undefined && /^[^\d]*\p{L}[^\d]*$/u.test(word.text));
    const areNames = beside.every((word) => /^\P{L}*\p{Lu}/u.test(word?.text ?? ""));
    if (areWords && (areNames || beside.some((word) => word?.kind === "unknown"))) mask(piece);
  }
}

/** A password may have spaces: unknown words right beside a masked human-made piece go with it. */
function spread(pieces: Piece[]): void {
  const tokens = pieces.filter((piece) => piece.kind !== "separator" || piece.text.includes("\n"));
  const run = (order: readonly Piece[]): void => {
    let isSpreading = false;
    for (const piece of order) {
      if (piece.kind === "masked") isSpreading ||= piece.isHuman === true;
      else if (piece.kind === "unknown" && isSpreading) mask(piece);
      else isSpreading = false;
    }
  };
  run(tokens);
  run([...tokens].reverse());
}

function joinPieces(pieces: readonly Piece[], options: TextOptions): string {
  let joined = "";
  for (const piece of pieces) {
    if (piece.kind !== "masked") {
      joined += piece.text;
      continue;
    }
    const core = trimEnd(piece.text, /[.:]/);
    options.replaced(core);
    joined += placeholderFor(core) + piece.text.slice(core.length);
  }
  return joined;
}

/** The longest start of `text` within `limit` characters that does not cut a token. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = limit;
  while (end > 0 && /[\w~.%+/=:@#&?$!*-]/.test(text.charAt(end - 1)) && /[^\s]/.test(text.charAt(end))) end -= 1;
  return text.slice(0, end).trimEnd().toWellFormed();
}
