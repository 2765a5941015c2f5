import { mkdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { build } from "wxt";
import { launch } from "@/test/e2e/browser.ts";
import { startLab } from "@/test/servers/lab.ts";
import { pictureFonts } from "./gallery.ts";

/** A page of this size in which times are written for the same reader on every machine. */
async function openPage(context: BrowserContext, size: { readonly width: number; readonly height: number }) {
  const page = await context.newPage();
  await page.setViewportSize(size);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setLocaleOverride", { locale: "en-GB" });
  await session.send("Emulation.setTimezoneOverride", { timezoneId: "UTC" });
  return page;
}

/** Two pixels for one. */
async function takePicture(page: Page): Promise<Buffer> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const session = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, width, height, scale: 2 };
  const { data } = await session.send("Page.captureScreenshot", { clip });
  return Buffer.from(data, "base64");
}

/** The pictures in the README: the built extension on a real server that does not know the client. */
export async function takeDocumentationImages(): Promise<void> {
  const folder = fileURLToPath(new URL("../docs/images", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const built = await mkdtemp(join(tmpdir(), "hopscope-images-"));
  await build({ outDir: built });
  const lab = await startLab();
  const browser = await launch({ extension: join(built, "chrome-mv3"), grant: "all", args: lab.browserArgs });
  const save = async (page: Page, name: string, selector: string) => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.locator(selector).first().waitFor();
    await page.waitForLoadState("networkidle");
    // A style of the document itself would be refused: the pages' security policy.
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    }, pictureFonts);
    await writeFile(join(folder, `${name}.png`), await takePicture(page));
  };
  try {
    const attempt = await lab.flows.find(({ id }) => id === "mcp-typescript-sdk-unknown-client")?.start();
    const failed = await browser.context.newPage();
    const tabId = await browser.tabIdOf(failed);
    await attempt?.drive(failed);
    const popup = await openPage(browser.context, { width: 380, height: 600 });
    await popup.goto(`chrome-extension://${browser.id}/popup.html?tab=${tabId}`);
    await save(popup, "popup-unknown-client", '[data-finding="unknown-client"]');
    const flowId = (await popup.locator("[data-flow]").first().getAttribute("data-flow")) ?? "";
    const inspector = await openPage(browser.context, { width: 1280, height: 580 });
    await inspector.goto(
      `chrome-extension://${browser.id}/inspector.html#/flow/${encodeURIComponent(flowId)}/sequence`,
    );
    await save(inspector, "inspector-unknown-client", "[role=tabpanel] svg");
    const finding = await openPage(browser.context, { width: 900, height: 820 });
    await finding.goto(`chrome-extension://${browser.id}/inspector.html#/finding/unknown-client`);
    await save(finding, "finding-unknown-client", ".finding-page h3");
    await attempt?.stop();
  } finally {
    await browser.close();
    await lab.stop();
    await rm(built, { recursive: true, force: true });
  }
}
