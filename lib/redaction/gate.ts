/** Looks for replaced values in finished bytes and fails closed: the last line of defence after redaction by allow-list. */
export interface Gate {
  /** A value that was replaced: none of its encodings may appear. Values under 10 characters are not searched for. */
  readonly replaced: (value: string) => void;
  /** A value that is public, even where it equals a replaced one. */
  readonly shown: (value: string) => void;
  /** `undefined` when `text` is clean; else where the value stands, when `text` is JSON. Never the value itself. */
  readonly check: (text: string) => { readonly path?: string } | undefined;
}

const windowLength = 10;
/** A leak of a long value shows its start; searching all of it would cost its length for each encoding. */
const searchedLength = 48;

export function createGate(): Gate {
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
      const searched = [...secrets].filter((secret) => !isWordy(secret) && !shownText.includes(secret));
      const patterns = new Set(searched.flatMap(encodingsOf));
      return findAny(text, patterns) ? { ...locate(text, patterns) } : undefined;
    },
  };
}

/** Plain words, such as the value `authorization` of an unlisted parameter, appear everywhere without being a leak. */
const isWordy = (value: string): boolean => /^[a-z]+(?:[ _-][a-z]+)*$/i.test(value) && value.length <= 24;

function encodingsOf(value: string): string[] {
  const percent = encodeURIComponent(value.toWellFormed());
  const bytes = String.fromCharCode(...new TextEncoder().encode(value));
  const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  const json = JSON.stringify(value).slice(1, -1);
  const html = value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  const base64 = [0, 1, 2].map((phase) => base64At(bytes, phase));
  const all = [
    value,
    percent,
    lowerEscapes(percent),
    encodeURIComponent(percent),
    everyByte(hex, "%"),
    json,
    JSON.stringify(json).slice(1, -1),
    [...value].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
    html,
    html.replaceAll("&#38;", "&amp;").replaceAll("&#60;", "&lt;").replaceAll("&#34;", "&quot;"),
    ...base64,
    ...base64.map((one) => one.replaceAll("+", "-").replaceAll("/", "_")),
    hex,
    hex.toUpperCase(),
    [...value].reverse().join(""),
  ];
  return all.filter((one) => one.length >= windowLength);
}

/** Base64 of the bytes behind `phase` unknown ones, without the characters that those or what follows would change. */
function base64At(bytes: string, phase: number): string {
  const encoded = btoa("\0".repeat(phase) + bytes).replace(/=+$/, "");
  const cut = Math.ceil((phase * 8) / 6);
  const whole = Math.floor(((phase + bytes.length) * 8) / 6);
  return encoded.slice(cut, whole);
}

const lowerEscapes = (percent: string): string => percent.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
const everyByte = (hex: string, mark: string): string => hex.replace(/../g, `${mark}$&`);

/** One pass with a rolling hash over windows of the patterns' first characters, then the whole pattern at each hit. */
function findAny(text: string, patterns: ReadonlySet<string>): boolean {
  return firstHit(text, patterns) !== undefined;
}

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

function firstHit(text: string, patterns: ReadonlySet<string>): number | undefined {
  if (patterns.size === 0 || text.length < windowLength) return undefined;
  const byHash = new Map<number, string[]>();
  // About one window in thirty passes the filter by chance, whether one observation or a whole file is searched.
  const filterMask = 2 ** Math.ceil(Math.log2(patterns.size * 32)) - 1;
  const filter = new Uint8Array(filterMask + 1);
  for (const pattern of patterns) {
    const hash = hashOf(pattern);
    filter[hash & filterMask] = 1;
    const same = byHash.get(hash);
    if (same) same.push(pattern);
    else byHash.set(hash, [pattern]);
  }
  let hash = hashOf(text);
  for (let start = 0; ; start += 1) {
    if (filter[hash & filterMask] === 1 && byHash.get(hash)?.some((pattern) => text.startsWith(pattern, start)))
      return start;
    const next = start + windowLength;
    if (next >= text.length) return undefined;
    hash = (Math.imul(hash - Math.imul(text.charCodeAt(start), leading), multiplier) + text.charCodeAt(next)) | 0;
  }
}

/** Path of the first string in a JSON text that holds a pattern. */
function locate(text: string, patterns: ReadonlySet<string>): { readonly path?: string } {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return {};
  }
  const open: { readonly path: string; readonly value: unknown }[] = [{ path: "", value: root }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value } = next;
    if (typeof value === "string" && findAny(value, patterns)) return { path };
    if (typeof value === "object" && value !== null)
      for (const [name, child] of Object.entries(value))
        open.push({ path: findAny(name, patterns) ? path : `${path}/${name}`, value: child });
  }
  return {};
}
