import { spawnSync } from "node:child_process";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { buildJsonReport } from "@/lib/report/json.ts";
import { printMarkdown } from "@/lib/report/markdown.ts";
import { coloured, printText } from "@/lib/report/text.ts";
import { diagnoseRaw, trace } from "../builders.ts";
import { hostileTexts as payloads } from "../hostile-texts.ts";

const [attempt] = diagnoseRaw(trace().authorizationRequest().page({ status: 400, text: "Client not found" }));

/** The report of a real attempt with the text in every place that text from outside can reach. */
function reportWith(text: string): FlowReport {
  if (!attempt) throw new Error("the trace holds no attempt");
  const { diagnosis, flow, facts } = attempt;
  const [finding] = diagnosis.findings;
  if (!finding) throw new Error("nothing was found");
  const evidence = [{ ...finding.evidence[0], says: text, against: { where: text, says: text } }] as const;
  const clear = { kind: "clear", value: text } as const;
  const [leg] = flow.legs;
  if (!leg) throw new Error("the attempt has no leg");
  const url = { ...leg.exchange.url, parameters: [{ name: text, place: "query", value: clear } as const] };
  return {
    facts,
    flow: { ...flow, legs: [{ ...leg, exchange: { ...leg.exchange, url } }, ...flow.legs.slice(1)] },
    diagnosis: {
      ...diagnosis,
      findings: [
        { ...finding, summary: text, evidence },
        { ...finding, id: "another", summary: text, evidence },
      ],
      unsettled: [{ id: "one", title: "A question", missing: text, settledBy: text }],
      client: { id: "client", name: text },
      server: { id: "server", name: text },
    },
  };
}

const benignText = printText(reportWith("benign"));
const benignHtml = micromark(printMarkdown(reportWith("benign"), [["Browser", "benign"]]), {
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
});

const commandOf = (text: string): string => /^ {4}(curl .*)$/m.exec(text)?.[1] ?? "";

describe("text from servers in a report", () => {
  it("is tried in at least 200 forms", () => {
    expect(new Set(payloads).size).toBeGreaterThanOrEqual(200);
  });

  it.each(payloads)("%j links, formats and runs nothing in Markdown", (payload) => {
    const markdown = printMarkdown(reportWith(payload), [["Browser", payload]]);
    const html = micromark(markdown, {
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
      // Shown as it would run if a renderer let it.
      allowDangerousHtml: true,
      allowDangerousProtocol: true,
    });
    const tagsOf = (text: string) => [...text.matchAll(/<(?!\/?code\b)[^>]+>/g)].map(([tag]) => tag);
    expect(tagsOf(html)).toEqual(tagsOf(benignHtml));
    const outsideCode = html.replace(/<code[^>]*>[\s\S]*?<\/code>/g, "").replace(/<a [\s\S]*?<\/a>/g, "");
    expect(outsideCode).not.toMatch(/evil|@everyone|#1|GH-1|deadbeef/);
    expect(markdown).not.toMatch(/[^\n\P{Cc}]|\p{Cf}|\p{Cs}/u);
  });

  it.each(payloads)("%j moves no cursor and breaks no line in a terminal", (payload) => {
    const text = printText(reportWith(payload));
    expect(text).not.toMatch(/[^\n\P{Cc}]|\p{Cf}|\p{Cs}/u);
    expect(text.split("\n")).toHaveLength(benignText.split("\n").length);
    const painted = printText(reportWith(payload), coloured);
    const codes = painted.split("\u001b[").slice(1);
    for (const code of codes) expect(code).toMatch(/^\d+m/);
    expect(painted.split("\u001b")).toHaveLength(codes.length + 1);
  });

  it("runs nothing when the command is pasted into a shell", () => {
    const script = payloads.map((payload) => commandOf(printText(reportWith(payload)))).join("\n");
    const lines = script.split("\n");
    expect(lines).toHaveLength(payloads.length);
    // Stands for curl and prints how many words it was given.
    const { stdout, stderr } = spawnSync("/bin/sh", ["-s"], {
      input: `curl() { echo "$#"; }\n${script}\n`,
      encoding: "utf8",
      env: { PATH: "" },
    });
    expect(stderr).toBe("");
    expect(stdout.trim().split("\n")).toEqual(payloads.map(() => "4"));
  });

  it.each(payloads)("%j survives JSON on one line", (payload) => {
    const line = JSON.stringify(buildJsonReport("file.har", [reportWith(payload)]));
    expect(line).not.toContain("\n");
    expect((JSON.parse(line) as ReturnType<typeof buildJsonReport>).flows[0]?.findings[0]?.summary).toBe(payload);
  });
});
