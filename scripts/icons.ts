/** Draws public/icon/icon.svg at the sizes the manifest names: `npx tsx scripts/icons.ts`. */
import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { findBrowser } from "./find-browser.ts";

const found = findBrowser();
if (!found) throw new Error("No Chromium-family browser found; set CHROME_PATH");
const svg = await readFile("public/icon/icon.svg", "utf8");
const browser = await chromium.launch({ executablePath: found.path });
try {
  for (const size of [16, 32, 48, 128]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    await writeFile(`public/icon/${size}.png`, await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
