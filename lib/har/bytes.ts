import { concat } from "./collector.ts";
import { inflateMember } from "./inflate.ts";

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
  if (head.length === 0) throw new UnreadableFile("The file is empty.");
  if (head[0] === 0x50 && head[1] === 0x4b)
    throw new UnreadableFile("This is a zip archive. Unpack it and import the .har file inside.");
  const isPacked = head[0] === 0x1f && head[1] === 0x8b;
  let size = 0;
  for await (const chunk of isPacked ? unpackedText(whole, limit, notes) : asUtf8(head, whole)) {
    size += chunk.length;
    if (size > limit)
      throw new UnreadableFile(
        `The file is larger than ${Math.floor(limit / 1_000_000)} MB${isPacked ? " once unpacked" : ""}.`,
      );
    yield chunk;
  }
}

async function* unpackedText(
  packed: AsyncGenerator<Uint8Array>,
  limit: number,
  notes: string[],
): AsyncGenerator<Uint8Array> {
  const unpacked = unpack(packed, limit, notes);
  const head = await firstBytes(unpacked);
  yield* asUtf8(head, chain(head, unpacked));
}

/** Packed bytes that are held until it is clear that the platform could unpack all of them. */
const mostHeld = 128_000_000;

async function* unpack(packed: AsyncGenerator<Uint8Array>, limit: number, notes: string[]): AsyncGenerator<Uint8Array> {
  const held: Uint8Array[] = [];
  let size = 0;
  const stream = new ReadableStream<BufferSource>({
    async pull(controller) {
      const next = await packed.next();
      if (next.done) {
        controller.close();
        return;
      }
      size += next.value.length;
      if (size <= mostHeld) held.push(next.value);
      controller.enqueue(new Uint8Array(next.value));
    },
  });
  const reader = stream.pipeThrough(new DecompressionStream("gzip")).getReader();
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      yield next.value;
    }
    return;
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
  } finally {
    // Stops unpacking when the reader of this generator has had enough.
    await reader.cancel().catch(() => undefined);
  }
  // Platforms refuse what stands behind the first stream, and with it what they had not given out yet.
  for (let next = await packed.next(); !next.done && size <= mostHeld; next = await packed.next()) {
    size += next.value.length;
    held.push(next.value);
  }
  if (size <= mostHeld) yield* unpackMembers(concat(held, size), length, limit, notes);
  else if (length === 0) throw damaged();
}

const damaged = () => new UnreadableFile("The file is compressed and the compressed data is damaged or cut off.");

/** All members of a gzip file, without the first `known` bytes that came out before. */
function* unpackMembers(packed: Uint8Array, known: number, limit: number, notes: string[]): Generator<Uint8Array> {
  let length = 0;
  for (let from = 0; ; ) {
    const { bytes, end } = inflateMember(packed, from, limit - length);
    const fresh = Math.max(0, known - length);
    length += bytes.length;
    if (fresh < bytes.length) yield bytes.subarray(fresh);
    if (end === undefined || end > packed.length) {
      if (length === 0) throw damaged();
      notes.push("The compressed data is damaged or cut off; what came before was used.");
      return;
    }
    const rest = packed.length - end;
    if (rest === 0) return;
    if (packed[end] !== 0x1f || packed[end + 1] !== 0x8b) {
      notes.push(
        `${rest} ${rest === 1 ? "byte behind the compressed recording was" : "bytes behind the compressed recording were"} left out.`,
      );
      return;
    }
    from = end;
  }
}

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
