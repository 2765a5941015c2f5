import { expect, it } from "vitest";
import { createEntrySplitter } from "@/lib/har/split.ts";
import { bytesOf } from "./recordings.ts";

/** Bodies as a recording has them: long without a mark, full of escapes, with brackets, ending in backslashes. */
const entries = [
  { text: "A".repeat(500) },
  { text: `${"A".repeat(100)}"${"B".repeat(100)}\\`, more: { list: ["]}", "{["] } },
  { text: '\\"'.repeat(80) },
  { text: "\n\t\u0000é漢".repeat(40) },
  [],
  null,
  7,
];

const slicesOf = (text: string, size: number): string[] => {
  const splitter = createEntrySplitter({ depth: 64, bytes: 1_000_000 });
  const bytes = bytesOf(text);
  const found: string[] = [];
  for (let at = 0; at < bytes.length; at += size)
    for (const slice of splitter.push(bytes.slice(at, at + size)))
      found.push(slice.kind === "entry" ? new TextDecoder().decode(slice.bytes) : slice.why);
  expect(splitter.finish()).toMatchObject({ slices: [], hasEntries: true, isWhole: true });
  return found;
};

it.each([1, 2, 3, 63, 64, 65, 100, 1_000, 100_000])("entries are cut where they end, in pieces of %i bytes", (size) => {
  const compact = JSON.stringify({ log: { entries } });
  const pretty = JSON.stringify({ log: { entries, pages: [] } }, null, 2);
  for (const text of [compact, pretty])
    expect(slicesOf(text, size).map((slice) => JSON.parse(slice) as unknown)).toEqual(entries);
});
