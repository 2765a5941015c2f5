import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "@/lib/diagnosis/rules/index.ts";

const root = new URL("../../", import.meta.url);
const namesIn = (folder: string, ending: string) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

const ids = rules.map((rule) => rule.id).sort();
const headings = [
  "What this means",
  "Why it fails",
  "What the evidence shows",
  "How to fix it",
  "When this is a false alarm",
  "References",
];

describe("the folders agree", () => {
  it("every rule file is listed in rules/index.ts under its own id", () => {
    const files = namesIn("lib/diagnosis/rules/", ".ts").filter((name) => name !== "index");
    const unlisted = files.filter((name) => !ids.includes(name));
    expect(unlisted, "files without a rule of this id in lib/diagnosis/rules/index.ts").toEqual([]);
    const misnamed = ids.filter((id) => !files.includes(id));
    expect(misnamed, "ids that are not the name of their file").toEqual([]);
  });

  it("every rule has a page, and every page a rule", () => {
    const pages = namesIn("docs/findings/", ".md");
    const unexplained = ids.filter((id) => !pages.includes(id));
    expect(unexplained, "rules without docs/findings/<id>.md").toEqual([]);
    const orphaned = pages.filter((name) => !ids.includes(name));
    expect(orphaned, "pages without a rule").toEqual([]);
  });

  it("every rule has a table test", () => {
    const untested = ids.filter((id) => !existsSync(new URL(`test/diagnosis/rules/${id}.test.ts`, root)));
    expect(untested, "rules without test/diagnosis/rules/<id>.test.ts").toEqual([]);
  });

  it("no id is used twice", () => {
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  it("is a kebab-case phrase with a title of one sentence without a period", () => {
    expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(rule.title).toMatch(/^[A-Z][^\n]*[^.\s]$/);
    expect(rule.title.length).toBeLessThanOrEqual(100);
  });

  it("explains itself in one to three sentences and gives complete steps", () => {
    expect(rule.why).toMatch(/^\S.*\.$/);
    expect(rule.why.match(/[a-z0-9)"]\.(?= [A-Z]|$)/g)?.length ?? 0).toBeLessThanOrEqual(3);
    for (const step of rule.fix) expect(step.do).toMatch(/^[A-Z].*\.$/s);
  });

  it("has nothing left to do in its rule, page and test", () => {
    for (const path of [
      `lib/diagnosis/rules/${id}.ts`,
      `docs/findings/${id}.md`,
      `test/diagnosis/rules/${id}.test.ts`,
    ]) {
      expect(read(path), path).not.toContain("TODO");
    }
  });

  it("says invalid, never illegal, and blames nobody", () => {
    const words = [rule.title, rule.why, ...rule.fix.map((step) => step.do), read(`docs/findings/${id}.md`)].join(" ");
    expect(words).not.toMatch(/\billegal\b|\byour fault\b|\byou forgot\b|\byou failed\b/i);
  });

  it("refers to specifications by section and https address", () => {
    for (const { spec, section, url } of rule.references) {
      expect(spec).not.toBe("");
      expect(section).not.toBe("");
      expect(new URL(url).protocol).toBe("https:");
    }
  });

  it("needs facts, each once", () => {
    expect(rule.needs.length).toBeGreaterThan(0);
    expect(new Set(rule.needs).size).toBe(rule.needs.length);
  });

  it("supersedes only rules that exist, never itself, and none that supersedes it", () => {
    for (const other of rule.supersedes ?? []) {
      expect(ids).toContain(other);
      expect(other).not.toBe(id);
      expect(rules.find((one) => one.id === other)?.supersedes ?? []).not.toContain(id);
    }
  });

  it("has a page with its title, its headings in order and its references", () => {
    const page = read(`docs/findings/${id}.md`);
    expect(page.split("\n")[0]).toBe(`# ${rule.title}`);
    expect(page).toContain(`\`${id}\``);
    expect([...page.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual(headings);
    for (const section of page.split(/^## /m).slice(1)) {
      expect(section.split("\n").slice(1).join("\n").trim(), `“${section.split("\n")[0]}” is empty`).not.toBe("");
    }
    for (const { url } of rule.references) expect(page).toContain(url);
  });

  it("has a table with a failure, a pass, and a case that it cannot tell or does not apply to", () => {
    const test = read(`test/diagnosis/rules/${id}.test.ts`);
    expect(test).toMatch(/is: "fail"|kind: "fail"/);
    expect(test).toMatch(/is: "pass"|kind: "pass"/);
    expect(test).toMatch(/is: "(cannotTell|notApplicable)"|kind: "(cannotTell|notApplicable)"/);
  });
});
