import { parseAst } from "vite";
import { expect, test } from "vitest";
import { emptyRemedies } from "@/scripts/without-remedies.ts";

const without = (code: string) => emptyRemedies(code, parseAst(code));

test("the remedies of a product go, whatever they hold, and nothing else does", () => {
  const code = `const steps = [{ by: "user", do: "x" }];
export const one = { id: "one", messages: [{ text: "remedies: [" }], remedies: [{ for: "a", steps }, { for: "b", remedies: [1] }] };
export const two = { id: "two", remedies: [...one.remedies], clientStorage: "memory" };`;
  expect(without(code)).toBe(`const steps = [{ by: "user", do: "x" }];
export const one = { id: "one", messages: [{ text: "remedies: [" }], remedies: [] };
export const two = { id: "two", remedies: [], clientStorage: "memory" };`);
});

test("code without any stays as it is", () => {
  const code = "export const three = { id: 3 }; three.remedies;";
  expect(without(code)).toBe(code);
});
