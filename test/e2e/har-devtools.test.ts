import { createServer } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBrowser } from "../../scripts/find-browser.ts";
import { exportImport, importText, readRecording, recordings } from "../har/recordings.ts";

let browser: Browser;
let devTools: Page;

/** DevTools loads its modules from the browser's own server; the page needs no target to import a file. */
beforeAll(async () => {
  const port = await freePort();
  const found = findBrowser();
  if (!found) throw new Error("no Chromium was found");
  browser = await chromium.launch({
    executablePath: found.path,
    args: [`--remote-debugging-port=${port}`, "--remote-allow-origins=*"],
  });
  devTools = await browser.newPage();
  await devTools.goto(`http://127.0.0.1:${port}/devtools/devtools_app.html`);
});

afterAll(() => browser?.close());

it.each(recordings)("%s, exported, opens in Chromium's DevTools with every entry", async (name) => {
  const content = await importText(readRecording(name));
  const read = await openInDevTools(exportImport(content));
  expect(read).toHaveLength(content.entries.used);
  for (const { url, status, type } of read) {
    expect(url).toMatch(/^https?:\/\/127\.0\.0\.1:\d+\//);
    expect(status).toBeGreaterThanOrEqual(0);
    expect(type).toBe("document");
  }
});

it("is the importer that it should be: what HAR 1.2 requires, it requires", async () => {
  await expect(openInDevTools('{"log": {"entries": []}}')).rejects.toThrow(/object/);
});

interface ReadRequest {
  readonly url: string;
  readonly status: number;
  readonly type: string;
}

/** As the Network panel does it: parse the file, then make its requests. */
function openInDevTools(text: string): Promise<readonly ReadRequest[]> {
  return devTools.evaluate<readonly ReadRequest[]>(`(async () => {
    const har = await import("./models/har/har.js");
    const root = new har.HARFormat.HARRoot(JSON.parse(${JSON.stringify(text)}));
    return har.Importer.Importer.requestsFromHARLog(root.log).map((request) => ({
      url: request.url(),
      status: request.statusCode,
      type: request.resourceType().name(),
    }));
  })()`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
