/** Parts of chunks put together, up to a limit. */
export interface Collector {
  add(chunk: Uint8Array, from: number, to: number): void;
  /** What was added since the last call; undefined when it was more than the limit. */
  take(): Uint8Array | undefined;
}

export function createCollector(limit: number): Collector {
  let parts: Uint8Array[] = [];
  let size = 0;
  return {
    add(chunk, from, to) {
      if (to <= from) return;
      size += to - from;
      if (size > limit) parts = [];
      else parts.push(chunk.subarray(from, to));
    },
    take() {
      const isTooLarge = size > limit;
      const [first] = parts;
      const whole = parts.length === 1 && first ? first : concat(parts, isTooLarge ? 0 : size);
      parts = [];
      size = 0;
      return isTooLarge ? undefined : whole;
    },
  };
}

function concat(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
