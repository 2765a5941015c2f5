import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Lab, startLab } from "../servers/lab.ts";
import { executablePath, launch } from "./browser.ts";
import { expectShown } from "./read.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.stop());

const failing = ["mcp-typescript-sdk-unknown-client", "oidc-provider-redirect-path"] as const;

test.each(failing)("installed with an error page already open, no site granted: %s", async (id) => {
  const flow = lab.flows.find((candidate) => candidate.id === id);
  const attempt = await flow?.start();
  const profile = await mkdtemp(join(tmpdir(), "hopscope-explain-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executablePath(),
    headless: true,
    args: ["--enable-unsafe-extension-debugging", ...lab.browserArgs],
    ignoreDefaultArgs: ["--disable-extensions"],
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await attempt?.drive(page);
    const devtools = await context.browser()?.newBrowserCDPSession();
    if (!devtools) throw new Error("The browser gives no session of its own");
    // Not in Playwright's types yet.
    const send = devtools.send.bind(devtools) as (
      method: string,
      parameters: object,
    ) => Promise<Record<string, unknown>>;
    // Installing opens the first-run tab; the user goes back to the error.
    const firstRun = context.waitForEvent("page");
    const { id: extension } = await send("Extensions.loadUnpacked", { path: inject("extension") });
    await (await firstRun).waitForURL(/\/welcome\.html$/);
    await page.bringToFront();
    const { targetInfos } = (await send("Target.getTargets", { filter: [{ type: "tab" }] })) as {
      targetInfos: { targetId: string; url: string }[];
    };
    const tab = targetInfos.find(({ url }) => url === page.url());
    await send("Extensions.triggerAction", { id: extension, targetId: tab?.targetId });

    const bench = await context.newPage();
    await bench.goto(`chrome-extension://${extension}/manifest.json`);
    const tabId = await bench.evaluate(async (address) => {
      const tabs = await chrome.tabs.query({});
      // Only the tab that was clicked on shows its address.
      return tabs.find(({ url }) => url === address)?.id;
    }, page.url());
    const popup = await context.newPage();
    await popup.goto(`chrome-extension://${extension}/popup.html?tab=${tabId}`);
    await expectShown(popup, { state: "not-connected", finding: flow?.expected.finding ?? "" });
    expect(await bench.evaluate(() => chrome.permissions.getAll())).toMatchObject({ origins: [] });
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
    await attempt?.stop();
  }
});

test("an error text that was pasted is explained, and nothing of it is stored", async () => {
  const browser = await launch({ extension: inject("extension"), grant: "none" });
  try {
    const popup = await browser.openPopup();
    const state = "pasted-state-0123456789abcdefghij";
    const box = popup.getByRole("textbox");
    if (!(await box.isVisible())) await popup.getByText("Explain an address or an error text").click();
    await box.fill(
      `https://mcp.example.com/authorize?response_type=code&client_id=abc&state=${state}\n\n{"error":"invalid_client","error_description":"Invalid client_id"}`,
    );
    await popup.getByRole("button", { name: "Explain", exact: true }).click();
    await expectShown(popup, { state: "not-connected", finding: "unknown-client" });
    const stored = await browser.bench.evaluate(async () =>
      JSON.stringify([await chrome.storage.local.get(null), await chrome.storage.session.get(null)]),
    );
    expect(stored).not.toContain(state);
  } finally {
    await browser.close();
  }
});
