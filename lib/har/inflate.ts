/** What came out of one member of a gzip file (RFC 1952), as far as it could be read. */
interface Member {
  readonly bytes: Uint8Array;
  /** Position behind the member; undefined when it is damaged or cut off. */
  readonly end?: number;
}

/** Thrown within this file only, where the data cannot go on. */
class Damaged extends Error {}

/** A table of codes by length (RFC 1951 §3.2.2): how many of each length, and their symbols in order. */
interface Codes {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const longestCode = 15;
const lengthBases = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]; // biome-ignore format: a table
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBases = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577]; // biome-ignore format: a table
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * Unpacks the member that begins at `from`, at most `limit` bytes of it. Slower than the platform's own, which says neither what
 * came out before an error nor where a member ends. Check sums are not looked at.
 */
export function inflateMember(packed: Uint8Array, from: number, limit: number): Member {
  const output = createOutput(limit);
  try {
    const input = createBits(packed, endOfHeader(packed, from));
    let isLast = false;
    while (!isLast && !output.isFull()) {
      isLast = input.read(1) === 1;
      const kind = input.read(2);
      if (kind === 0) copyStored(input, output);
      else if (kind === 3) throw new Damaged();
      else readCoded(input, output, kind === 1 ? fixedCodes() : readCodes(input));
    }
    return { bytes: output.take(), end: input.position() + 8 };
  } catch (error) {
    if (error instanceof Damaged) return { bytes: output.take() };
    throw error;
  }
}

/** RFC 1952 §2.3. */
function endOfHeader(packed: Uint8Array, from: number): number {
  const flags = packed[from + 3];
  if (packed[from] !== 0x1f || packed[from + 1] !== 0x8b || packed[from + 2] !== 8 || flags === undefined)
    throw new Damaged();
  let at = from + 10;
  if (flags & 4) at += 2 + (packed[at] ?? 0) + 256 * (packed[at + 1] ?? 0);
  for (const text of [8, 16]) {
    if (!(flags & text)) continue;
    at = packed.indexOf(0, at) + 1;
    if (at === 0) throw new Damaged();
  }
  return flags & 2 ? at + 2 : at;
}

function createBits(packed: Uint8Array, from: number) {
  let at = from;
  let buffer = 0;
  let held = 0;
  return {
    read(count: number): number {
      while (held < count) {
        const byte = packed[at];
        if (byte === undefined) throw new Damaged();
        buffer |= byte << held;
        at += 1;
        held += 8;
      }
      const value = buffer & ((1 << count) - 1);
      buffer >>>= count;
      held -= count;
      return value;
    },
    /** Behind the byte that was begun. */
    position(): number {
      buffer = 0;
      held = 0;
      return at;
    },
    take(length: number): Uint8Array {
      const bytes = packed.subarray(at, at + length);
      at += length;
      return bytes;
    },
  };
}

function createOutput(limit: number) {
  let bytes = new Uint8Array(65_536);
  let length = 0;
  const reserve = (more: number): void => {
    if (length + more <= bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * bytes.length, length + more));
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  };
  return {
    isFull: () => length > limit,
    push(byte: number): void {
      reserve(1);
      bytes[length] = byte;
      length += 1;
    },
    append(more: Uint8Array): void {
      reserve(more.length);
      bytes.set(more, length);
      length += more.length;
    },
    repeat(distance: number, count: number): void {
      if (distance > length) throw new Damaged();
      reserve(count);
      for (let i = 0; i < count; i += 1, length += 1) bytes[length] = bytes[length - distance] as number;
    },
    take: () => bytes.subarray(0, length),
  };
}

type Bits = ReturnType<typeof createBits>;
type Output = ReturnType<typeof createOutput>;

function copyStored(input: Bits, output: Output): void {
  input.position();
  const [low = 0, high = 0] = input.take(4);
  const stored = input.take(low + 256 * high);
  output.append(stored);
  if (stored.length < low + 256 * high) throw new Damaged();
}

function readCoded(input: Bits, output: Output, { literals, distances }: { literals: Codes; distances: Codes }): void {
  while (!output.isFull()) {
    const symbol = readSymbol(input, literals);
    if (symbol === 256) return;
    if (symbol < 256) output.push(symbol);
    else {
      const count = at(lengthBases, symbol - 257) + input.read(at(lengthBits, symbol - 257));
      const far = readSymbol(input, distances);
      output.repeat(at(distanceBases, far) + input.read(far < 2 ? 0 : (far >> 1) - 1), count);
    }
  }
}

function at(table: readonly number[], index: number): number {
  const value = table[index];
  if (value === undefined) throw new Damaged();
  return value;
}

function readSymbol(input: Bits, { counts, symbols }: Codes): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= longestCode; length += 1) {
    code |= input.read(1);
    const count = counts[length] ?? 0;
    if (code - count < first) return symbols[index + code - first] ?? 0;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new Damaged();
}

function codesOf(lengths: readonly number[]): Codes {
  const counts = new Uint16Array(longestCode + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const offsets = new Uint16Array(longestCode + 1);
  for (let length = 1; length < longestCode; length += 1)
    offsets[length + 1] = (offsets[length] ?? 0) + (counts[length] ?? 0);
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries())
    if (length > 0) {
      symbols[offsets[length] ?? 0] = symbol;
      offsets[length] = (offsets[length] ?? 0) + 1;
    }
  counts[0] = 0;
  return { counts, symbols };
}

const fixedCodes = () => ({
  literals: codesOf(
    Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
  ),
  distances: codesOf(Array.from({ length: 30 }, () => 5)),
});

/** RFC 1951 §3.2.7. */
function readCodes(input: Bits): { literals: Codes; distances: Codes } {
  const literalCount = input.read(5) + 257;
  const distanceCount = input.read(5) + 1;
  const lengthCount = input.read(4) + 4;
  const ordered = Array.from({ length: 19 }, () => 0);
  for (const symbol of codeLengthOrder.slice(0, lengthCount)) ordered[symbol] = input.read(3);
  const codes = codesOf(ordered);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const symbol = readSymbol(input, codes);
    if (symbol < 16) lengths.push(symbol);
    else {
      const repeated = symbol === 16 ? at(lengths, lengths.length - 1) : 0;
      const times = symbol === 16 ? 3 + input.read(2) : symbol === 17 ? 3 + input.read(3) : 11 + input.read(7);
      for (let i = 0; i < times; i += 1) lengths.push(repeated);
    }
  }
  return { literals: codesOf(lengths.slice(0, literalCount)), distances: codesOf(lengths.slice(literalCount)) };
}
