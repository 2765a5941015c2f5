import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { decide, logIn } from "../servers/interaction.ts";
import { type Lab, startLab } from "../servers/lab.ts";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { storedObservations } from "./read.ts";
import { createSearch } from "./search.ts";

let lab: Lab;
let browser: ExtensionBrowser;

beforeAll(async () => {
  lab = await startLab();
  browser = await launch({ extension: inject("extension"), grant: "all", args: lab.browserArgs });
});
afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

const servers = {
  "MCP TypeScript SDK": () => ({ url: lab.mcpTypeScript.resource, scope: "" }),
  "oidc-provider, TLS": () => ({ url: lab.oidcProvider.issuer, scope: "openid" }),
} as const;
const ways = ["A loopback address that no program can open", "Hopscope’s own https address"] as const;
const cases = (Object.keys(servers) as (keyof typeof servers)[]).flatMap((name) =>
  ways.map((way) => [name, way] as const),
);

async function openCheck(): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.id}/inspector.html#/check`);
  return page;
}

async function signIn(login: Page): Promise<void> {
  await logIn(login, lab.people.add());
  await decide(login, "Continue");
}

test.each(cases)("the whole identity step at %s: %s", async (name, way) => {
  const { url, scope } = servers[name]();
  const check = await openCheck();
  await check.getByLabel("MCP server or issuer").fill(url);
  await check.getByLabel(way).check();
  if (scope !== "") await check.getByLabel("Scope", { exact: true }).fill(scope);
  const before = lab.secrets.all().length;
  await check.getByRole("button", { name: "Check", exact: true }).click();
  const prompt = check.getByRole("alert", { name: "Allow this to be sent?" });
  await prompt.getByText('"client_name": "Hopscope probe (safe to delete)"').waitFor({ timeout: 30_000 });
  const opened = browser.context.waitForEvent("page");
  await prompt.getByRole("button", { name: "Send it" }).click();
  await signIn(await opened);
  await check.getByText("Connected: every step that the server offers worked.").waitFor({ timeout: 30_000 });
  const states = await check
    .locator("[data-step]")
    .evaluateAll((rows) => rows.map((row) => [row.getAttribute("data-step"), row.getAttribute("data-state")]));
  expect(Object.fromEntries(states)).toMatchObject({
    discovery: "done",
    endpoints: "done",
    client: "done",
    authorization: "done",
    token: "done",
    resource: "done",
    cleanup: "done",
  });

  const secrets = lab.secrets.all().slice(before);
  const kinds = new Set<string>(secrets.map(({ kind }) => kind));
  for (const kind of ["password", "authorization code"]) expect(kinds).toContain(kind);
  const areas = await browser.bench.evaluate(async () =>
    JSON.stringify([await chrome.storage.local.get(null), await chrome.storage.session.get(null)]),
  );
  const stored = areas + JSON.stringify(await storedObservations(browser));
  expect(stored).toContain("check/token");
  expect(createSearch(secrets).inText(stored)).toEqual([]);
  expect(createSearch(secrets).inText(JSON.stringify(browser.console))).toEqual([]);
  await check.close();
});

test("a check that is denied is explained like any attempt, and can be cancelled", async () => {
  const check = await openCheck();
  await check.getByLabel("MCP server or issuer").fill(lab.mcpTypeScript.resource);
  await check.getByRole("button", { name: "Check", exact: true }).click();
  const opened = browser.context.waitForEvent("page");
  await check.getByRole("button", { name: "Send it" }).click({ timeout: 30_000 });
  const login = await opened;
  await logIn(login, lab.people.add());
  await decide(login, "Deny");
  await check.getByText("Not connected: it stopped at Authorization.").waitFor({ timeout: 30_000 });
  await check.locator("[data-finding=access-denied]").waitFor();

  const again = browser.context.waitForEvent("page");
  await check.getByRole("button", { name: "Check again" }).click();
  await check.getByRole("button", { name: "Send it" }).click({ timeout: 30_000 });
  await again;
  await check.getByRole("button", { name: "Cancel" }).click();
  await check.getByText("Cancelled. What had been made was cleaned up.").waitFor({ timeout: 30_000 });
  await check.close();
});

test("which clients can connect: registered under our own name, and never past the login page", async () => {
  const before = lab.mcpTypeScript.provider.clients.size;
  const check = await openCheck();
  await check.getByLabel("MCP server or issuer").fill(lab.mcpTypeScript.resource);
  await check.getByRole("button", { name: "Try these clients" }).click();
  await check.getByRole("button", { name: "Send it" }).click({ timeout: 30_000 });
  const rows = check.getByRole("table", { name: "Which clients can connect?" }).locator("tbody tr");
  await expect.poll(() => rows.count(), { timeout: 30_000 }).toBe(3);
  const verdicts = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-verdict")));
  expect(verdicts).toEqual(["accepted", "accepted", "accepted"]);
  const made = [...lab.mcpTypeScript.provider.clients.values()].slice(before);
  expect(made.map(({ client_name: name }) => name)).toEqual(Array(3).fill("Hopscope probe (safe to delete)"));
  await check.close();
});
