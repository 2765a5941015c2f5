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
 * Renders every state of every screen, light and dark, with made-up attempts, checks each with axe and for a
 * horizontal scroll bar, and keeps the pictures in `screenshots/`. `npm run screenshots -- popup-failure` for some,
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
const popupSize: Size = { name: "380", width: 380, height: 600 };
const pageSizes: readonly Size[] = [
  { name: "1280", width: 1280, height: 900 },
  // What 1024 px at 200 % zoom, and a narrow side panel, come down to.
  { name: "512", width: 512, height: 900 },
];

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
let problems = 0;
try {
  for (const { name, surface } of scenes) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
    for (const size of surface === "popup" ? [popupSize] : pageSizes) {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await browser.newPage({
          viewport: { width: size.width, height: size.height },
          deviceScaleFactor: 2,
          colorScheme,
        });
        problems += await capture(page, name, `${name}-${size.name}-${colorScheme}`);
        await page.close();
      }
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

async function capture(page: Page, scene: string, file: string): Promise<number> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${base}?scene=${scene}`);
  await page.waitForSelector("h1, h2");
  // Fonts differ between machines; these two come with most Linux systems and measure like Arial and Courier.
  await page.addStyleTag({
    content: ':root { --font: "Liberation Sans", Arial; --font-mono: "Liberation Mono", "Courier New" }',
  });
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: `${folder}/${file}.png` });
  // A popup shows 600 px at a time; the second picture shows all of it.
  await page.addStyleTag({
    content: ".popup { max-height: none !important } .popup-body { overflow: visible !important }",
  });
  await page.screenshot({ path: `${folder}/${file}-whole.png`, fullPage: true });
  await page.addScriptTag({ content: axe });
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    const scrolls = document.documentElement.scrollWidth > document.documentElement.clientWidth;
    return [
      ...violations.map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
      ...(scrolls ? ["scrolls sideways"] : []),
    ];
  });
  const expected = scene.includes("failed-itself");
  const all = [...found, ...(expected ? [] : errors)];
  for (const problem of all) console.log(`${file}: ${problem}`);
  return all.length;
}
