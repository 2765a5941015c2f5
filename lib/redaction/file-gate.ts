import { encodingsOf, windowLength } from "./encodings.ts";
import { createEncodingStarts, createGate, type Gate, type Search, type SearchMaker } from "./gate.ts";

/** A gate for a whole file: many values at once, and the path of the one that was found. */
export const createFileGate = (): Gate => createGate(createEncodingStarts(), searchAtOnce, locate);

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

/** One pass with a rolling hash over windows of the encodings' first characters, then the whole encoding at each hit. */
const searchAtOnce: SearchMaker = (secrets, startsOfValue, isShown) => {
  const byHash = new Map<number, { readonly secret: string; readonly start: string }[]>();
  // About one window in thirty passes the filter by chance, whether one observation or a whole file is searched.
  const filterMask = 2 ** Math.ceil(Math.log2((secrets.length + 1) * 12 * 32)) - 1;
  const filter = new Uint8Array(filterMask + 1);
  for (const secret of secrets)
    for (const text of startsOfValue(secret)) {
      const hash = hashOf(text);
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
};

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
