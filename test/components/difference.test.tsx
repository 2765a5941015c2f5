import { expect, test } from "vitest";
import { compareText } from "@/components/attempt/difference.ts";

/** `[x]` around what differs. */
const shown = (left: string, right: string) => {
  const difference = compareText(left, right);
  return [difference.left, difference.right].map((parts) =>
    parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join(""),
  );
};

test.each([
  ["a trailing slash", "https://a/cb", "https://a/cb/", ["https://a/cb", "https://a/cb[/]"]],
  ["the scheme", "http://a/cb", "https://a/cb", ["http://a/cb", "http[s]://a/cb"]],
  [
    "the port",
    "http://127.0.0.1:3334/cb",
    "http://127.0.0.1:3335/cb",
    ["http://127.0.0.1:333[4]/cb", "http://127.0.0.1:333[5]/cb"],
  ],
  ["case", "https://A.example/Cb", "https://a.example/cb", ["https://[A].example/[C]b", "https://[a].example/[c]b"]],
  ["a repeated part", "aXbab", "abab", ["a[X]bab", "abab"]],
  ["nothing", "same", "same", ["same", "same"]],
  ["everything", "abc", "xyz", ["[abc]", "[xyz]"]],
  ["one side being empty", "", "x", ["", "[x]"]],
  ["half of a surrogate pair", "a😀", "a😁", ["a[😀]", "a[😁]"]],
])("marks %s", (_what, left, right, marked) => {
  expect(shown(left, right)).toEqual(marked);
});

test("values with little in common are marked as wholes, not as confetti", () => {
  expect(shown("state-9f2c41", "qwertyuiopasdfgh")).toEqual(["[state-9f2c41]", "[qwertyuiopasdfgh]"]);
});

test("the marked parts put together are the values, however long and different they are", () => {
  const left = `start${"ab".repeat(30_000)}end`;
  const right = `start${"ba".repeat(29_000)}end`;
  const difference = compareText(left, right);
  expect(difference.left.map(({ text }) => text).join("")).toBe(left);
  expect(difference.right.map(({ text }) => text).join("")).toBe(right);
  expect(difference.left.length).toBeLessThan(5);
});
