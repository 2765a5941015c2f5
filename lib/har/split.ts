import { createLookahead } from "./ahead.ts";
import { createCollector } from "./collector.ts";
import { backslash, closeBrace, closeBracket, comma, lineFeed, openBrace, openBracket, quote } from "./json-bytes.ts";
import { isPassive } from "./passive.ts";
import { recoverEntries } from "./recover.ts";
import { parseJson } from "./relaxed.ts";
import { createValueScanner } from "./scan.ts";

/** One element of `log.entries`, or why it was not kept. */
export type Slice =
  | { readonly kind: "entry"; readonly bytes: Uint8Array }
  | { readonly kind: "parsed"; readonly json: string; readonly value: object }
  /** What a page is decorated with (`passive.ts`), of so many characters. */
  | { readonly kind: "passive"; readonly length: number }
  | { readonly kind: "unreadable"; readonly why: "too-deep" | "too-large" };

interface SplitEnd {
  /** What could be recovered once the structure of the file was lost. */
  readonly slices: readonly Slice[];
  /** The file with its entries left out: `{"log":{"creator":…,"entries":[]}}`. */
  readonly envelope: Uint8Array;
  readonly hasEntries: boolean;
  /** False when the file is cut off or its structure is broken. */
  readonly isWhole: boolean;
}

/** Splits the bytes of a HAR, given in chunks, into the elements of `log.entries`; what is passive is never parsed. */
export interface EntrySplitter {
  /** Elements that end in this chunk; they may share its memory. */
  push(chunk: Uint8Array): readonly Slice[];
  finish(): SplitEnd;
}

export interface SplitLimits {
  /** Levels of nesting within one entry. */
  readonly depth: number;
  /** Bytes of one entry, and of everything outside the entries. */
  readonly bytes: number;
}

const colon = 0x3a;
const startsLiteral: ReadonlySet<number> = new Set([..."ntf-0123456789"].map((character) => character.charCodeAt(0)));

export function createEntrySplitter(limits: SplitLimits): EntrySplitter {
  const outside = createCollector(limits.bytes);
  const element = createCollector(limits.bytes);
  const rest = createCollector(limits.bytes);
  const envelope = createEnvelopeReader();
  const scanner = createValueScanner(limits.depth);
  const ahead = createLookahead();
  const decoder = new TextDecoder();
  let mode: "outside" | "entries" | "lost" = "outside";
  let hasEntries = false;
  // Where reading stands from one chunk to the next: within an element; of which the scanner reads a string, list or object;
  // and the element is a text, which is no entry but may stand there.
  let isOpen = false;
  let isScanning = false;
  let isText = false;

  /** Reads elements from `from`; returns where reading goes on, after the array's end or at the chunk's. */
  function readEntries(chunk: Uint8Array, from: number, found: Slice[]): number {
    const end = chunk.length;
    let start = from;
    let i = from;
    while (i < end) {
      if (isScanning) {
        i = scanner.scan(chunk, i);
        if (i < 0) return lose(chunk, start);
        if (!scanner.isDone()) break;
        isScanning = false;
        if (!isText) found.push(takeElement(chunk, start, i));
        continue;
      }
      const byte = chunk[i] as number;
      if (byte === openBrace && !isOpen) {
        const cut = ahead.find(chunk, i);
        const slice = cut === undefined ? undefined : takeAhead(chunk.subarray(i, cut));
        if (slice && cut !== undefined) {
          found.push(slice);
          i = cut;
          continue;
        }
        ahead.learn(chunk, i);
      }
      if (byte === quote || byte === openBrace || byte === openBracket) {
        if (isOpen && byte === quote) return lose(chunk, start);
        if (!isOpen) start = i;
        isOpen = true;
        isText = byte === quote;
        isScanning = true;
        continue;
      }
      if (byte === comma || byte === closeBracket || byte === closeBrace) {
        if (isOpen) found.push(takeElement(chunk, start, i));
        if (byte === closeBrace) return lose(chunk, i);
        if (byte === closeBracket) {
          mode = "outside";
          return i;
        }
      } else if ((!isOpen || isText) && byte !== 0x20 && byte !== lineFeed && byte !== 0x0d && byte !== 0x09) {
        // Only null, true, false and numbers: anything else is the inside of something that was torn open.
        if (isText || !startsLiteral.has(byte)) return lose(chunk, isOpen ? start : i);
        isOpen = true;
        start = i;
      }
      i += 1;
    }
    if (isOpen) element.add(chunk, start, end);
    return end;
  }

  /** Undefined when these bytes are not for certain one element: then each of them is looked at. */
  function takeAhead(bytes: Uint8Array): Slice | undefined {
    const json = bytes.length > limits.bytes ? "" : decoder.decode(bytes);
    if (isPassive(json)) return { kind: "passive", length: json.length };
    const value = parseJson(json);
    if (typeof value === "object" && value !== null && !isDeeper(value, limits.depth))
      return { kind: "parsed", json, value };
    ahead.waste(bytes.length);
    return undefined;
  }

  function takeElement(chunk: Uint8Array, start: number, end: number): Slice {
    const deepest = scanner.deepest();
    scanner.reset();
    isOpen = false;
    isText = false;
    element.add(chunk, start, end);
    const bytes = element.take();
    if (deepest > limits.depth) return { kind: "unreadable", why: "too-deep" };
    return bytes ? { kind: "entry", bytes } : { kind: "unreadable", why: "too-large" };
  }

  function lose(chunk: Uint8Array, from: number): number {
    mode = "lost";
    const before = element.take();
    if (before) rest.add(before, 0, before.length);
    rest.add(chunk, from, chunk.length);
    return chunk.length;
  }

  return {
    push(chunk) {
      const found: Slice[] = [];
      let at = 0;
      while (at < chunk.length) {
        if (mode === "lost") {
          rest.add(chunk, at, chunk.length);
          break;
        }
        if (mode === "entries") {
          at = readEntries(chunk, at, found);
          continue;
        }
        const next = envelope.read(chunk, at);
        outside.add(chunk, at, next.at);
        at = next.at;
        if (next.entersEntries) {
          mode = "entries";
          hasEntries = true;
        }
      }
      return found;
    },
    finish() {
      const bytes = outside.take() ?? new Uint8Array();
      const isWhole = mode === "outside" && isJson(bytes);
      if (mode === "entries" && isOpen) {
        const cut = element.take();
        if (cut) rest.add(cut, 0, cut.length);
      }
      const lost = rest.take() ?? new Uint8Array();
      // Entries that could not be found by their path may still be there: a damaged key, a list that seemed to end.
      const searched = isWhole && hasEntries ? [lost] : [lost, bytes];
      const slices = searched.flatMap((one) => recoverEntries(one, limits.depth));
      return {
        slices: slices.map((slice) => ({ kind: "entry", bytes: slice })),
        envelope: bytes,
        hasEntries,
        isWhole,
      };
    },
  };
}

