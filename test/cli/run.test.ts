import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { runWith } from "./terminal.ts";

const launcher = fileURLToPath(new URL("../../cli/bin.mjs", import.meta.url));
const recording = fileURLToPath(new URL("../fixtures/har/oidc-provider-healthy.playwright.har", import.meta.url));

describe("the command line", () => {
  it.each([["--help"], ["-h"], ["help"], ["diagnose", "--help"], ["redact", "-h"]])(
    "%s %s explains itself",
    async (...words) => {
      const { status, out, err } = await runWith(words.filter((word) => word !== undefined));
      expect([status, err]).toEqual([0, ""]);
      expect(out).toContain("hopscope diagnose [--json] FILE…");
    },
  );

  it("says its version", async () => {
    expect(await runWith(["--version"])).toEqual({ status: 0, out: `${packageJson.version}\n`, err: "" });
  });

  it.each([
    [[], "A command is missing."],
    [["diagnoze"], "There is no command diagnoze."],
    [["diagnose"], "diagnose needs at least one file."],
    [["diagnose", "--xml", "a"], "diagnose has no option --xml."],
    [["explain", "a", "b"], "explain takes one finding."],
  ])("%j is misunderstood with a reason", async (words, reason) => {
    const { status, out, err } = await runWith(words);
    expect([status, out]).toEqual([2, ""]);
    expect(err.split("\n")[0]).toBe(reason);
  });

  it("explains a finding with its page", async () => {
    const { status, out } = await runWith(["explain", "unknown-client"]);
    expect(status).toBe(0);
    expect(out).toMatch(/^# .*\n[\s\S]*How to fix it/);
  });

  it("lists the findings, and suggests one for a name that is none", async () => {
    expect((await runWith(["explain"])).out.split("\n")).toContain("unknown-client");
    expect(await runWith(["explain", "unknown-clients"])).toMatchObject({
      status: 2,
      err: expect.stringMatching(/^There is no finding unknown-clients\. Similar: .*unknown-client/),
    });
    expect((await runWith(["explain", "../../package"])).status).toBe(2);
  });

  it("runs as the package's bin, from anywhere", () => {
    const out = execFileSync(process.execPath, [launcher, "diagnose", "--json", recording], {
      cwd: "/",
      encoding: "utf8",
    });
    expect(JSON.parse(out)).toMatchObject({ flows: [{ state: "code-delivered", findings: [] }] });
  }, 60_000);
});
