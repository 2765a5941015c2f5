import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { readRecording, recordings } from "../har/recordings.ts";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { storedObservations } from "./read.ts";

let browser: ExtensionBrowser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hopscope-import-"));
  browser = await launch({ extension: inject("extension"), grant: "none" });
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function openInspector(place: string, from = browser): Promise<Page> {
  const page = await from.context.newPage();
  await page.goto(`chrome-extension://${from.id}/inspector.html#/${place}`);
  return page;
}

async function choose(page: Page, files: readonly string[]): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles([...files]);
}

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const name = recordings.find((recording) => recording.includes("unknown-client")) ?? "";

test("a recording is read in a worker, shown, exported, kept, and read again elsewhere with the same report", async () => {
  const path = await write("support.har", readRecording(name));
  const page = await openInspector("import");
  await choose(page, [path]);
  const file = page.locator(".import-file");
  await file.getByText("Entries used").waitFor();
  expect(page.workers()).toHaveLength(1);
  const flowId = await file.locator("[data-flow]").first().getAttribute("data-flow");
  expect(await storedObservations(browser)).toEqual([]);

  // The same views, marked as imported.
  await file.locator("[data-flow]").first().click();
  const view = page.locator("article.flow");
  await view.waitFor();
  const headline = await view.locator("[data-finding]").first().getAttribute("data-finding");
  const state = await view.getAttribute("data-state");
  const row = page.locator(`.flow-row[data-flow="${flowId}"]`);
  expect(await row.textContent()).toContain("Imported");

  // The preview counts what the file then has.
  await page.getByRole("button", { name: "Export trace" }).click();
  const dialog = page.getByRole("dialog", { name: "Export this attempt" });
  const count = Number(await dialog.locator("[data-count]").getAttribute("data-count"));
  const downloading = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save the file" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^hopscope-[\dT-]+\.har$/);
  const exported = await readFile(await download.path(), "utf8");
  expect(JSON.parse(exported).log.entries).toHaveLength(count);
  await dialog.waitFor({ state: "detached" });

  // Kept, it is there after the page was closed.
  await page.getByRole("link", { name: "Import", exact: true }).click();
  await page.getByRole("button", { name: "Keep in this browser" }).first().click();
  await page.getByText("Kept in this browser").waitFor();
  await page.close();
  const later = await openInspector("");
  await later.locator(`.flow-row[data-flow="${flowId}"]`).waitFor();
  expect(await later.locator(`.flow-row[data-flow="${flowId}"]`).textContent()).toContain("Imported");
  await later.close();

  const other = await launch({ extension: inject("extension"), grant: "none" });
  try {
    const elsewhere = await openInspector("import", other);
    await choose(elsewhere, [await write("exported.har", exported)]);
    await elsewhere.locator(".import-file [data-flow]").first().click();
    const again = elsewhere.locator("article.flow");
    await again.waitFor();
    expect(await again.locator("[data-finding]").first().getAttribute("data-finding")).toBe(headline);
    expect(await again.getAttribute("data-state")).toBe(state);
  } finally {
    await other.close();
  }
}, 120_000);

test("several files, packed ones too, are opened together; what is no HAR says what it is", async () => {
  const packed = await write("packed.har.gz", gzipSync(readRecording(name)));
  const wrong = await write("page.har", "<html>not a recording</html>");
  const page = await openInspector("import");
  await choose(page, [packed, wrong]);
  await page.locator('.import-file[data-kind="read"]').waitFor();
  expect(await page.getByRole("alert").textContent()).toContain("This is a web page or XML, not a HAR file.");
  await page.close();
});

test("reading a large file can be cancelled, and leaves nothing", async () => {
  const entry = (time: number) => ({
    startedDateTime: "2026-01-05T09:00:00.000Z",
    time,
    request: { method: "GET", url: "https://auth.example/authorize?client_id=a&response_type=code", headers: [] },
    response: { status: 400, headers: [], content: { mimeType: "text/plain", text: "x".repeat(20_000) } },
  });
  const large = await write(
    "large.har",
    JSON.stringify({ log: { entries: Array.from({ length: 4_000 }, (_, time) => entry(time)) } }),
  );
  const page = await openInspector("import");
  await choose(page, [large]);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Cancelled. Nothing of these files was kept.").waitFor();
  expect(await page.locator(".import-file").count()).toBe(0);
  await page.getByText("Choose files").waitFor();
  await page.close();
});
