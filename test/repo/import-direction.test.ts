import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const biome = join(dirname(createRequire(import.meta.url).resolve("@biomejs/biome/package.json")), "bin", "biome");
const tree = mkdtempSync(join(tmpdir(), "import-direction-"));
afterAll(() => rmSync(tree, { recursive: true }));
cpSync("tsconfig.json", join(tree, "tsconfig.json"));
cpSync("biome.json", join(tree, "biome.json"));

/** Lints `source` as if it stood at `path` in this repository. */
function lint(path: string, source: string): string {
  const file = join(tree, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
  const arguments_ = [biome, "lint", "--vcs-enabled=false", path];
  const { stdout, stderr } = spawnSync(process.execPath, arguments_, { cwd: tree, encoding: "utf8" });
  rmSync(file);
  return `${stdout}${stderr}`;
}

const planted: readonly [path: string, specifier: string][] = [
  ["lib/oauth/planted.ts", "@/lib/servers/server.ts"],
  ["lib/servers/planted.ts", "@/lib/clients/client.ts"],
  ["lib/servers/data/planted.ts", "@/lib/exchange/exchange.ts"],
  ["lib/clients/planted.ts", "../exchange/exchange.ts"],
  ["lib/exchange/planted.ts", "~/lib/redaction/redact.ts"],
  ["lib/redaction/planted.ts", "@/lib/trace/flow.ts"],
  ["lib/trace/planted.ts", "@/lib/facts/fact.ts"],
  ["lib/discovery/planted.ts", "@/lib/facts/fact.ts"],
  ["lib/probes/planted.ts", "@/lib/diagnosis/rule.ts"],
  ["lib/facts/planted.ts", "@/lib/diagnosis/rule.ts"],
  ["lib/diagnosis/planted.ts", "@/lib/report/report.ts"],
  ["lib/diagnosis/rules/planted.ts", "./unknown-client.ts"],
  ["lib/report/planted.ts", "@/lib/har/export.ts"],
  ["lib/har/planted.ts", "@/components/parts/Icon.tsx"],
  ["components/planted.ts", "@/lib/browser/client.ts"],
  ["lib/browser/planted.ts", "@/components/parts/Icon.tsx"],
  ["cli/planted.ts", "@/lib/browser/store.ts"],
];

describe("each folder imports only what stands above it", () => {
  test.each(planted)("%s must not import %s", (path, specifier) => {
    expect(lint(path, `import type { X } from "${specifier}";\nexport type Y = X;\n`)).toContain("noRestrictedImports");
  });
  test.each([
    ["re-export", `export * from "@/lib/browser/store.ts";\n`],
    ["dynamic import", `export const load = () => import("@/lib/browser/store.ts");\n`],
    ["npm package", `import { openDB } from "idb";\nexport const open = openDB;\n`],
  ])("a pure folder must not reach out by %s", (_, source) => {
    expect(lint("lib/facts/planted.ts", source)).toContain("noRestrictedImports");
  });
  test.each(["Date.now()", "crypto.randomUUID()", "fetch('https://as.example')", "chrome.runtime.id"])(
    "a pure folder must not use %s",
    (expression) => {
      expect(lint("lib/diagnosis/planted.ts", `export const planted = () => ${expression};\n`)).toContain(
        "noRestrictedGlobals",
      );
    },
  );
  test("what is allowed passes", () => {
    expect(
      lint("lib/facts/planted.ts", `import type { Flow } from "@/lib/trace/flow.ts";\nexport type Y = Flow;\n`),
    ).not.toContain("lint/");
  });
});
