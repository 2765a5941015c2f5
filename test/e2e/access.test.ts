import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Lab, startLab } from "../servers/lab.ts";
import { type ExtensionBrowser, type Grant, launch } from "./browser.ts";
import { askAndAllow, type Display, openDisplay } from "./display.ts";
import { attemptsOf, expectShown, shownIn, storedObservations } from "./read.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.stop());

async function withBrowser(grant: Grant, run: (browser: ExtensionBrowser) => Promise<void>, display?: Display) {
  const browser = await launch({
    extension: inject("extension"),
    grant,
    args: lab.browserArgs,
    ...(display && { window: { display: display.name } }),
  });
  try {
    await run(browser);
  } finally {
    await browser.close();
  }
}

/** Drives one flow of the lab and opens the popup on its tab. */
async function popupAfter(browser: ExtensionBrowser, id: string) {
  const attempt = await lab.flows.find((flow) => flow.id === id)?.start();
  const page = await browser.context.newPage();
  const tabId = await browser.tabIdOf(page);
  await attempt?.drive(page);
  return { popup: await browser.openPopup(tabId), tabId, done: () => Promise.all([page.close(), attempt?.stop()]) };
}

const server = "mcp-typescript-sdk";

describe("only the authorization server's host granted", () => {
  const grant = () => [`${lab.mcpTypeScript.issuer.replace(/\/$/, "")}/*`];

  test.each([
    ["unknown-client", { state: "not-connected", finding: "unknown-client" }],
    ["denied", { state: "not-connected", finding: "access-denied" }],
    ["nobody-listens", { state: "not-connected", finding: "callback-unreachable" }],
    // With the redirection endpoint's host hidden, its 200 and its 500 look alike.
    ["healthy", { state: "incomplete" }],
    ["callback-500", { state: "incomplete" }],
  ] as const)("%s", async (scenario, expected) => {
    await withBrowser(grant(), async (browser) => {
      const { popup, done } = await popupAfter(browser, `${server}-${scenario}`);
      await expectShown(popup, expected);
      expect(await popup.locator('[data-banner="some"]').count()).toBe(1);
      await done();
    });
  });
});

test("no site granted: nothing is seen, and the popup says so", async () => {
  await withBrowser("none", async (browser) => {
    const { popup, tabId, done } = await popupAfter(browser, `${server}-unknown-client`);
    await popup.locator('[data-banner="access"]').waitFor();
    expect(await attemptsOf(browser, tabId)).toEqual([]);
    expect((await shownIn(popup)).findings).toEqual([]);
    await done();
  });
});

test("access taken back: said in a banner, what was recorded stays, and nothing is called a failure for it", async () => {
  await withBrowser("all", async (browser) => {
    const before = await popupAfter(browser, `${server}-unknown-client`);
    await expectShown(before.popup, { state: "not-connected", finding: "unknown-client" });
    await browser.bench.evaluate(() => chrome.permissions.remove({ origins: ["*://*/*"] }));
    await expect.poll(() => browser.bench.evaluate(() => chrome.action.getBadgeText({}))).toBe("?");
    await before.popup.locator('[data-banner="access"]').waitFor();
    await expectShown(before.popup, { state: "not-connected", finding: "unknown-client" });

    const after = await popupAfter(browser, `${server}-healthy`);
    await after.popup.locator('[data-banner="access"]').waitFor();
    for (const { state, headline } of await attemptsOf(browser, after.tabId)) {
      expect(state).not.toBe("code-delivered");
      expect(headline?.id).toBeUndefined();
    }
    await before.done();
    await after.done();
  });
});

const display = await openDisplay();
afterAll(() => display?.close());

/** Which life of the worker this is. */
const workerLife = (browser: ExtensionBrowser) =>
  browser.bench.evaluate(async () =>
    (await chrome.runtime.getContexts({ contextTypes: ["BACKGROUND"] })).map(({ contextId }) => contextId),
  );

// Without a screen there is no dialog to answer; CI has one, and fails without.
test.runIf(display || process.env.CI)(
  "granted in the browser's own dialog: the same worker sees the next failure",
  async () => {
    if (!display) throw new Error("No screen: install xvfb and xdotool");
    await withBrowser(
      "none",
      async (browser) => {
        const welcome = await browser.context.newPage();
        await welcome.goto(`chrome-extension://${browser.id}/welcome.html`);
        const life = await workerLife(browser);
        const isGranted = () =>
          browser.bench.evaluate(() =>
            chrome.permissions.contains({ origins: ["*://*/*"], permissions: ["webNavigation"] }),
          );
        const ask = () => welcome.getByRole("button", { name: /every site/i }).click();
        await askAndAllow(ask, welcome, display, isGranted);
        await expect.poll(() => browser.bench.evaluate(() => chrome.action.getBadgeText({}))).toBe("");

        const { popup, tabId, done } = await popupAfter(browser, `${server}-unknown-client`);
        await expectShown(popup, { state: "not-connected", finding: "unknown-client" });
        // The page alone would be explained too; that webRequest is heard again shows in the hops.
        const kinds = (await storedObservations(browser))
          .filter((seen) => seen.tabId === tabId)
          .map(({ kind }) => kind);
        expect(kinds).toEqual(expect.arrayContaining(["request", "response", "navigation", "page"]));
        expect(await attemptsOf(browser, tabId)).toHaveLength(1);
        expect(await workerLife(browser)).toEqual(life);
        await done();
      },
      display,
    );
  },
);
