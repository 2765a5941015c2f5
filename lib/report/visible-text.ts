/** A stretch of text from a server: shown as it is, or one character that could mislead, shown by its number. */
export type TextRun =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "invisible"; readonly text: string };

/**
 * Controls, format characters (bidi overrides, zero-width, tags), lone surrogates, private use, line separators and
 * everything that renders as nothing; and marks stacked so high that they cover other lines. Line feed and tab are
 * layout and stay.
 */
const misleading = /\p{M}{4,}|(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const words = /[\p{L}\p{M}\p{N}.-]+/gu;
const latin = /\p{Script=Latin}/u;
const lookalike = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

/** Splits text so that nothing in it can hide, reorder or imitate; joining the runs gives a readable string. */
export function toVisibleRuns(text: string): readonly TextRun[] {
  const runs: TextRun[] = [];
  let from = 0;
  for (const match of text.matchAll(misleading)) {
    if (match.index > from) runs.push({ kind: "plain", text: text.slice(from, match.index) });
    runs.push({ kind: "invisible", text: nameOf(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < text.length) runs.push({ kind: "plain", text: text.slice(from) });
  return runs;
}

/** The same as one string, for text reports and labels: `pay⟨U+202E⟩pal`. */
export function toVisibleText(text: string): string {
  return toVisibleRuns(text)
    .map((run) => (run.kind === "plain" ? run.text : `⟨${run.text}⟩`))
    .join("");
}

/** True when one word mixes Latin with letters that look like Latin (`pаypal` with a Cyrillic `а`). */
export function mixesAlphabets(text: string): boolean {
  for (const [word] of text.matchAll(words)) {
    if (latin.test(word) && lookalike.test(word)) return true;
  }
  return false;
}

function nameOf(matched: string): string {
  const [character = "", ...others] = matched;
  if (others.length > 0) return `${others.length + 1} stacked marks`;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Keeps both ends: the end of a host or a path says as much as its beginning. `limit` in UTF-16 units, at least 3. */
export function shortenMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = Math.ceil((limit - 1) / 2);
  const tail = limit - 1 - head;
  return `${trimHalfPair(text.slice(0, head), "end")}…${trimHalfPair(text.slice(text.length - tail), "start")}`;
}

/** A cut through a surrogate pair would leave half a character. */
function trimHalfPair(text: string, side: "start" | "end"): string {
  return side === "end" ? text.replace(/[\uD800-\uDBFF]$/, "") : text.replace(/^[\uDC00-\uDFFF]/, "");
}
