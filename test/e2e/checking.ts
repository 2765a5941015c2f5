import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { ExtensionBrowser } from "./browser.ts";

export const ways = ["A loopback address that no program can open", "Hopscope’s own https address"] as const;
export type Way = (typeof ways)[number];

export async function openCheck(browser: ExtensionBrowser): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.id}/inspector.html#/check`);
  return page;
}

interface CheckOf {
  readonly url: string;
  readonly scope?: string;
  /** Or a redirect URI of the client's own. */
  readonly way: Way | { readonly redirectUri: string };
  /** What a person does in the tab or window that opens. */
  readonly signIn: (login: Page) => Promise<void>;
}

/** Runs the whole identity step with a registration, until it says that it is connected; no more was sent than announced. */
export async function passCheck(browser: ExtensionBrowser, { url, scope, way, signIn }: CheckOf): Promise<Page> {
  const check = await openCheck(browser);
  await check.getByLabel("MCP server or issuer").fill(url);
  if (typeof way === "string") await check.getByLabel(way).check();
  else {
    await check.getByLabel("The redirect URI of your client").check();
    await check.getByLabel("Redirect URI", { exact: true }).fill(way.redirectUri);
  }
  if (scope !== undefined) await check.getByLabel("Scope", { exact: true }).fill(scope);
  const form = check.getByRole("form", { name: "Check a server" });
  const announced = await form.getByText(/^Sends at most \d+ requests, to /).textContent();
  expect(announced).toContain(`to ${new URL(url).host} and`);
  const own = browser.ownRequests.length;
  await check.getByRole("button", { name: "Check", exact: true }).click();
  const prompt = check.getByRole("alert", { name: "Allow this to be sent?" });
  await prompt.getByText('"client_name": "Hopscope probe (safe to delete)"').waitFor({ timeout: 30_000 });
  const opened = browser.context.waitForEvent("page");
  await prompt.getByRole("button", { name: "Send it" }).click();
  await signIn(await opened);
  await check.getByText("Connected: every step that the server offers worked.").waitFor({ timeout: 30_000 });
  const sent = browser.ownRequests.length - own;
  expect(sent).toBeGreaterThan(5);
  // The one in the tab is not ours.
  expect(sent).toBeLessThan(Number(/\d+/.exec(announced ?? "")?.[0]));
  return check;
}

/** State of each step by its id. */
export async function stepsOf(check: Page): Promise<Readonly<Record<string, string | null>>> {
  const rows = await check
    .locator("[data-step]")
    .evaluateAll((all) => all.map((row) => [row.getAttribute("data-step"), row.getAttribute("data-state")]));
  return Object.fromEntries(rows);
}
