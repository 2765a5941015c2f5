import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { buildStubs, listRule } from "../../scripts/new-rule.ts";

const index = readFileSync(new URL("../../lib/diagnosis/rules/index.ts", import.meta.url), "utf8");

it("writes a rule, a page and a table test", () => {
  expect(buildStubs("nonce-reused").map(({ path }) => path)).toEqual([
    "lib/diagnosis/rules/nonce-reused.ts",
    "docs/findings/nonce-reused.md",
    "test/diagnosis/rules/nonce-reused.test.ts",
  ]);
});

it("lists the rule once, its import in order", () => {
  const listed = listRule(index, "nonce-reused");
  const imports = listed.split("\n").filter((line) => line.includes('from "./'));
  expect(imports).toEqual(
    imports.toSorted((left, right) => ((left.split('"')[1] ?? "") < (right.split('"')[1] ?? "") ? -1 : 1)),
  );
  expect(listed.match(/^ {2}nonceReused,$/gm)).toHaveLength(1);
  expect(listed.match(/import \{ nonceReused \} from ".\/nonce-reused.ts";/g)).toHaveLength(1);
});

it("lists a rule whose name comes last", () => {
  expect(listRule(index, "zone-unknown")).toContain('import { zoneUnknown } from "./zone-unknown.ts";\n');
});
