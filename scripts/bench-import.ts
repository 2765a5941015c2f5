import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launch } from "@/test/e2e/browser.ts";
import { generate } from "./generate-har.ts";

// The extension as `bench.ts` built it.
const extension = join(process.cwd(), ".output", "chrome-mv3");

for (const megabytes of [10, 50, 100]) await importing(megabytes);

/** How long the inspector's main thread was kept from anything else while it imports a recording of so many megabytes. */
async function importing(megabytes: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "hopscope-bench-"));
  const browser = await launch({ extension, grant: "none" });
  try {
    const file = join(folder, "recording.har");
    await writeFile(file, generate(megabytes, 20));
    const page = await browser.context.newPage();
    await page.goto(`chrome-extension://${browser.id}/inspector.html#/import`);
    await page.waitForSelector('input[type="file"]', { state: "attached" });
    await page.evaluate(() => {
      const root = document.documentElement.dataset;
      root.tasks = "0";
      // Tasks of 50 ms and more (W3C Long Tasks).
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) root.tasks = String(Math.max(Number(root.tasks), duration));
      }).observe({ type: "longtask" });
    });
    await control(page);
    const start = performance.now();
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.locator(".import-file").getByText("Entries used").waitFor({ timeout: 120_000 });
    const spent = performance.now() - start;
    const longest = await longestTask(page);
    console.log(
      `inspector, import of ${megabytes} MB: shown after ${spent.toFixed(0)} ms, ${longest === 0 ? "no task of 50 ms or more on the main thread" : `longest task ${longest.toFixed(0)} ms`}`,
    );
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function longestTask(page: Page): Promise<number> {
  return Number(await page.locator("html").getAttribute("data-tasks"));
}

/** A task of 80 ms on purpose: an observer that misses it would find every import quick. */
async function control(page: Page): Promise<void> {
  // In a task of the page's own: what DevTools evaluates is reported for none.
  await page.evaluate(() => {
    setTimeout(() => {
      const end = performance.now() + 80;
      while (performance.now() < end);
    });
  });
  await page.waitForFunction(() => Number(document.documentElement.dataset.tasks) >= 80, undefined, { timeout: 5_000 });
  await page.evaluate(() => {
    document.documentElement.dataset.tasks = "0";
  });
}
