import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { type Lab, startLab } from "../servers/lab.ts";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { attemptsOf, expectShown } from "./read.ts";

let lab: Lab;
let browser: ExtensionBrowser;
let tabId: number;

beforeAll(async () => {
  lab = await startLab();
  browser = await launch({ extension: inject("extension"), grant: "all", args: lab.browserArgs, asksServers: true });
  await browser.context.addInitScript(() => {
    // What was put on the clipboard, which nobody may read here.
    if (!navigator.clipboard) return;
    navigator.clipboard.writeText = async (text) => void Object.assign(globalThis, { copied: text });
    navigator.clipboard.write = async ([item]) =>
      void Object.assign(globalThis, { picture: await item?.getType("image/png").then(createImageBitmap) });
  });
  const attempt = await lab.flows.find(({ id }) => id === "mcp-typescript-sdk-unknown-client")?.start();
  const page = await browser.context.newPage();
  tabId = await browser.tabIdOf(page);
  await attempt?.drive(page);
  await vi.waitFor(async () => expect(await browser.badgeOf(tabId)).toBe("1"), { timeout: 10_000 });
  await attempt?.stop();
});
afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

interface Focused {
  readonly name: string;
  readonly role: string;
  readonly top: number;
  readonly left: number;
  readonly isMarked: boolean;
}

/** The element that has the focus, by the name that assistive technology reads; undefined on the document itself. */
async function focused(page: Page): Promise<Focused | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement || element instanceof SVGElement) || element === document.body)
      return undefined;
    const { top, left } = element.getBoundingClientRect();
    const labelled = element.getAttribute("aria-labelledby")?.split(" ") ?? [];
    const label =
      element.getAttribute("aria-label") ||
      labelled.map((id) => document.getElementById(id)?.textContent ?? "").join(" ") ||
      (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
        ? [...(element.labels ?? [])].map(({ textContent }) => textContent).join(" ")
        : element.textContent);
    const style = getComputedStyle(element);
    return {
      name: (label ?? "").replace(/\s+/g, " ").trim(),
      role: element.getAttribute("role") ?? element.tagName.toLowerCase(),
      top: top + scrollY,
      left,
      isMarked:
        element.matches(":focus-visible") && style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0,
    };
  });
}

/** Presses Tab until the focus comes round again. */
async function walk(page: Page): Promise<readonly Focused[]> {
  const seen: Focused[] = [];
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    // Behind the last control comes the document itself, then the first one again.
    if (!now) continue;
    const [first] = seen;
    if (first && first.name === now.name && first.role === now.role && first.top === now.top && first.left === now.left)
      break;
    seen.push(now);
  }
  return seen;
}

async function tabTo(page: Page, name: RegExp | string): Promise<void> {
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now && (typeof name === "string" ? now.name === name : name.test(now.name))) return;
  }
  throw new Error(`The focus never came to ${name}`);
}

/** From wherever the focus is, and round again: behind the last control comes the first. */
async function press(page: Page, name: RegExp | string, key = "Enter"): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

/** Within a group that is one stop for Tab. */
async function moveTo(page: Page, key: string, name: RegExp): Promise<void> {
  await page.keyboard.press(key);
  await expect.poll(async () => (await focused(page))?.name).toMatch(name);
}

const expectUsable = (stops: readonly Focused[]) => {
  expect(stops.length).toBeGreaterThan(3);
  for (const stop of stops) {
    expect(stop.name, `a ${stop.role} without a name`).not.toBe("");
    expect(stop.isMarked, `${stop.role} "${stop.name}" shows no focus`).toBe(true);
  }
};

test("the popup: every control is reached, named, marked, and in reading order", async () => {
  const popup = await browser.openPopup(tabId);
  await expectShown(popup, { state: "not-connected", finding: "unknown-client" });
  const stops = await walk(popup);
  expectUsable(stops);
  const names = stops.map(({ name }) => name);
  const order = ["Inspector", "Why this fails", "Copy report", "Export trace", "Open in inspector", "Retry", "Pause"];
  expect(names.filter((name) => order.includes(name))).toEqual(order);

  await popup.reload();
  await expectShown(popup, { state: "not-connected", finding: "unknown-client" });
  await tabTo(popup, "Why this fails");
  await popup.keyboard.press("Enter");
  await popup.getByText("Defined in").waitFor();
  await tabTo(popup, "Copy report");
  await popup.keyboard.press("Space");
  await popup.getByRole("button", { name: "Copied" }).waitFor();
  expect(await popup.evaluate(() => (globalThis as { copied?: string }).copied ?? "")).toContain("unknown-client");
  await tabTo(popup, /^Forget this attempt/);
  await popup.keyboard.press("Enter");
  await popup.getByText("Forget this attempt?").waitFor();
  await tabTo(popup, "Keep");
  await popup.keyboard.press("Enter");
  await expectShown(popup, { state: "not-connected", finding: "unknown-client" });
  await popup.close();
});

