import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Lab, startLab } from "../servers/lab.ts";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { askAndAllow, openDisplay } from "./display.ts";
import { attemptsOf } from "./read.ts";

let lab: Lab;
let browser: ExtensionBrowser;
let inspector: Page;

beforeAll(async () => {
  lab = await startLab();
  browser = await launch({ extension: inject("extension"), grant: "all", args: lab.browserArgs });
  inspector = await browser.context.newPage();
  await inspector.goto(`chrome-extension://${browser.id}/inspector.html#/alerts`);
});
afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

async function run(id: string, state: string, opened = browser): Promise<void> {
  const attempt = await lab.flows.find((flow) => flow.id === id)?.start();
  if (!attempt) throw new Error(`The lab has no flow ${id}`);
  const page = await opened.context.newPage();
  try {
    const tabId = await opened.tabIdOf(page);
    await attempt.drive(page);
    await expect.poll(async () => (await attemptsOf(opened, tabId))[0]?.state, { timeout: 15_000 }).toBe(state);
  } finally {
    await page.close();
    await attempt.stop();
  }
}

const goTo = (screen: string) => inspector.goto(`chrome-extension://${browser.id}/inspector.html#/${screen}`);

test("failures become alerts of their kind that lead to their attempt, and stay away once cleared", async () => {
  await inspector.getByRole("heading", { name: "No alert" }).waitFor();
  await run("oidc-provider-denied", "not-connected");
  await run("mcp-typescript-sdk-unknown-client", "not-connected");

  const alerts = inspector.getByRole("article");
  await expect.poll(() => alerts.count(), { timeout: 10_000 }).toBe(2);
  const kinds = await alerts.evaluateAll((all) => all.map((one) => one.getAttribute("data-kind")));
  expect(kinds).toEqual(["oauth_authorization_failed", "oauth_callback_failed"]);
  expect(await alerts.nth(1).textContent()).toContain("access_denied");
  expect(await alerts.nth(0).textContent()).toContain("Redirect URI");
  const links = inspector.getByRole("link", { name: "Alerts" });
  await expect.poll(() => links.textContent()).toContain("2");

  await alerts.nth(1).getByRole("link", { name: "Open the attempt" }).click();
  await inspector.locator('article.flow[data-state="not-connected"] [data-finding="access-denied"]').waitFor();
  await expect.poll(() => links.textContent()).toContain("1");

  await goTo("alerts");
  await alerts.first().getByRole("button", { name: "Clear this alert" }).click();
  await expect.poll(() => alerts.count()).toBe(1);
  // Still cleared after everything was worked out again.
  await browser.killWorker();
  await inspector.reload();
  await expect.poll(() => alerts.count()).toBe(1);
});

test("a server and client are not connected until an attempt succeeds; reconnecting says where to start", async () => {
  await goTo("servers");
  const rows = inspector.locator("[data-pair]");
  await expect.poll(() => rows.count(), { timeout: 10_000 }).toBeGreaterThan(0);
  expect(await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-state")))).not.toContain("connected");

  await run("mcp-typescript-sdk-healthy", "code-delivered");
  await inspector.locator('[data-pair][data-state="code-delivered"]').waitFor();
  const broken = inspector.locator('[data-pair][data-state="not-connected"]').first();
  await broken.getByRole("button", { name: /^Reconnect/ }).click();
  await expect.poll(() => broken.getByRole("status").textContent()).not.toBe("");
  const check = broken.getByRole("link", { name: "Check this server" });
  const clientId = new URLSearchParams((await check.getAttribute("href"))?.split("?")[1]).get("client_id");
  await check.click();
  // The public fields are filled in, for whichever way one tries.
  expect(await inspector.getByLabel("MCP server or issuer").inputValue()).toMatch(/^https?:\/\/127\.0\.0\.1:\d+\/?$/);
  await inspector.getByRole("radio", { name: "Client ID that the operator issued" }).click();
  expect(await inspector.getByLabel("Client ID", { exact: true }).inputValue()).toBe(clientId);
  await inspector.getByRole("radio", { name: "Access token that you have" }).click();
  await inspector.getByLabel("Access token", { exact: true }).waitFor();
});

test("settings take effect and survive; taking a site back is the browser's own doing", async () => {
  await goTo("settings");
  await inspector.getByRole("checkbox", { name: /Fetch a server/ }).click();
  await inspector.getByRole("combobox").selectOption("7");
  const stored = () =>
    browser.bench.evaluate(async () => (await chrome.storage.local.get("settings")).settings as object);
  await expect.poll(stored).toMatchObject({ fetchesMetadata: false, keepFinishedDays: 7 });
  await inspector.reload();
  expect(await inspector.getByRole("checkbox", { name: /Fetch a server/ }).isChecked()).toBe(false);

  await inspector.getByRole("button", { name: "Take back every site" }).click();
  await inspector.getByText("None: access was taken back").waitFor();
  const { origins } = await browser.bench.evaluate(() => chrome.permissions.getAll());
  expect(origins).toEqual([]);
});

const display = await openDisplay();
afterAll(() => display?.close());

// Without a screen there is no dialog to answer; CI has one, and fails without.
test.runIf(display || process.env.CI)(
  "a notification, once the browser's own dialog allowed them",
  async () => {
    if (!display) throw new Error("No screen: install xvfb and xdotool");
    const args = lab.browserArgs;
    const shown = await launch({
      extension: inject("extension"),
      grant: "all",
      args,
      window: { display: display.name },
    });
    try {
      const settings = await shown.context.newPage();
      await settings.goto(`chrome-extension://${shown.id}/inspector.html#/settings`);
      const box = settings.getByRole("checkbox", { name: /notification/i });
      const mayNotify = () =>
        shown.bench.evaluate(() => chrome.permissions.contains({ permissions: ["notifications"] }));
      expect(await mayNotify()).toBe(false);
      await askAndAllow(() => box.click(), settings, display, mayNotify);
      await expect.poll(() => box.isChecked()).toBe(true);

      await run("mcp-typescript-sdk-unknown-client", "not-connected", shown);
      const notified = () => shown.bench.evaluate(async () => Object.keys(await chrome.notifications.getAll()));
      await expect.poll(notified, { timeout: 10_000 }).toEqual([expect.stringMatching(/^alert \["/)]);
      await run("mcp-typescript-sdk-healthy", "code-delivered", shown);
      expect(await notified()).toHaveLength(1);
    } finally {
      await shown.close();
    }
  },
  120_000,
);
