import { constants, deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inflateMember } from "@/lib/har/inflate.ts";
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
      ["7 bytes behind the compressed recording were left out."],
    ],
    ["in two members", joined(gzipSync(text.slice(0, half)), gzipSync(text.slice(half))), []],
    [
      "in two members with a byte behind them",
      joined(gzipSync(text.slice(0, half)), gzipSync(text.slice(half)), bytesOf("\n")),
      ["1 byte behind the compressed recording was left out."],
    ],
    [
      "without its check sum",
      packed.subarray(0, packed.length - 8),
      ["The compressed data is damaged or cut off; what came before was used."],
    ],
  ])("%s has all its entries", async (_case, bytes, problems) => {
    const whole = await read(bytesOf(text), size);
    const content = await read(bytes, size);
    expect(content.entries).toEqual(whole.entries);
    expect(content.problems).toEqual(problems);
  });

  it("that is cut off has the entries before", async () => {
    const content = await read(packed.subarray(0, Math.floor(packed.length * 0.8)), size);
    expect(content.entries.used).toBeGreaterThan(0);
    expect(content.problems).toContain("The compressed data is damaged or cut off; what came before was used.");
  });
});

it("unpacks what zlib packs, in every way it packs", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 5_000 }),
        fc.array(fc.constantFrom(...bytesOf("abcabcd")), { maxLength: 70_000 }).map((bytes) => new Uint8Array(bytes)),
      ),
      fc.constantFrom(0, 1, 6, 9),
      fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY),
      (bytes, level, strategy) => {
        const member = new Uint8Array(gzipSync(bytes, { level, strategy }));
        const found = inflateMember(joined(member, bytesOf("more")), 0, 1e6);
        expect(Buffer.from(found.bytes).equals(Buffer.from(bytes))).toBe(true);
        expect(found.end).toBe(member.length);
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});

it("reads over the name, comment, extra field and check sum of a member", () => {
  const body = deflateRawSync(bytesOf("content"));
  const head = new Uint8Array([0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9]);
  const member = joined(head, bytesOf("a.har\0b\0"), new Uint8Array(2), new Uint8Array(body), new Uint8Array(8));
  const found = inflateMember(member, 0, 100);
  expect(new TextDecoder().decode(found.bytes)).toBe("content");
  expect(found.end).toBe(member.length);
});

it("takes anything for packed data without an exception, and stops at the limit", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const found = inflateMember(joined(packed.subarray(0, 10), bytes), 0, 10_000);
      expect(found.bytes.length).toBeLessThan(80_000);
    }),
    { seed: 2, numRuns: 2_000 },
  );
  expect(inflateMember(gzipSync(new Uint8Array(1e6)), 0, 1_000).bytes.length).toBeLessThan(2_000);
});
