import { parseAst } from "vite";
import { expect, test } from "vitest";
import { emptyAdvice, keepSigns } from "@/scripts/worker-scripts.ts";

const without = (code: string) => keepSigns(code, parseAst(code));

test("the texts and remedies of a product go, whatever they hold, and nothing else does", () => {
  const code = `const steps = [{ by: "user", do: "x" }];
export const one = { id: "one", messages: [{ text: "remedies: [" }], remedies: [{ for: "a", steps }, { for: "b", remedies: [1] }] };
export const two = { id: "two", remedies: [...one.remedies], clientStorage: "memory" };`;
  expect(without(code)).toBe(`const steps = [{ by: "user", do: "x" }];
export const one = { id: "one", messages: [], remedies: [] };
export const two = { id: "two", remedies: [], clientStorage: "" };`);
});

test("of the signs of a product stay those that redaction reads", () => {
  expect(
    without(
      `export const four = { name: "Four", fingerprints: [{ in: "host", endsWith: "four.example", weight: 1 }, { in: "header", name: "x-four", weight: 1 }, { in: "metadata", field: "x", weight: 1 }, { in: "page", text: "Four", weight: 1 }] };`,
    ),
  ).toBe(`export const four = { name: "", fingerprints: [{}, { in: "header", name: "x-four", weight: 1 }, {}, {}] };`);
});

test("code without any stays as it is", () => {
  const code = "export const three = { id: 3 }; three.remedies;";
  expect(without(code)).toBe(code);
});

test("of a rule and a remedy stays who must act, and what decides", () => {
  const code = `export const rule = defineRule({ id: "a", title: "A", why: "Because" + more, fix: [{ by: "client", do: \`Send \${it}\` }], references: [rfc(6749, "4.1")], check: ({ why }) => fail({ summary: "do" }) });
const steps = [{ by: "user", do: "Ask", code: { language: "sh" } }];`;
  expect(emptyAdvice(code, parseAst(code))).toBe(
    `export const rule = defineRule({ id: "a", title: "A", why: "", fix: [{ by: "client", do: "" }], references: [], check: ({ why }) => fail({ summary: "do" }) });
const steps = [{ by: "user", do: "Ask", code: { language: "sh" } }];`.replace('do: "Ask"', 'do: ""'),
  );
});
