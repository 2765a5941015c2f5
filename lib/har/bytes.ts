import { FlateErrorCode, Gunzip } from "fflate";

/** Bytes of a file in chunks: a Node stream, `Blob.stream()`, or a list of arrays. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The file as a whole cannot be read; the message is for the person who chose it. */
export class UnreadableFile extends Error {}

/**
 * The text of the file as UTF-8 bytes: gzip unpacked, UTF-16 converted, a byte order mark left out. Stops with
 * `UnreadableFile` after `limit` bytes of what comes out, counted while unpacking. `notes` receives what was left out of a
 * compressed file.
 */
export async function* readBytes(source: ByteSource, limit: number, notes: string[] = []): AsyncGenerator<Uint8Array> {
  const iterator = (Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()) as
    | AsyncIterator<Uint8Array>
    | Iterator<Uint8Array>;
  const head = await firstBytes(iterator);
  const whole = chain(head, iterator);
  if (head.length === 0) throw new UnreadableFile(emptyFile);
  if (head[0] === 0x50 && head[1] === 0x4b)
    throw new UnreadableFile("This is a zip archive. Unpack it and import the .har file inside.");
  const isPacked = head[0] === 0x1f && head[1] === 0x8b;
  let size = 0;
  for await (const chunk of isPacked ? unpackedText(whole, notes) : asUtf8(head, whole)) {
    size += chunk.length;
    if (size > limit)
      throw new UnreadableFile(
        `The file is larger than ${Math.floor(limit / 1_000_000)} MB${isPacked ? " once unpacked" : ""}.`,
      );
    yield chunk;
  }
}

async function* unpackedText(packed: AsyncGenerator<Uint8Array>, notes: string[]): AsyncGenerator<Uint8Array> {
  const unpacked = unpack(packed, notes);
  const head = await firstBytes(unpacked);
  yield* asUtf8(head, chain(head, unpacked));
}

/** Packed bytes that are unpacked in one go: what they grow to (1,032 times at most) is held at once, and lost with damage in them. */
const pieceSize = 16_384;

/** All members of a gzip file (RFC 1952 §2.2) and of a damaged one what comes before the damage, which platforms keep back. */
async function* unpack(packed: AsyncGenerator<Uint8Array>, notes: string[]): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let hasBegun = false;
  let problem: unknown;
  const gunzip = new Gunzip((chunk) => {
    if (chunk.length > 0) ready.push(chunk);
  });
  const push = (piece: Uint8Array, isLast = false): void => {
    try {
      gunzip.push(piece, isLast);
    } catch (error) {
      problem = error;
    }
    hasBegun ||= ready.length > 0;
  };
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length && problem === undefined; at += pieceSize) {
      push(chunk.subarray(at, at + pieceSize));
      yield* ready.splice(0);
    }
    if (problem !== undefined) break;
  }
  if (problem === undefined) push(new Uint8Array(), true);
  yield* ready.splice(0);
  if (!hasBegun) throw new UnreadableFile(problem === undefined ? emptyFile : damagedFile);
  if (problem !== undefined) notes.push(isNoHeader(problem) ? strangeEnd : damagedEnd);
}

const emptyFile = "The file is empty.";
const damagedFile = "The file is compressed and the compressed data is damaged or cut off.";
const strangeEnd = "What stands behind the compressed recording was left out.";
const damagedEnd = "The compressed data is damaged or cut off; what came before was used.";

const isNoHeader = (problem: unknown): boolean =>
  problem instanceof Error && "code" in problem && problem.code === FlateErrorCode.InvalidHeader;

async function* asUtf8(head: Uint8Array, whole: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const encoding = utf16Of(head);
  if (encoding) {
    const decoder = new TextDecoder(encoding);
    const encoder = new TextEncoder();
    for await (const chunk of whole) yield encoder.encode(decoder.decode(chunk, { stream: true }));
    return;
  }
  let skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  for await (const chunk of whole) {
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    yield skipped === 0 ? chunk : chunk.subarray(skipped);
  }
}

/** By byte order mark or not: every other byte of what begins a HAR is zero. */
function utf16Of(head: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second, third, fourth] = head;
  if (((first === 0xff && second === 0xfe) || (first === 0x7b && second === 0)) && fourth === 0) return "utf-16le";
  if (((first === 0xfe && second === 0xff) || (first === 0 && second === 0x7b)) && third === 0) return "utf-16be";
  return undefined;
}

/** At least four bytes when there are as many. */
async function firstBytes(source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  while (head.length < 4) {
    const next = await source.next();
    if (next.done) break;
    if (head.length === 0) head = new Uint8Array(next.value.buffer, next.value.byteOffset, next.value.length);
    else {
      const longer = new Uint8Array(head.length + next.value.length);
      longer.set(head);
      longer.set(next.value, head.length);
      head = longer;
    }
  }
  return head;
}

async function* chain(
  head: Uint8Array,
  source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}
