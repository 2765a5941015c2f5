import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build } from "wxt";
import { launch } from "@/test/e2e/browser.ts";
import { startLab } from "@/test/servers/lab.ts";

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
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };
  try {
    const attempt = await lab.flows.find(({ id }) => id === "mcp-typescript-sdk-unknown-client")?.start();
    const failed = await browser.context.newPage();
    const tabId = await browser.tabIdOf(failed);
    await attempt?.drive(failed);
    const popup = await browser.openPopup(tabId);
    await save(popup, "popup-unknown-client", '[data-finding="unknown-client"]');
    const flowId = (await popup.locator("[data-flow]").first().getAttribute("data-flow")) ?? "";
    const inspector = await browser.context.newPage();
    await inspector.setViewportSize({ width: 1480, height: 820 });
    await inspector.goto(
      `chrome-extension://${browser.id}/inspector.html#/flow/${encodeURIComponent(flowId)}/sequence`,
    );
    await save(inspector, "inspector-unknown-client", "[role=tabpanel] svg");
    await inspector.setViewportSize({ width: 900, height: 820 });
    await inspector.goto(`chrome-extension://${browser.id}/inspector.html#/finding/unknown-client`);
    await save(inspector, "finding-unknown-client", ".finding-page h3");
    await attempt?.stop();
  } finally {
    await browser.close();
    await lab.stop();
    await rm(built, { recursive: true, force: true });
  }
}
