import type { DiscoveryAnswer } from "./ask.ts";

/**
 * The body as UTF-8 text, or why reading stopped: `too-large` beyond `maxBytes` (what was read is dropped), `timeout` when
 * the stream failed, which is what an expired time limit does to it. An event stream does not end and is not read.
 */
export async function readLimited(
  stream: ReadableStream<Uint8Array> | null,
  mimeType: string,
  maxBytes: number,
): Promise<Pick<Extract<DiscoveryAnswer, { kind: "answered" }>, "body" | "problem">> {
  const reader = stream?.getReader();
  if (reader === undefined) return {};
  if (/^\s*text\/event-stream/i.test(mimeType)) {
    await reader.cancel();
    return {};
  }
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > maxBytes) {
        await reader.cancel();
        return { problem: "too-large" };
      }
      pieces.push(decoder.decode(value, { stream: true }));
    }
  } catch {
    return { problem: "timeout" };
  }
  const text = pieces.join("") + decoder.decode();
  return text === "" ? {} : { body: { mimeType, text } };
}
