import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "wxt";
import { type ExtensionBrowser, launch } from "@/test/e2e/browser.ts";
import { type Lab, type LabFlow, startLab } from "@/test/servers/lab.ts";
import { findBrowser } from "./find-browser.ts";

const isHeadless =
  process.argv.includes("--headless") ||
  (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY);
const pictures = "demo-output";

const isBranded = findBrowser()?.isBranded === true;
const extension = join(process.cwd(), ".output", "chrome-mv3");
console.log("Building the extension …");
await build({ debug: false });
console.log("Starting real authorization servers on loopback …");
const lab = await startLab();
const browser = await launch({
  extension,
  grant: isBranded && !isHeadless ? "none" : "all",
  args: lab.browserArgs,
  ...(!isHeadless && { window: {} }),
});
try {
  if (isHeadless) process.exitCode = (await runAll(lab, browser)) ? 0 : 1;
  else await leaveToTheUser(lab, browser);
} finally {
  await browser.close().catch(() => undefined);
  await lab.stop();
}

async function leaveToTheUser({ startUrl }: Lab, { context, bench }: ExtensionBrowser): Promise<void> {
  const closed = new Promise<void>((resolve) => context.once("close", () => resolve()));
  await bench.goto(startUrl);
  await bench.bringToFront();
  if (isBranded) console.log("First allow Hopscope on every site, on the tab that it opened.");
  console.log(
    `Pick a flow on ${startUrl}, then click Hopscope's icon, or its row under the puzzle piece. Close the browser to end the demo.`,
  );
  await closed;
}

/** Drives every flow as a person would and prints what the popup says of it; false when one is not as expected. */
async function runAll({ flows }: Lab, running: ExtensionBrowser): Promise<boolean> {
  await rm(pictures, { recursive: true, force: true });
  await mkdir(pictures, { recursive: true });
  let isAsExpected = true;
  for (const flow of flows) isAsExpected = (await show(flow, running)) && isAsExpected;
  console.log(`\nPopup screenshots: ${pictures}/`);
  return isAsExpected;
}

async function show(flow: LabFlow, { context, openPopup, tabIdOf }: ExtensionBrowser): Promise<boolean> {
  const attempt = await flow.start();
  const page = await context.newPage();
  const tab = await tabIdOf(page);
  await attempt.drive(page);
  if (flow.expected.state === "incomplete") await page.close();
  const popup = await openPopup(tab);
  const shown = popup.locator(`[data-flow][data-state="${flow.expected.state}"]`).first();
  const isShown = await shown.waitFor({ timeout: 15_000 }).then(
    () => true,
    () => false,
  );
  const finding = popup.locator("[data-finding]").first();
  if (flow.expected.finding !== undefined) await finding.waitFor({ timeout: 15_000 }).catch(() => undefined);
  const found = (await finding.count()) > 0;
  const id = found ? await finding.getAttribute("data-finding") : null;
  const certainty = found ? await finding.getAttribute("data-certainty") : null;
  const [evidence = ""] = await finding.locator("[data-evidence]").allInnerTexts();
  await popup.screenshot({ path: join(pictures, `${flow.id}.png`), fullPage: true });
  const isRight = isShown && (flow.expected.finding ?? null) === id;
  const verdict = id ? `${id} (${certainty})` : "no finding";
  const said = evidence
    .split(/\s*\n\s*/)
    .filter(Boolean)
    .join(" · ")
    .slice(0, 160);
  console.log(
    `${isRight ? "ok  " : "FAIL"} ${flow.id}: ${flow.expected.state}, ${verdict}${said && `\n       ${said}`}`,
  );
  await popup.close();
  await page.close();
  await attempt.stop();
  return isRight;
}
