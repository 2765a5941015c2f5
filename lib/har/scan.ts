import { backslash, closeBrace, closeBracket, lineFeed, openBrace, openBracket, quote } from "./json-bytes.ts";

/** 1 for the bytes at which reading a JSON string has to stop and look. */
const stopsText = tableOf([quote, backslash, lineFeed]);
/** 1 for the bytes that change what surrounds them outside of strings. */
const stopsStructure = tableOf([quote, openBrace, openBracket, closeBrace, closeBracket]);

function tableOf(bytes: readonly number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of bytes) table[byte] = 1;
  return table;
}

/** Bytes of a string read one by one before the rest is searched: bodies are long, most strings are not. */
const shortText = 64;

/** Follows one JSON value through the bytes of chunk after chunk, without parsing it. */
export interface ValueScanner {
  /** Nothing is open: the value has ended, or has not begun. */
  isDone(): boolean;
  /** Levels of nesting that the value had. */
  deepest(): number;
  /** Position behind the value, or the chunk's end; -1 at brackets that do not match or a line break in a string. */
  scan(chunk: Uint8Array, from: number): number;
  reset(): void;
}

export function createValueScanner(maxDepth: number): ValueScanner {
  // What opened each level; deeper levels are counted only.
  const opened = new Uint8Array(maxDepth + 1);
  let depth = 0;
  let deepest = 0;
  let inText = false;
  let isEscaped = false;

  // Where a string has to be looked at next in this chunk, by kind, so that each byte is passed once a kind.
  let searched: Uint8Array | undefined;
  let nextQuote = -1;
  let nextBackslash = -1;
  let nextLineFeed = -1;

  /** Position of the next byte at which a long string has to be looked at, or the chunk's end. */
  function search(chunk: Uint8Array, from: number): number {
    if (chunk !== searched) {
      searched = chunk;
      nextQuote = -1;
      nextBackslash = -1;
      nextLineFeed = -1;
    }
    if (nextQuote < from) nextQuote = find(chunk, quote, from);
    if (nextBackslash < from) nextBackslash = find(chunk, backslash, from);
    if (nextLineFeed < from) nextLineFeed = find(chunk, lineFeed, from);
    return Math.min(nextQuote, nextBackslash, nextLineFeed);
  }

  /** Position of the quotation mark that ends the string, or the chunk's end; -1 at a line break, which no string has. */
  function endOfText(chunk: Uint8Array, from: number): number {
    const end = chunk.length;
    let i = isEscaped ? from + 1 : from;
    while (i < end) {
      const near = Math.min(end, i + shortText);
      while (i < near && stopsText[chunk[i] as number] === 0) i += 1;
      if (i === near && i < end) i = search(chunk, i);
      if (i >= end) break;
      const byte = chunk[i];
      if (byte === quote) {
        isEscaped = false;
        return i;
      }
      if (byte === lineFeed) return -1;
      i += 2;
    }
    isEscaped = i > end;
    return end;
  }

  return {
    isDone: () => depth === 0 && !inText,
    deepest: () => deepest,
    scan(chunk, from) {
      const end = chunk.length;
      let i = from;
      while (i < end) {
        if (inText) {
          i = endOfText(chunk, i);
          if (i < 0 || i === end) return i;
          inText = false;
          i += 1;
          if (depth === 0) return i;
        }
        while (i < end && stopsStructure[chunk[i] as number] === 0) i += 1;
        if (i === end) return end;
        const byte = chunk[i] as number;
        i += 1;
        if (byte === quote) {
          inText = true;
        } else if (byte === openBrace || byte === openBracket) {
          if (depth < maxDepth) opened[depth] = byte;
          depth += 1;
          if (depth > deepest) deepest = depth;
        } else {
          depth -= 1;
          // A closing bracket's code is its opening one's and two.
          if (depth < 0 || (depth < maxDepth && opened[depth] !== byte - 2)) return -1;
          if (depth === 0) return i;
        }
      }
      return end;
    },
    reset() {
      depth = 0;
      deepest = 0;
      inText = false;
      isEscaped = false;
    },
  };
}

function find(chunk: Uint8Array, byte: number, from: number): number {
  const found = chunk.indexOf(byte, from);
  return found < 0 ? chunk.length : found;
}
