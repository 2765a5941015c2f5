import { closeBrace, comma, openBrace, quote } from "./json-bytes.ts";

/** Guesses where an entry ends from where the next one begins, so that most of a file need not be read byte by byte. */
export interface Lookahead {
  /** An entry begins at `at`; the ones after it are expected to begin like it. */
  learn(chunk: Uint8Array, at: number): void;
  /**
   * Position behind the closing brace before the next place in this chunk that begins as the learned one did. Several entries, or
   * the part of a damaged one, may lie between.
   */
  find(chunk: Uint8Array, at: number): number | undefined;
  /** What was found was of no use. */
  waste(bytes: number): void;
}

const longestStart = 80;
/** Bytes of an entry that are counted to choose which byte of its start is searched for. */
const sample = 4_096;
/** Bytes that may be searched in vain at first; what was found adds to them, so that the whole stays linear. */
const firstCredit = 1 << 20;
/** What a byte costs that only looks like the start. */
const costOfHit = 64;

export function createLookahead(): Lookahead {
  let start: Uint8Array = new Uint8Array();
  /** Of the byte of the start that stands in entries least often. */
  let rarest = 0;
  let credit = firstCredit;

  /** Position of the next start, or -1. */
  function findStart(chunk: Uint8Array, from: number): number {
    const byte = start[rarest] as number;
    for (let at = chunk.indexOf(byte, from + rarest); at >= 0 && credit > 0; at = chunk.indexOf(byte, at + 1)) {
      if (isAt(chunk, at - rarest)) return at - rarest;
      credit -= costOfHit;
    }
    return -1;
  }

  function isAt(chunk: Uint8Array, at: number): boolean {
    for (let i = 0; i < start.length; i += 1) if (chunk[at + i] !== start[i]) return false;
    return true;
  }

  return {
    learn(chunk, at) {
      const end = endOfStart(chunk, at);
      if (end === undefined || (end - at === start.length && isAt(chunk, at))) return;
      start = chunk.slice(at, end);
      const counts = new Uint32Array(256);
      const last = Math.min(chunk.length, at + sample);
      for (let i = at; i < last; i += 1) counts[chunk[i] as number] = (counts[chunk[i] as number] as number) + 1;
      rarest = 0;
      for (let i = 1; i < start.length; i += 1)
        if ((counts[start[i] as number] as number) < (counts[start[rarest] as number] as number)) rarest = i;
    },
    find(chunk, at) {
      if (start.length === 0 || credit <= 0) return undefined;
      const next = findStart(chunk, at + 1);
      if (next < 0) {
        credit -= chunk.length - at;
        return undefined;
      }
      credit += next - at;
      const mark = skipSpaceBack(chunk, next);
      const end = chunk[mark - 1] === comma ? skipSpaceBack(chunk, mark - 1) : 0;
      return end > at && chunk[end - 1] === closeBrace ? end : undefined;
    },
    waste(bytes) {
      credit -= 2 * bytes;
    },
  };
}

/** Position behind `{ "name"`; undefined when none begins here. Text in a string cannot look like it: quotation marks are escaped. */
function endOfStart(chunk: Uint8Array, at: number): number | undefined {
  const last = Math.min(chunk.length, at + longestStart);
  if (chunk[at] !== openBrace) return undefined;
  let i = at + 1;
  while (i < last && isSpace(chunk[i])) i += 1;
  if (chunk[i] !== quote) return undefined;
  for (i += 1; i < last && isNameByte(chunk[i] as number); ) i += 1;
  return i < last && chunk[i] === quote && chunk[i - 1] !== quote ? i + 1 : undefined;
}

function skipSpaceBack(chunk: Uint8Array, from: number): number {
  let at = from;
  while (at > 0 && isSpace(chunk[at - 1])) at -= 1;
  return at;
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isNameByte = (byte: number): boolean =>
  byte === 0x5f || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
