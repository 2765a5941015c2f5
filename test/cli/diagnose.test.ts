import { describe, expect, it } from "vitest";
import type { JsonReport } from "@/lib/report/json.ts";
import { readRecording, recordings } from "../har/recordings.ts";
import { runWith } from "./terminal.ts";

const failing = "oidc-provider-denied.playwright.har";
const healthy = "oidc-provider-healthy.playwright.har";
const parse = (out: string): JsonReport[] =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as JsonReport);

describe("diagnose", () => {
  it("ends with 0 when no failure was found and 1 when one was", async () => {
    expect((await runWith(["diagnose", "a.har"], { "a.har": readRecording(healthy) })).status).toBe(0);
    expect((await runWith(["diagnose", "a.har"], { "a.har": readRecording(failing) })).status).toBe(1);
  });

  it("ends with 2 when a file cannot be read, and still reports the others", async () => {
    const { status, out, err } = await runWith(["diagnose", "--json", "none.har", "bad.har", "a.har", "test"], {
      "bad.har": "<html>",
      "a.har": readRecording(failing),
    });
    expect(status).toBe(2);
    expect(err).toBe(
      "none.har: There is no such file or folder.\n" +
        "bad.har: This is a web page or XML, not a HAR file.\n" +
        "test: This is a folder.\n",
    );
    const reports = parse(out);
    expect(reports.map(({ file }) => file)).toEqual(["none.har", "bad.har", "a.har", "test"]);
    expect(reports[2]?.flows[0]?.state).toBe("not-connected");
    expect(reports[0]).toEqual({ file: "none.har", flows: [], problem: "There is no such file or folder." });
  });

  it("says of a file that could be read in part what could not, beside the JSON", async () => {
    const text = readRecording(failing);
    const { status, out, err } = await runWith(["diagnose", "--json", "cut.har"], { "cut.har": text.slice(0, -3) });
    expect(status).toBe(1);
    expect(Object.keys(parse(out)[0] ?? {})).toEqual(["file", "flows"]);
    expect(err).toBe("cut.har: Note: The file is cut off or damaged; the entries that could be read were used.\n");
  });

  it("prints one line of JSON per file, with these members and no others", async () => {
    const { out } = await runWith(["diagnose", "a.har", "--json"], { "a.har": readRecording(failing) });
    const [report] = parse(out);
    expect(Object.keys(report ?? {})).toEqual(["file", "flows"]);
    const [flow] = report?.flows ?? [];
    expect(Object.keys(flow ?? {})).toEqual(["id", "state", "client", "server", "findings", "unsettled"]);
    expect(Object.keys(flow?.findings[0] ?? {})).toEqual(["id", "severity", "certainty", "title", "summary", "by"]);
    expect(flow).toMatchObject({
      state: "not-connected",
      server: "node-oidc-provider",
      findings: [{ id: "access-denied", severity: "error" }],
    });
  });

  it("reads standard input", async () => {
    const { out } = await runWith(["diagnose", "--json", "-"], { "-": readRecording(failing) });
    expect(parse(out)[0]).toMatchObject({ file: "-", flows: [{ state: "not-connected" }] });
  });

  it("uses colours only on a terminal", async () => {
    const files = { "a.har": readRecording(failing) };
    expect((await runWith(["diagnose", "a.har"], files)).out).not.toContain("\u001b");
    expect((await runWith(["diagnose", "a.har"], files, true)).out).toContain("\u001b[31mNot connected\u001b[0m");
  });

  it("keeps what a file name hides from moving the cursor", async () => {
    const { err } = await runWith(["diagnose", "\u001b[2Jgone.har"]);
    expect(err).not.toContain("\u001b");
  });

  it("says what was set aside", async () => {
    const { out } = await runWith(["diagnose", "a.har"], {
      "a.har": readRecording("oidc-provider-denied.devtools.har"),
    });
    expect(out).toContain("9 entries, 8 of authorization attempts, 1 set aside");
  });

  it("says so when there is no attempt", async () => {
    const { status, out } = await runWith(["diagnose", "a.har"], { "a.har": '{"log":{"entries":[]}}' });
    expect(status).toBe(0);
    expect(out).toContain("No authorization attempt was found in this recording.");
  });
});

describe("recordings of several people", () => {
  const issuer = "login.example";
  /** The same server and client in every recording, at different times. */
  const of = (name: string, hour: string): string =>
    readRecording(name)
      .replace(/127\.0\.0\.1:\d+(?=\/(?:auth|interaction))/g, issuer)
      .replace(/(?<=client_id=)[\w-]+/g, "team-client-4711")
      .replace(/T\d\d(?=:\d\d:\d\d\.\d)/g, `T${hour}`);
  const accepted = of("oidc-provider-healthy.playwright.har", "10");
  const refused = of("oidc-provider-unknown-client.playwright.har", "11");

  it("are compared: one accepted, one refused", async () => {
    const alone = parse((await runWith(["diagnose", "--json", "refused.har"], { "refused.har": refused })).out);
    const { out } = await runWith(["diagnose", "--json", "accepted.har", "refused.har"], {
      "accepted.har": accepted,
      "refused.har": refused,
    });
    const [first, second] = parse(out);
    expect(alone[0]?.flows[0]?.findings[0]?.id).toBe("unknown-client");
    expect(first?.flows).toHaveLength(1);
    expect(second?.flows).toHaveLength(1);
    expect(second?.flows[0]?.findings[0]).toMatchObject({
      id: expect.stringMatching(/^client-(?:registration-lost|known-to-some-instances)$/),
      certainty: "likely",
    });
  });

  it("are reported as if alone when they have nothing in common", async () => {
    const files = Object.fromEntries(recordings.slice(0, 6).map((name) => [name, readRecording(name)]));
    const together = parse((await runWith(["diagnose", "--json", ...Object.keys(files)], files)).out);
    for (const report of together) {
      const [alone] = parse((await runWith(["diagnose", "--json", report.file], files)).out);
      expect(report).toEqual(alone);
    }
  });
});
