import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { build, type InlineConfig, preview } from "vite";
import { scenes } from "@/test/components/gallery/scenes.tsx";
import { takeDocumentationImages } from "./documentation-images.ts";
import { findBrowser } from "./find-browser.ts";

/**
 * Renders every state of every screen, light and dark, with made-up attempts, checks each with axe, for a horizontal
 * scroll bar and for text that is cut off, and keeps the pictures in `screenshots/`. `npm run screenshots -- popup-failure` for some,
 * `-- documentation` for the pictures in the README alone.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}screenshots`;
const wanted = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const executablePath = findBrowser()?.path;

interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}
const popupSizes: readonly Size[] = [
  { name: "380", width: 380, height: 600 },
  // At 200 % zoom the browser still gives a popup no more than 600 pixels of height.
  { name: "380-zoomed", width: 380, height: 300 },
];
const pageSizes: readonly Size[] = [
  { name: "1024", width: 1024, height: 768 },
  // What 1024 px at 200 % zoom come down to.
  { name: "512", width: 512, height: 900 },
  { name: "380", width: 380, height: 900 },
];

// Pictures of states that are no more would be taken for current ones.
if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
// Built rather than served from source: a file saved meanwhile must not reload a page under the camera.
const outDir = mkdtempSync(join(tmpdir(), "hopscope-gallery-"));
const gallery = {
  root: `${root}test/components/gallery`,
  configFile: false,
  logLevel: "error",
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  build: { outDir, emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 1_000 },
  preview: { port: 0, host: "127.0.0.1" },
} satisfies InlineConfig;
await build(gallery);
const server = await preview(gallery);
const [base] = server.resolvedUrls?.local ?? [];
if (base === undefined) throw new Error("The page server did not start");

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
    for (const size of surface === "popup" ? popupSizes : pageSizes) {
      const page = await context.newPage();
      await page.setViewportSize({ width: size.width, height: size.height });
      problems += await capture(page, name, size);
      await page.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(outDir, { recursive: true, force: true });
}
if (wanted.length === 0 || wanted.includes("documentation")) await takeDocumentationImages();
console.log(problems === 0 ? "No problems." : `${problems} problems.`);
process.exitCode = problems === 0 ? 0 : 1;

async function capture(page: Page, scene: string, size: Size): Promise<number> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${base}?scene=${scene}`);
  await page.waitForSelector("h1, h2");
  // Fonts differ between machines; these two come with most Linux systems and measure like Arial and Courier.
  await page.addStyleTag({
    content: ':root { --font: "Liberation Sans", Arial; --font-mono: "Liberation Mono", "Courier New" }',
  });
  await page.waitForLoadState("networkidle");
  await page.addScriptTag({ content: axe });
  const name = `${scene}-${size.name}`;
  const found: string[] = scene.includes("failed-itself") ? [] : errors.map((error) => `${name}: ${error}`);
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

async function problemsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    // Anything cut off sideways without a way to scroll there is lost, whether or not the page itself scrolls.
    const cut = [...document.querySelectorAll("body *:not(.visually-hidden, .leg-bar, .popup-body, thead)")].filter(
      (element) => {
        const { overflowX, textOverflow } = getComputedStyle(element);
        return overflowX === "hidden" && textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1;
      },
    );
    const scrolls = document.documentElement.scrollWidth > document.documentElement.clientWidth;
    const body = document.querySelector(".popup-body, .screen, .check, .inspector-detail");
    return [
      ...violations.map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
      ...(scrolls || (body && body.scrollWidth > body.clientWidth + 1) ? ["scrolls sideways"] : []),
      ...cut.map((element) => `cuts off ${element.outerHTML.slice(0, 120)}`),
    ];
  });
}
