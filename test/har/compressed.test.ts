import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importLimits } from "@/lib/har/limits.ts";
import { bytesOf, importText, readRecording, recordings } from "./recordings.ts";

const [name = ""] = recordings;
const text = readRecording(name);
const packed = new Uint8Array(gzipSync(text));
const half = Math.floor(text.length / 2);
const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));
const read = (bytes: Uint8Array, chunkSize: number) => importText(bytes, { chunkSize });

describe.each([1_000_000, 4_096, 100])("a compressed recording in pieces of %i bytes", (size) => {
  it.each([
    [
      "with bytes behind it",
      joined(packed, bytesOf("behind\n")),
      ["What stands behind the compressed recording was left out."],
    ],
    ["in two members", joined(gzipSync(text.slice(0, half)), gzipSync(text.slice(half))), []],
    [
      "in two members with a byte behind them",
      joined(gzipSync(text.slice(0, half)), gzipSync(text.slice(half)), bytesOf("\n")),
      [],
    ],
    [
      "padded with zeros",
      joined(packed, new Uint8Array(512)),
      ["What stands behind the compressed recording was left out."],
    ],
    ["without its check sum", packed.subarray(0, packed.length - 8), []],
  ])("%s has all its entries", async (_case, bytes, problems) => {
    const whole = await read(bytesOf(text), size);
    const content = await read(bytes, size);
    expect(content.entries).toEqual(whole.entries);
    expect(content.problems).toEqual(problems);
  });

  it("that is cut off has the entries before", async () => {
    const content = await read(packed.subarray(0, Math.floor(packed.length * 0.8)), size);
    expect(content.entries.used).toBeGreaterThan(0);
    expect(content.problems.join(" ")).toContain("cut off");
  });
});

it("what grows to more than the limit stops there", async () => {
  const small = { limits: { ...importLimits, fileBytes: 1_000_000 } };
  await expect(importText(gzipSync(new Uint8Array(5e7)), small)).rejects.toThrow("larger than 1 MB once unpacked");
});

it("anything behind the mark of gzip is read or refused, never an exception of another kind", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const damaged = joined(packed.subarray(0, 10), bytes);
      const outcome = await read(damaged, 1_000).catch(({ message }: Error) => message);
      if (typeof outcome === "string") expect(outcome).toMatch(/^(The file is|This is)/);
    }),
    { seed: 2, numRuns: 500 },
  );
});
