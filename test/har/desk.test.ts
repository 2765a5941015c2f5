import { expect, test } from "vitest";
import { createDesk } from "@/lib/har/desk.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { bytesOf, readRecording, recordings } from "./recordings.ts";

const { redact } = createRedactor({ id: "test", bytes: new Uint8Array(32).fill(3) }, { readHtml });
const name = recordings.find((recording) => recording.includes("unknown-client")) ?? "";
const chosen = (fileName: string, text: string) => ({ name: fileName, size: text.length, source: [bytesOf(text)] });

async function deskWith(...files: readonly ReturnType<typeof chosen>[]) {
  const desk = createDesk(redact);
  await desk.add(files, {});
  return desk;
}

test("a recording lies open with its counts and attempts; opened again it replaces itself", async () => {
  const file = chosen(name, readRecording(name));
  const desk = await deskWith(file);
  const [first] = desk.files();
  if (first?.kind !== "read") throw new Error("the recording was refused");
  expect(first.entries.used).toBeGreaterThan(0);
  expect(first.attempts).toMatchObject([{ state: "not-connected", isImported: true, unread: false, tabIds: [] }]);
  await desk.add([chosen(name, readRecording(name)), chosen("copy.har", readRecording(name))], {});
  expect(desk.files()).toHaveLength(1);
});

test("what the preview counts is what the file holds and what an import of it counts", async () => {
  const desk = await deskWith(chosen(name, readRecording(name)));
  const [file] = desk.files();
  const flowId = file?.kind === "read" ? (file.attempts[0]?.flowId ?? "") : "";
  const prepared = desk.prepareExport(flowId, "0.0.0");
  if (!prepared) throw new Error("nothing was prepared");
  const { contents, text } = prepared;
  expect(JSON.parse(text.har).log.entries).toHaveLength(contents.entries);
  expect(contents.replaced.map(({ name: parameter }) => parameter)).toContain("state");
  expect(JSON.parse(text.json).flows).toHaveLength(1);
  expect(text.markdown).toContain("Not connected");

  const again = await deskWith(chosen("exported.har", text.har));
  const [reread] = again.files();
  expect(reread).toMatchObject({ entries: { used: contents.entries, unreadable: 0 } });
  expect(again.report(flowId)?.diagnosis.findings.map(({ id }) => id)).toEqual(
    desk.report(flowId)?.diagnosis.findings.map(({ id }) => id),
  );
});

test("a file that is no HAR is named beside the others; an attempt that is not open gives nothing", async () => {
  const desk = await deskWith(chosen(name, readRecording(name)), chosen("page.har", "<html>"));
  expect(desk.files().map(({ kind }) => kind)).toEqual(["read", "refused"]);
  expect(desk.report("elsewhere")).toBeUndefined();
  expect(desk.prepareExport("elsewhere", "0.0.0")).toBeUndefined();
});

test("cancelling leaves what was open before, and nothing of the new file", async () => {
  const desk = await deskWith(chosen(name, readRecording(name)));
  const cancelling = new AbortController();
  const other = recordings.find((recording) => recording.includes("denied")) ?? "";
  const adding = desk.add([chosen(other, readRecording(other))], {
    signal: cancelling.signal,
    pause: async () => cancelling.abort(),
  });
  await expect(adding).rejects.toThrow();
  expect(desk.files().map((file) => file.name)).toEqual([name]);
});
