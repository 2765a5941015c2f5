import type { Page } from "playwright-core";
import type { Person } from "./people.ts";

/** What a person does on the pages of the lab's servers. */

export async function logIn(page: Page, person: Person): Promise<void> {
  await page.getByLabel("Username").fill(person.username);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Continue" }).click();
}

export async function decide(page: Page, decision: "Continue" | "Deny"): Promise<void> {
  await page.getByRole("button", { name: "Deny" }).waitFor();
  await page.getByRole("button", { name: decision }).click();
}

/** FastMCP's own consent page, then login and consent at the OpenID provider behind it. */
export async function passThroughFastMcp(page: Page, person: Person): Promise<void> {
  await page.getByRole("button", { name: "Allow Access" }).click();
  await logIn(page, person);
  await decide(page, "Continue");
}

export const arriveAt = (page: Page, redirectUri: string): Promise<void> =>
  page.waitForURL((url) => url.href.startsWith(redirectUri));
