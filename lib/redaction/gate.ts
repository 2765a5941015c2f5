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
export type EncodingStarts = (value: string) => readonly Start[];

interface Start {
  /** Of the first `windowLength` characters. */
  readonly hash: number;
  readonly text: string;
}

const remembered = 4_096;

/** Remembers what it worked out: the values of one attempt come again with each of its requests. */
export function createEncodingStarts(): EncodingStarts {
  const known = new Map<string, readonly Start[]>();
  return (value) => {
    const found = known.get(value);
    if (found) return found;
    const starts = startsOf(value).map((text) => ({ hash: hashOf(text), text }));
    if (known.size >= remembered) known.clear();
    known.set(value, starts);
    return starts;
  };
}

/** A leak of a long value shows its start; searching all of it would cost its length for each encoding. */
const searchedLength = 48;

export function createGate(startsOfValue: EncodingStarts = createEncodingStarts()): Gate {
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

const multiplier = 0x01000193;
const leading = (() => {
  let power = 1;
  for (let index = 1; index < windowLength; index += 1) power = Math.imul(power, multiplier);
  return power;
})();

function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < windowLength; index += 1)
    hash = (Math.imul(hash, multiplier) + text.charCodeAt(index)) | 0;
  return hash;
}

type Search = (text: string) => boolean;

/** Up to so many, searching for each by itself costs less than a pass over every character. */
const fewSecrets = 12;

function searchOneByOne(
  secrets: readonly string[],
  startsOfValue: EncodingStarts,
  isShown: (secret: string) => boolean,
): Search {
  const isHit = (text: string, secret: string, start: string): boolean => {
    for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1))
      if (encodingsOf(secret).some((encoding) => text.startsWith(encoding, at))) return !isShown(secret);
    return false;
  };
  return (text) =>
    secrets.some((secret) => startsOfValue(secret).some(({ text: start }) => isHit(text, secret, start)));
}

/** One pass with a rolling hash over windows of the encodings' first characters, then the whole encoding at each hit. */
function createSearch(
  secrets: readonly string[],
  startsOfValue: EncodingStarts,
  isShown: (secret: string) => boolean,
): Search {
  if (secrets.length <= fewSecrets) return searchOneByOne(secrets, startsOfValue, isShown);
  const byHash = new Map<number, { readonly secret: string; readonly start: string }[]>();
  // About one window in thirty passes the filter by chance, whether one observation or a whole file is searched.
  const filterMask = 2 ** Math.ceil(Math.log2((secrets.length + 1) * 12 * 32)) - 1;
  const filter = new Uint8Array(filterMask + 1);
  for (const secret of secrets)
    for (const { hash, text } of startsOfValue(secret)) {
      filter[hash & filterMask] = 1;
      const same = byHash.get(hash);
      if (same) same.push({ secret, start: text });
      else byHash.set(hash, [{ secret, start: text }]);
    }
  const isHit = (text: string, at: number, hash: number): boolean =>
    byHash
      .get(hash)
      ?.some(
        ({ secret, start }) =>
          text.startsWith(start, at) &&
          encodingsOf(secret).some((encoding) => text.startsWith(encoding, at)) &&
          !isShown(secret),
      ) ?? false;
  return (text) => {
    if (secrets.length === 0 || text.length < windowLength) return false;
    let hash = hashOf(text);
    for (let start = 0; ; start += 1) {
      if (filter[hash & filterMask] === 1 && isHit(text, start, hash)) return true;
      const next = start + windowLength;
      if (next >= text.length) return false;
      hash = (Math.imul(hash - Math.imul(text.charCodeAt(start), leading), multiplier) + text.charCodeAt(next)) | 0;
    }
  };
}

/** Path of the first string in a JSON text that holds a replaced value. */
function locate(text: string, search: Search): { readonly path?: string } {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return {};
  }
  const open: { readonly path: string; readonly value: unknown }[] = [{ path: "", value: root }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value } = next;
    if (typeof value === "string" && search(value)) return { path };
    if (typeof value === "object" && value !== null)
      for (const [name, child] of Object.entries(value))
        open.push({ path: search(name) ? path : `${path}/${name}`, value: child });
  }
  return {};
}