test("the inspector: from the list to a leg, to a finding's page, and through every screen", async () => {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`chrome-extension://${browser.id}/inspector.html`);
  await page.locator(".flow-row").first().waitFor();
  await tabTo(page, /Search server/);
  await page.keyboard.type("unknown");
  await tabTo(page, /Not connected/);
  await page.keyboard.press("Enter");
  await page.locator('[data-finding="unknown-client"]').waitFor();
  expectUsable(await walk(page));

  await tabTo(page, "Cause");
  await moveTo(page, "ArrowRight", /^Sequence/);
  await moveTo(page, "ArrowRight", /^Legs/);
  await page.keyboard.press("Enter");
  await page.getByRole("tabpanel", { name: /Legs/ }).waitFor();
  expectUsable(await walk(page));
  await tabTo(page, /^Legs/);
  await moveTo(page, "Home", /^Cause/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^More about this finding/);
  const opening = browser.context.waitForEvent("page");
  await page.keyboard.press("Enter");
  const explained = await opening;
  await explained.getByRole("heading", { name: "The authorization server does not know this client" }).waitFor();
  expectUsable(await walk(explained));

  for (const screen of ["Alerts", "Servers", "Import", "Settings"]) {
    await page.bringToFront();
    await tabTo(page, new RegExp(`^${screen}`));
    await page.keyboard.press("Enter");
    await page.locator("nav a[aria-current=page]", { hasText: screen }).waitFor();
    const heading = screen === "Import" ? "Import a trace" : screen;
    await page.getByRole("heading", { name: heading, level: 2 }).waitFor();
    await expect.poll(async () => (await focused(page))?.name).toBe(heading);
    expect(await page.title()).toBe(`Hopscope: ${screen.toLowerCase()}`);
    expectUsable(await walk(page));
  }
  await page.close();
  await explained.close();
}, 120_000);

test("the focus is not lost where what had it goes away", async () => {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`chrome-extension://${browser.id}/inspector.html`);
  await page.locator(".flow-row").first().waitFor();
  await press(page, /Not connected/);
  await page.locator("[data-finding]").first().waitFor();
  // To a leg, and from the questions back to the cause: the link is on a view that is left.
  await press(page, "Show leg");
  await expect.poll(async () => (await focused(page))?.name).toMatch(/^\d+authorization request/);
  await page.getByRole("tab", { selected: true }).focus();
  await moveTo(page, "End", /^Ask/);
  await page.keyboard.press("Enter");
  await press(page, "See the evidence and what to do");
  await page.getByRole("tabpanel", { name: "Cause" }).waitFor();
  await expect.poll(async () => (await focused(page))?.name).toBe("Cause");
  // Beside each other there is no room: the list goes when an attempt is chosen, and the attempt when one goes back.
  await page.setViewportSize({ width: 400, height: 800 });
  await press(page, "← All attempts");
  await expect.poll(async () => (await focused(page))?.name).toMatch(/^Search server/);
  await press(page, /Not connected/);
  await page.locator("[data-finding]").first().waitFor();
  await expect.poll(async () => (await focused(page))?.name).toBe("← All attempts");
  await press(page, /^Alerts/);
  await page.locator(".alert").first().waitFor();
  await press(page, "Mark as read");
  await expect.poll(async () => (await focused(page))?.name).toBe("Clear this alert");
  await page.close();
}, 60_000);

async function fail(id: string): Promise<void> {
  const attempt = await lab.flows.find((flow) => flow.id === id)?.start();
  const page = await browser.context.newPage();
  await attempt?.drive(page);
  const tab = await browser.tabIdOf(page);
  await expect.poll(async () => (await attemptsOf(browser, tab))[0]?.state, { timeout: 10_000 }).toBe("not-connected");
  await page.close();
  await attempt?.stop();
}

