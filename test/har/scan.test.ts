import { expect, it } from "vitest";
import { createEntrySplitter, type Slice } from "@/lib/har/split.ts";
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

const read = (slice: Slice): unknown => {
  if (slice.kind === "entry") return JSON.parse(new TextDecoder().decode(slice.bytes));
  if (slice.kind === "parsed") return slice.value;
  return slice.kind === "passive" ? slice.length : slice.why;
};

const slicesOf = (text: string, size: number): unknown[] => {
  const splitter = createEntrySplitter({ depth: 64, bytes: 1_000_000 });
  const bytes = bytesOf(text);
  const found: unknown[] = [];
  for (let at = 0; at < bytes.length; at += size)
    for (const slice of splitter.push(bytes.slice(at, at + size))) found.push(read(slice));
  expect(splitter.finish()).toMatchObject({ slices: [], hasEntries: true, isWhole: true });
  return found;
};

it.each([1, 2, 3, 63, 64, 65, 100, 1_000, 100_000])("entries are cut where they end, in pieces of %i bytes", (size) => {
  const compact = JSON.stringify({ log: { entries } });
  const pretty = JSON.stringify({ log: { entries, pages: [] } }, null, 2);
  for (const text of [compact, pretty]) expect(slicesOf(text, size)).toEqual(entries);
});

const image = (at: number) => ({
  startedDateTime: "2026-01-01T00:00:00Z",
  request: { method: "GET", url: `https://cdn.example/${at}.png` },
  response: { status: 200, content: { mimeType: "image/png", text: '{"startedDateTime' } },
});
const sign = {
  startedDateTime: "2026-01-01T00:00:01Z",
  request: { method: "GET", url: "https://as.example/authorize?client_id=1" },
};
const odd = { _initiator: {}, ...sign };

it.each([1, 7, 64, 333, 5_000, 100_000])(
  "what a page is decorated with is passed over, what stands between is not, in pieces of %i bytes",
  (size) => {
    const mixed = [
      image(1),
      sign,
      image(2),
      odd,
      null,
      image(3),
      sign,
      { pages: [sign] },
      image(4),
      image(5),
      odd,
      sign,
    ];
    for (const indent of [0, 2, "\t"]) {
      const text = JSON.stringify({ log: { entries: mixed } }, null, indent);
      const found = slicesOf(text, size);
      expect(found).toHaveLength(mixed.length);
      for (const [at, entry] of mixed.entries()) {
        const isImage = entry !== null && "response" in entry;
        const length = JSON.stringify({ log: { entries: [entry] } }, null, indent).length;
        if (isImage && typeof found[at] === "number") expect(found[at]).toBeLessThan(length);
        else expect(found[at]).toEqual(entry);
      }
    }
  },
);

it("entries of which each begins otherwise are cut one by one", () => {
  const text = (count: number) =>
    `{"log":{"entries":[${Array.from({ length: count }, (_, at) => `{"${String.fromCharCode(97 + (at % 26), 97 + ((at >> 5) % 26))}":{"a":"{"}}`).join(",")}]}}`;
  expect(slicesOf(text(50_000), 1_000_000)).toHaveLength(50_000);
});
