import { encodingsOf, startsOf, windowLength } from "./encodings.ts";

/** Looks for replaced values in finished bytes and fails closed: the last line of defence after redaction by allow-list. */
export interface Gate {
  /** A value that was replaced: none of its encodings may appear. Values under 10 characters are not searched for. */
  readonly replaced: (value: string) => void;
  /** A value that is public, even where it equals a replaced one. */
  readonly shown: (value: string) => void;
  /** `undefined` when `text` is clean; else where the value stands, when `text` is JSON. Never the value itself. */
  readonly check: (text: string) => { readonly path?: string } | undefined;
}

/** What a value's encodings begin with; gates that see the same values share one. */
export type EncodingStarts = (value: string) => readonly string[];

/** Whether one of the values stands in a text. */
export type Search = (text: string) => boolean;

export type SearchMaker = (
  secrets: readonly string[],
  startsOfValue: EncodingStarts,
  isShown: (secret: string) => boolean,
) => Search;

const remembered = 4_096;

/** Remembers what it worked out: the values of one attempt come again with each of its requests. */
export function createEncodingStarts(): EncodingStarts {
  const known = new Map<string, readonly string[]>();
  return (value) => {
    const found = known.get(value);
    if (found) return found;
    const starts = startsOf(value);
    if (known.size >= remembered) known.clear();
    known.set(value, starts);
    return starts;
  };
}

/** A leak of a long value shows its start; searching all of it would cost its length for each encoding. */
const searchedLength = 48;

/** For the little that one observation holds; `file-gate.ts` for a file. */
export function createGate(
  startsOfValue: EncodingStarts,
  createSearch: SearchMaker = searchOneByOne,
  locate: (text: string, search: Search) => { readonly path?: string } = () => ({}),
): Gate {
  const secrets = new Set<string>();
  const shown = new Set<string>();
  let shownText = "";
  return {
    replaced(value) {
      if (value.length >= windowLength) secrets.add(value.slice(0, searchedLength));
    },
    shown(value) {
      if (value.length >= windowLength && !shown.has(value)) {
        shown.add(value);
        shownText += `${value}\n`;
      }
    },
    check(text) {
      const search = createSearch(
        [...secrets].filter((secret) => !isWordy(secret)),
        startsOfValue,
        (secret) => shownText.includes(secret),
      );
      return search(text) ? { ...locate(text, search) } : undefined;
    },
  };
}

/** Plain words, such as the value `authorization` of an unlisted parameter, appear everywhere without being a leak. */
const isWordy = (value: string): boolean => value.length <= 24 && /^[a-z]+(?:[ _-][a-z]+)*$/i.test(value);

const searchOneByOne: SearchMaker = (secrets, startsOfValue, isShown) => {
  const isHit = (text: string, secret: string, start: string): boolean => {
    for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1))
      if (encodingsOf(secret).some((encoding) => text.startsWith(encoding, at))) return !isShown(secret);
    return false;
  };
  return (text) => secrets.some((secret) => startsOfValue(secret).some((start) => isHit(text, secret, start)));
};