test("questions to the server are found, asked and answered, and two attempts compared", async () => {
  await fail("mcp-typescript-sdk-denied");
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.id}/inspector.html`);
  await page.locator(".flow-row").first().waitFor();
  await tabTo(page, /Search server/);
  await page.keyboard.type("unknown");
  await expect.poll(() => page.locator(".flow-row").count()).toBe(1);
  await press(page, /Not connected/);
  await page.locator('[data-finding="unknown-client"]').waitFor();
  await tabTo(page, "Cause");
  await moveTo(page, "End", /^Ask the server/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Does the server know this client?" }).waitFor();
  expectUsable(await walk(page));
  await press(page, "Ask: Does the server know this client?", "Space");
  await page.getByText("No. It is answered exactly like an id that nobody registered.").waitFor({ timeout: 20_000 });
  expectUsable(await walk(page));

  await press(page, "Compare with another attempt");
  await page.getByRole("navigation", { name: "Compare with" }).waitFor();
  expectUsable(await walk(page));
  await press(page, /^Not connected/);
  await page.getByRole("heading", { name: "Parameters of the authorization request" }).waitFor();
  expectUsable(await walk(page));
  await press(page, "Swap sides");
  await page.getByRole("heading", { name: "Parameters of the authorization request" }).waitFor();
  await page.close();
}, 180_000);

test("a server is checked: form, prompt and answer, and stopped on the way", async () => {
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.id}/inspector.html#/check`);
  await page.getByRole("heading", { name: "Check a server" }).waitFor();
  await tabTo(page, /MCP server or issuer/);
  await page.keyboard.type(lab.mcpTypeScript.resource);
  const stops = await walk(page);
  expectUsable(stops);
  const order = [
    /^MCP server or issuer/,
    /^Register a new client/,
    /^A loopback address/,
    /^Scope/,
    /^Check$/,
    /^Try these/,
  ];
  const places = order.map((name) => stops.findIndex((stop) => name.test(stop.name)));
  expect(places).not.toContain(-1);
  // One comes after the other, from wherever the walk began.
  const round = places.map((place) => (place - (places[0] ?? 0) + stops.length) % stops.length);
  expect(round).toEqual([...round].sort((one, other) => one - other));

  await press(page, "Check");
  await page.getByRole("alert", { name: "Allow this to be sent?" }).waitFor({ timeout: 30_000 });
  expectUsable(await walk(page));
  await press(page, "Do not send");
  await page.getByText(/^Not connected: it stopped at/).waitFor({ timeout: 30_000 });
  expectUsable(await walk(page));
  await press(page, "Check again");
  await page.getByRole("alert", { name: "Allow this to be sent?" }).waitFor({ timeout: 30_000 });
  await press(page, "Cancel", "Space");
  await page.getByText(/^Cancelled\./).waitFor({ timeout: 30_000 });
  await page.close();
}, 180_000);

test("the first run, the side panel, the picture, the metadata, and an export that is given up", async () => {
  const page = await browser.context.newPage();
  for (const name of ["welcome", "sidepanel"]) {
    await page.goto(`chrome-extension://${browser.id}/${name}.html`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    // The sample, or the list.
    await page.locator("[data-finding], [data-flow]").first().waitFor();
    expectUsable(await walk(page));
  }
  await page.goto(`chrome-extension://${browser.id}/inspector.html`);
  await page.locator(".flow-row").first().waitFor();
  await press(page, /Not connected/);
  await page.locator("[data-finding]").first().waitFor();
  for (const [key, name] of [
    ["ArrowRight", /^Sequence/],
    ["End", /^Ask/],
    ["ArrowLeft", /^Metadata/],
  ] as const) {
    await page.getByRole("tab", { selected: true }).focus();
    await moveTo(page, key, name);
    await page.keyboard.press("Enter");
    await page.getByRole("tabpanel", { name }).waitFor();
    expectUsable(await walk(page));
    if (key === "ArrowRight") {
      await press(page, "Copy as picture");
      await page.getByRole("button", { name: "Copied" }).waitFor();
      const size = await page.evaluate(() => {
        const { width, height } = (globalThis as { picture?: ImageBitmap }).picture ?? { width: 0, height: 0 };
        return Math.min(width, height);
      });
      expect(size).toBeGreaterThan(200);
    }
  }
  await page.getByRole("tab", { selected: true }).focus();
  await moveTo(page, "Home", /^Cause/);
  await page.keyboard.press("Enter");
  await press(page, "Export trace");
  const dialog = page.getByRole("dialog", { name: "Export this attempt" });
  await dialog.getByRole("button", { name: "Save the file" }).waitFor();
  const inDialog = await walk(page);
  expectUsable(inDialog);
  expect(inDialog.map(({ name }) => name)).toEqual(expect.arrayContaining(["Save the file", "Cancel"]));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect((await focused(page))?.name).toBe("Export trace");
  await page.close();
}, 120_000);
