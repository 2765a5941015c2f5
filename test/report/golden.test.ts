import { expect, it } from "vitest";
import { printMarkdown } from "@/lib/report/markdown.ts";
import { printText } from "@/lib/report/text.ts";
import { diagnoseImport, importText, readRecording, recordings } from "../har/recordings.ts";

const byPlaywright = recordings.filter((name) => name.endsWith(".playwright.har"));

/** Every change of wording or judgement is one reviewable difference here; `vitest -u` writes them anew. */
it.each(byPlaywright)("%s is reported as written down", async (name) => {
  const reports = diagnoseImport(await importText(readRecording(name)));
  const text = reports.map((report) => printText(report)).join("\n");
  await expect(text).toMatchFileSnapshot(`./golden/${name.replace(/\.playwright\.har$/, ".txt")}`);
});

it("is written for a bug tracker as well", async () => {
  const [report] = diagnoseImport(await importText(readRecording("mcp-typescript-sdk-unknown-client.playwright.har")));
  if (!report) throw new Error("the recording has no attempt");
  const markdown = printMarkdown(report, [
    ["Hopscope", "1.0.0"],
    ["Browser", "Chromium 156"],
  ]);
  await expect(markdown).toMatchFileSnapshot("./golden/mcp-typescript-sdk-unknown-client.md");
});
