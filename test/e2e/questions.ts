import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { ExtensionBrowser } from "./browser.ts";
import { attemptsOf } from "./read.ts";

/** The questions about the newest attempt of this tab, once it shows this state. */
export async function openQuestions(
  browser: ExtensionBrowser,
  page: Page,
  { state = "not-connected", prepare }: { state?: string; prepare?: (inspector: Page) => Promise<void> } = {},
): Promise<Page> {
  const tabId = await browser.tabIdOf(page);
  await expect.poll(async () => (await attemptsOf(browser, tabId))[0]?.state, { timeout: 10_000 }).toBe(state);
  const [attempt] = await attemptsOf(browser, tabId);
  const inspector = await browser.context.newPage();
  await prepare?.(inspector);
  const place = `#/flow/${encodeURIComponent(attempt?.flowId ?? "")}/ask`;
  await inspector.goto(`chrome-extension://${browser.id}/inspector.html${place}`);
  return inspector;
}

/** Headline on the screen of the questions and its certainty; `none` when nothing is wrong. */
export async function headlineOf(inspector: Page): Promise<string> {
  const now = inspector.getByRole("region", { name: "As far as known now" });
  const headline = now.locator("[data-finding]");
  await now.waitFor();
  if ((await headline.count()) === 0) return "none";
  return `${await headline.getAttribute("data-finding")} ${await headline.getAttribute("data-certainty")}`;
}

export const ask = (inspector: Page, title: string): Promise<void> =>
  inspector.getByRole("button", { name: `Ask: ${title}` }).click();
