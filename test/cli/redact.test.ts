import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseRecording, readRecording, recordings } from "../har/recordings.ts";
import { runWith } from "./terminal.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hopscope-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Values of state, code, cookies and form fields as they stand in the recording. */
function secretsOf(name: string): string[] {
  const found = new Set<string>();
  for (const { request, response } of parseRecording(name).log.entries) {
    const urls = [request.url, response.redirectURL, ...response.headers.map(({ value }) => value)];
    for (const url of urls)
      for (const [, value] of url.matchAll(/[?&](?:state|code|nonce|code_challenge|transaction)=([\w-]{12,})/g))
        if (value) found.add(value);
    for (const { name: header, value } of [...request.headers, ...response.headers])
      if (/cookie/i.test(header))
        for (const [, cookie] of value.matchAll(/=([\w-]{16,})/g)) if (cookie) found.add(cookie);
    for (const [, value] of new URLSearchParams(request.postData?.text ?? "")) if (value.length > 7) found.add(value);
  }
  return [...found];
}

describe("redact", () => {
  it.each(recordings)("%s: no secret is left and the report is the same", async (name) => {
    const output = join(folder, name);
    const files = { "a.har": readRecording(name) };
    const { status, out } = await runWith(["redact", "a.har", "-o", output], files);
    expect(status).toBe(0);
    expect(out).toBe("");
    const written = readFileSync(output, "utf8");
    for (const secret of secretsOf(name)) expect(written).not.toContain(secret);
    const before = await runWith(["diagnose", "--json", "a.har"], files);
    const after = await runWith(["diagnose", "--json", "a.har"], { "a.har": written });
    expect(after).toEqual(before);
    const texts = [
      await runWith(["diagnose", "a.har"], files),
      await runWith(["diagnose", "a.har"], { "a.har": written }),
    ];
    expect(texts[1]).toEqual(texts[0]);
  });

  it("looks for secrets where the recordings have them", () => {
    expect(secretsOf("oidc-provider-healthy.playwright.har").length).toBeGreaterThan(4);
  });

  it("writes to standard output for -, and says what it left out", async () => {
    const { out, err } = await runWith(["redact", "-", "-o", "-"], {
      "-": readRecording("oidc-provider-denied.devtools.har"),
    });
    expect(JSON.parse(out)).toHaveProperty("log.creator.name", "Hopscope");
    expect(err).toBe("8 entries written, 1 left out that have nothing to do with OAuth.\n");
  });

  it.each([
    [["redact", "none.har", "-o", "x"], "none.har: There is no such file or folder.\n"],
    [["redact", "a.har", "-o", "no/such/folder/x.har"], "no/such/folder/x.har: There is no such file or folder.\n"],
    [["redact", "a.har"], /^redact needs one file and -o with where to write\./],
    [["redact", "a.har", "b.har", "-o", "x"], /^redact needs one file/],
    [["redact", "a.har", "-o"], /^redact needs one file/],
    [["redact", "--all", "a.har", "-o", "x"], /^redact has no option --all\./],
  ] as const)("%j ends with 2 and a reason", async (words, problem) => {
    const { status, err } = await runWith(words, { "a.har": readRecording("oidc-provider-denied.devtools.har") });
    expect(status).toBe(2);
    if (typeof problem === "string") expect(err).toBe(problem);
    else expect(err).toMatch(problem);
  });
});
