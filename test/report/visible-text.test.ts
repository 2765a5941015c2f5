import { expect, test } from "vitest";
import { mixesAlphabets, shortenMiddle, toVisibleText } from "@/lib/report/visible-text.ts";

test.each([
  ["plain text,\n\twith layout", "plain text,\n\twith layout"],
  ["a\u202Eb", "a⟨U+202E⟩b"],
  ["a\u0000\u001B[0m", "a⟨U+0000⟩⟨U+001B⟩[0m"],
  ["\u{E0041}", "⟨U+E0041⟩"],
  ["x\uD800y", "x⟨U+D800⟩y"],
  ["carriage\rreturn", "carriage⟨U+000D⟩return"],
  [`Z${"\u0351".repeat(9)}`, "Z⟨9 stacked marks⟩"],
  ["é ไม่ ぎ", "é ไม่ ぎ"],
])("%j becomes %j", (text, visible) => {
  expect(toVisibleText(text)).toBe(visible);
});

test.each([
  ["https://\u0430uth.example.com/", true],
  ["p\u03B1ypal", true],
  ["https://auth.example.com/", false],
  ["Ошибка: invalid_client", false],
  ["Σφάλμα", false],
])("%j mixes alphabets in one word: %s", (text, mixes) => {
  expect(mixesAlphabets(text)).toBe(mixes);
});

test("shortening keeps both ends, the limit, and whole characters", () => {
  expect(shortenMiddle("accounts.example.com.evil.example", 20)).toBe("accounts.e…l.example");
  expect(shortenMiddle("short", 5)).toBe("short");
  const shortened = shortenMiddle("😀".repeat(50), 20);
  expect(shortened.length).toBeLessThanOrEqual(20);
  expect(shortened).not.toMatch(/\p{Cs}/u);
});

test("a megabyte of hostile characters is handled in linear time", () => {
  expect(toVisibleText("\u202E".repeat(100_000))).toHaveLength(800_000);
  expect(toVisibleText("\u0301".repeat(1_000_000))).toBe("⟨1000000 stacked marks⟩");
  expect(mixesAlphabets("a.".repeat(500_000))).toBe(false);
});
