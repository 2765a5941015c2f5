import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { startLab } from "../test/servers/lab.ts";

// Records the lab's attempts as raw HAR files, by Playwright and by Chromium's own DevTools.
// Every secret in them was made up by the lab and died with it.

const folder = "test/fixtures/har";
const port = 9_333;
/** Recorded by DevTools too; one of each ending is enough to pin its dialect. */
const alsoByDevTools = /unknown-client|denied|nobody-listens|healthy$/;

await mkdir(folder, { recursive: true });
const lab = await startLab();
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  args: [...lab.browserArgs, `--remote-debugging-port=${port}`, "--remote-allow-origins=*"],
});
try {
  for (const flow of lab.flows) {
    await record(`${flow.id}.playwright.har`, async (path) => {
      const context = await browser.newContext({ recordHar: { path, content: "embed", mode: "full" } });
      await drive(flow, await context.newPage());
      await context.close();
    });
    if (!alsoByDevTools.test(flow.id)) continue;
    await record(`${flow.id}.devtools.har`, (path) =>
      recordWithDevTools(browser, path, (page) => drive(flow, page), false),
    );
    await record(`${flow.id}.devtools-sanitized.har`, (path) =>
      recordWithDevTools(browser, path, (page) => drive(flow, page), true),
    );
  }
} finally {
  await browser.close();
  await lab.stop();
}

async function record(name: string, write: (path: string) => Promise<void>): Promise<void> {
  const path = join(folder, name);
  await rm(path, { force: true });
  await write(path);
  console.log(name);
}

async function drive(flow: (typeof lab.flows)[number], page: Page): Promise<void> {
  const attempt = await flow.start();
  await attempt.drive(page);
  await page.waitForLoadState("load").catch(() => undefined);
  await attempt.stop();
}

/** Opens DevTools on a new page, drives the page, and has DevTools write what it saw. */
async function recordWithDevTools(
  launched: Browser,
  path: string,
  run: (page: Page) => Promise<void>,
  isSanitized: boolean,
): Promise<void> {
  const context = await launched.newContext();
  const page = await context.newPage();
  await page.goto("about:blank");
  const devTools = await openDevTools(context, await targetOf(page));
  await run(page);
  await page.waitForTimeout(500);
  const log = await devTools.evaluate<string>(writeLog(isSanitized));
  await writeFile(path, `${log}\n`);
  await context.close();
}

/** Runs inside DevTools, with modules that only its own server knows; bodies are added as its HAR writer does. */
function writeLog(isSanitized: boolean): string {
  return `(async () => {
  const har = await import("./models/har/har.js");
  const { NetworkLog } = await import("./models/logs/logs.js");
  const requests = NetworkLog.NetworkLog.instance().requests();
  const log = await har.Log.Log.build(requests, { sanitize: ${isSanitized} });
  for (const [index, request] of requests.entries()) {
    if (log.entries[index].response._error) continue;
    const content = await request.requestContentData();
    if (content.isTextContent) log.entries[index].response.content.text = content.text;
  }
  return JSON.stringify({ log }, null, 2);
})()`;
}

async function openDevTools(context: BrowserContext, target: string): Promise<Page> {
  const page = await context.newPage();
  const socket = `127.0.0.1:${port}/devtools/page/${target}`;
  const ready = page.waitForEvent("console", (message) => message.text().startsWith("Main._lateInitialization"));
  await page.goto(`http://127.0.0.1:${port}/devtools/devtools_app.html?ws=${socket}&panel=network`);
  await ready;
  // Without "Preserve log" a recording holds the last page only.
  await page.evaluate(`(async () => {
    const { Settings } = await import("./core/common/common.js");
    Settings.Settings.instance().moduleSetting("network-log.preserve-log").set(true);
  })()`);
  return page;
}

async function targetOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send("Target.getTargetInfo");
  await session.detach();
  return targetInfo.targetId;
}