/** Follows the structure outside the entries far enough to know when the array `log.entries` opens. */
function createEnvelopeReader() {
  const path: { readonly isArray: boolean; readonly key: string }[] = [];
  let key = "";
  let text: number[] = [];
  let inString = false;
  let isEscaped = false;
  let depth = 0;
  return {
    /** Position after the bracket that opens the entries, or the chunk's end. */
    read(chunk: Uint8Array, from: number): { readonly at: number; readonly entersEntries: boolean } {
      for (let i = from; i < chunk.length; i += 1) {
        const byte = chunk[i] as number;
        if (isEscaped) isEscaped = false;
        else if (inString) {
          if (byte === quote) inString = false;
          else if (byte === backslash) isEscaped = true;
          else if (depth <= 2 && text.length < 16) text.push(byte);
        } else if (byte === quote) {
          inString = true;
          text = [];
        } else if (byte === colon) key = String.fromCharCode(...text);
        else if (byte === openBrace || byte === openBracket) {
          const isArray = byte === openBracket;
          if (isArray && depth === 2 && key === "entries" && path[1]?.key === "log" && !path[1].isArray)
            return { at: i + 1, entersEntries: true };
          if (depth < 3) path[depth] = { isArray, key };
          depth += 1;
          key = "";
        } else if (byte === closeBrace || byte === closeBracket) {
          // The bracket that closes the entries is read here, its opening one was not counted.
          if (!(byte === closeBracket && depth === 2)) depth -= 1;
        }
      }
      return { at: chunk.length, entersEntries: false };
    },
  };
}

/** Whether objects and lists nest in more than `depth` levels. */
function isDeeper(value: object, depth: number): boolean {
  let level: object[] = [value];
  for (let count = 1; level.length > 0; count += 1) {
    if (count > depth) return true;
    const next: object[] = [];
    for (const one of level)
      for (const child of Object.values(one)) if (typeof child === "object" && child !== null) next.push(child);
    level = next;
  }
  return false;
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}
