import type { Har } from "har-format";
import { beforeAll, describe, expect, it } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { buildHar, observationsOf, printHar } from "@/lib/har/export.ts";
import type { HarImport } from "@/lib/har/import.ts";
import { printMarkdown } from "@/lib/report/markdown.ts";
import { printText } from "@/lib/report/text.ts";
import { readers } from "./readers.ts";
import { diagnoseImport, exportImport, importText, parseRecording, readRecording, recordings } from "./recordings.ts";

const one = "oidc-provider-denied.playwright.har";
const other = "mcp-typescript-sdk-nobody-listens.playwright.har";

describe.each(recordings)("%s", (name) => {
  let raw: HarImport;
  let exported: string;
  beforeAll(async () => {
    raw = await importText(readRecording(name));
    exported = exportImport(raw);
  });

  it("exported and imported is the same, and exported again the same bytes", async () => {
    const again = await importText(exported);
    expect(again.problems).toEqual([]);
    expect(again.entries).toEqual(raw.entries);
    expect((JSON.parse(exported) as Har).log.entries).toHaveLength(raw.entries.used);
    expect(exportImport(again)).toBe(exported);
  });

  it("gives the identical report before and after redaction", async () => {
    const redacted = await importText(exported);
    const [before, after] = [raw, redacted].map((content) =>
      diagnoseImport(content).map((report) => [report.diagnosis, printText(report), printMarkdown(report)]),
    );
    expect(after).toEqual(before);
  });

  it.each(Object.keys(readers))("exported is read by %s", async (reader) => {
    await readers[reader]?.(JSON.parse(exported) as Har);
  });
});

describe("an export", () => {
  it("says of each entry which leg it is, and of each flow what was found", async () => {
    const content = await importText(readRecording(one));
    const har = buildHar({
      observations: content.observations,
      reports: diagnoseImport(content),
      asOf: content.asOf,
      version: "1.0.0",
    });
    expect(har.log.entries[0]?._hopscope).toMatchObject({ role: "authorization-request" });
    expect(har.log.entries.at(-1)?._hopscope).toMatchObject({
      role: "redirection-endpoint",
      findings: ["access-denied"],
    });
    expect(har.log._hopscope.flows).toEqual([expect.objectContaining({ state: "not-connected" })]);
  });

  it("without our own members is still an importable recording of the attempt", async () => {
    const exported = JSON.parse(exportImport(await importText(readRecording(one)))) as Record<string, unknown>;
    const stripped = JSON.stringify(exported, (key, value: unknown) => (key === "_hopscope" ? undefined : value));
    const [report] = diagnoseImport(await importText(stripped));
    expect(report?.diagnosis.findings[0]?.id).toBe("access-denied");
  });

  it("that was cut off still gives back the entries before the cut, exactly", async () => {
    const content = await importText(readRecording(one));
    const exported = exportImport(content);
    const partial = await importText(exported.slice(0, exported.length * 0.7));
    expect(partial.session).toBe(content.session);
    expect(partial.entries.used).toBeGreaterThan(2);
    for (const observation of partial.observations) expect(content.observations).toContainEqual(observation);
  });

  it("with forged members is read as what its entries say", async () => {
    const file = parseRecording(one);
    for (const entry of file.log.entries)
      entry._hopscope = { observations: [{ kind: "request", url: "javascript:1" }] };
    const content = await importText(JSON.stringify(file));
    expect(diagnoseImport(content)[0]?.diagnosis.findings[0]?.id).toBe("access-denied");
  });

  it("of one attempt out of two holds only its observations", async () => {
    const [first, second] = [await importText(readRecording(one)), await importText(readRecording(other))];
    const all = [...first.observations, ...second.observations];
    const reports = diagnose(all, { asOf: second.asOf });
    const chosen = reports.filter(({ flow }) => flow.session === first.session);
    const observations = observationsOf(all, chosen);
    const byId = (left: { id: string }, right: { id: string }) => (left.id < right.id ? -1 : 1);
    expect([...observations].sort(byId)).toEqual([...first.observations].sort(byId));
    const text = printHar(buildHar({ observations, reports: chosen, asOf: second.asOf, version: "1.0.0" }));
    expect((await importText(text)).entries).toEqual({ read: 8, used: 8, setAside: 0, unreadable: 0 });
  });

  it("of nothing is a valid file", async () => {
    const empty = buildHar({ observations: [], reports: [], asOf: 0, version: "1.0.0" });
    await readers["har-validator"]?.(JSON.parse(printHar(empty)) as Har);
  });
});
