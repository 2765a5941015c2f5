/**
 * Finds whole entries in the bytes of a damaged HAR: every object that stands as an element of an array and has a
 * `request` with a `url`. Work is bounded by a multiple of the input's length.
 */
export function recoverEntries(bytes: Uint8Array, maxDepth: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  const decoder = new TextDecoder();
  let budget = bytes.length * 8 + 65_536;
  let before = 0x2c;
  for (let i = 0; i < bytes.length && budget > 0; i += 1) {
    const byte = bytes[i] as number;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
    if (byte === 0x7b && (before === 0x2c || before === 0x5b)) {
      const scan = findEnd(bytes, i, maxDepth);
      budget -= scan.read;
      if (scan.end !== undefined && isEntry(decoder.decode(bytes.subarray(i, scan.end)))) {
        found.push(bytes.subarray(i, scan.end));
        i = scan.end - 1;
        before = 0x7d;
        continue;
      }
    }
    before = byte;
  }
  return found;
}

function findEnd(bytes: Uint8Array, from: number, maxDepth: number): { readonly end?: number; readonly read: number } {
  const opened = new Uint8Array(maxDepth + 1);
  let depth = 0;
  let inString = false;
  for (let i = from; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (inString) {
      if (byte === 0x5c) i += 1;
      else if (byte === 0x22) inString = false;
      // JSON strings hold no raw line breaks, so a stray quotation mark is noticed at the end of its line.
      else if (byte === 0x0a) return { read: i - from };
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (depth >= maxDepth) return { read: i - from };
      opened[depth] = byte;
      depth += 1;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (opened[depth] !== byte - 2) return { read: i - from };
      if (depth === 0) return { end: i + 1, read: i - from };
    }
  }
  return { read: bytes.length - from };
}

function isEntry(text: string): boolean {
  if (!text.includes('"request"')) return false;
  try {
    const value: unknown = JSON.parse(text);
    const request = (value as { request?: { url?: unknown } | null }).request;
    return typeof request === "object" && request !== null && typeof request.url === "string";
  } catch {
    return false;
  }
}
