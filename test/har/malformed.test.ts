import { describe, expect, it } from "vitest";
import { diagnoseImport, parseRecording, readHar } from "./recordings.ts";

const name = "mcp-typescript-sdk-denied.playwright.har";
const original = parseRecording(name);
const total = original.log.entries.length;

const replacements: readonly (readonly [label: string, value: unknown])[] = [
  ["absent", undefined],
  ["null", null],
  ["a text", "\u0000\u202e<b>&%zz"],
  ["a negative number", -1e308],
  ["a list", [null, [], {}]],
  ["an object", { __proto__: null, constructor: 1, toString: 2 }],
  ["true", true],
];

type Path = readonly (string | number)[];

/** Every member, nested ones included; of lists the first two elements. */
function pathsOf(value: unknown, path: Path): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys = Array.isArray(value) ? [...value.keys()].slice(0, 2) : Object.keys(value);
  return [path, ...keys.flatMap((key) => pathsOf((value as Record<string | number, unknown>)[key], [...path, key]))];
}

function replaced(path: Path, value: unknown): string {
  const copy = structuredClone(original) as unknown as Record<string | number, unknown>;
  let parent = copy;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? "";
  if (value === undefined && !Array.isArray(parent)) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(copy);
}

const changed = 1;
const inEntry = pathsOf(original.log.entries[changed], ["log", "entries", changed]);
const { entries: _, ...outside } = original.log;
const inLog = pathsOf(outside, ["log"]).filter((path) => path.length > 1);
const essential: Path[] = [["log"], ["log", "entries"]];

describe.each(replacements)("%s in the place of one member", (_label, value) => {
  it.each(inEntry.map((path) => [path.slice(3).join(".") || "the entry", path] as const))(
    "%s costs at most that entry",
    async (_where, path) => {
      const result = await readHar(replaced(path, value));
      expect(result).toMatchObject({ kind: "read" });
      if (result.kind === "refused") return;
      expect(result.entries.read).toBe(total);
      expect(result.entries.unreadable).toBeLessThanOrEqual(1);
      expect(result.entries.used).toBeGreaterThanOrEqual(total - 2);
      expect(diagnoseImport(result)[0]?.flow.legs.length).toBeGreaterThanOrEqual(total - 2);
    },
  );

  it.each(inLog.map((path) => [path.slice(1).join("."), path] as const))("%s costs nothing", async (_where, path) => {
    expect(await readHar(replaced(path, value))).toMatchObject({ entries: { used: total, unreadable: 0 } });
  });

  it.each(essential)("%s %s: no recording is left, and this is said", async (...path) => {
    const result = await readHar(replaced(path, value));
    if (result.kind === "read") expect(result.entries.used).toBe(0);
    else expect(result.problem).toMatch(/^(?:This|The file).*\.$/);
  });
});

it("covers at least 400 single changes", () => {
  expect((inEntry.length + inLog.length + essential.length) * replacements.length).toBeGreaterThanOrEqual(400);
});
