/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * As `parseJson`, and when that fails once more without comments and commas at the end of lists, and with `null` for `NaN`,
 * `Infinity` (Python writes them) and `undefined`.
 */
export function parseRelaxedJson(text: string): unknown {
  const strict = parseJson(text);
  if (strict !== undefined) return strict;
  // Twice, since a comment may stand between a comma and its bracket.
  const repaired = repair(repair(text));
  return repaired === text ? undefined : parseJson(repaired);
}

/** One pass: a pattern for strings would cost the square of the length where quotation marks do not match. */
function repair(text: string): string {
  let repaired = "";
  let kept = 0;
  /** Of the last comma, while only white space came after it. */
  let comma = -1;
  const replace = (from: number, to: number, by: string) => {
    repaired += text.slice(kept, from) + by;
    kept = to;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (isSpace(character)) continue;
    if (character === "/") {
      const end = endOfComment(text, at);
      if (end === undefined) continue;
      replace(at, end, " ");
      at = end - 1;
      comma = -1;
      continue;
    }
    if ((character === "}" || character === "]") && comma >= kept) replace(comma, comma + 1, "");
    comma = character === "," ? at : -1;
    if (character === '"') at = endOfString(text, at);
    else if (startsWord.has(character)) {
      word.lastIndex = at;
      const found = word.exec(text)?.[0];
      if (found === undefined) continue;
      replace(at, at + found.length, "null");
      at += found.length - 1;
    }
  }
  return kept === 0 ? text : repaired + text.slice(kept);
}

const isSpace = (character: string): boolean =>
  character === " " || character === "\n" || character === "\r" || character === "\t";
const startsWord = new Set("-NIu");
const word = /-?(?:NaN|Infinity)\b|undefined\b/y;

/** Position of the quotation mark that ends the string; the text's end when none does. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function endOfComment(text: string, from: number): number | undefined {
  const isLine = text[from + 1] === "/";
  if (!isLine && text[from + 1] !== "*") return undefined;
  const end = text.indexOf(isLine ? "\n" : "*/", from + 2);
  return end < 0 ? text.length : isLine ? end : end + 2;
}
