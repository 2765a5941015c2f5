import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { scenes } from "@/test/components/gallery/scenes.tsx";
import { takeDocumentationImages } from "./documentation-images.ts";
import { findBrowser } from "./find-browser.ts";
import { openGallery, problemsOf, type Size, sizes } from "./gallery.ts";

/**
 * Renders every state of every screen, light and dark, with made-up attempts, checks each with axe, for a horizontal
 * scroll bar and for text that is cut off, and keeps the pictures in `screenshots/`. `npm run screenshots -- popup-failure` for some,
 * `-- documentation` for the pictures in the README alone.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}screenshots`;
const wanted = process.argv.slice(2);
const executablePath = findBrowser()?.path;

// Pictures of states that are no more would be taken for current ones.
if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const gallery = await openGallery();
const browser = await chromium.launch({ ...(executablePath && { executablePath }) });
// Times and dates are written for the reader, who is the same one on every machine here.
const context = await browser.newContext({
  deviceScaleFactor: 2,
  locale: "en-GB",
  timezoneId: "UTC",
  reducedMotion: "reduce",
});
let problems = 0;
try {
  for (const { name, surface } of scenes) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
    // A fresh page for each size, since some things decide at the start what to show; colours follow at once.
    for (const size of sizes[surface]) {
      const page = await context.newPage();
      problems += await capture(page, name, size);
      await page.close();
    }
  }
} finally {
  await browser.close();
  await gallery.close();
}
if (wanted.length === 0 || wanted.includes("documentation")) await takeDocumentationImages();
console.log(problems === 0 ? "No problems." : `${problems} problems.`);
process.exitCode = problems === 0 ? 0 : 1;

async function capture(page: Page, scene: string, size: Size): Promise<number> {
  const errors = await gallery.show(page, scene, size);
  const name = `${scene}-${size.name}`;
  const found = errors.map((error) => `${name}: ${error}`);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
    for (const problem of await problemsOf(page)) found.push(`${name}-${colorScheme}: ${problem}`);
  }
  // The second picture shows all of what scrolls, where there is more than fits.
  await page.emulateMedia({ colorScheme: "light" });
  const whole = await page.addStyleTag({
    content: `.popup, .inspector { height: auto !important; max-height: none !important }
      .popup-body, .screen, .check, .inspector-detail { overflow: visible !important }`,
  });
  const isMore = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight);
  if (isMore) await page.screenshot({ path: `${folder}/${name}-whole.png`, fullPage: true });
  await whole.dispose();
  for (const problem of found) console.log(problem);
  return found.length;
}
