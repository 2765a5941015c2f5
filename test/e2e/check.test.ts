import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { decide, logIn } from "../servers/interaction.ts";
import { type Lab, startLab } from "../servers/lab.ts";
import { startMcpTypeScript } from "../servers/mcp-typescript-sdk.ts";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { openCheck, passCheck, stepsOf, ways } from "./checking.ts";
import { storedObservations } from "./read.ts";
import { createSearch } from "./search.ts";

let lab: Lab;
let browser: ExtensionBrowser;

beforeAll(async () => {
  lab = await startLab();
  browser = await launch({ extension: inject("extension"), grant: "all", args: lab.browserArgs, asksServers: true });
});
afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

const servers = {
  "MCP TypeScript SDK": () => ({ url: lab.mcpTypeScript.resource }),
  "oidc-provider, TLS": () => ({ url: lab.oidcProvider.issuer, scope: "openid" }),
} as const;
const cases = (Object.keys(servers) as (keyof typeof servers)[]).flatMap((name) =>
  ways.map((way) => [name, way] as const),
);

async function signIn(login: Page): Promise<void> {
  await logIn(login, lab.people.add());
  await decide(login, "Continue");
}

test.each(cases)("the whole identity step at %s: %s", async (name, way) => {
  const before = lab.secrets.all().length;
  const check = await passCheck(browser, { ...servers[name](), way, signIn });
  expect(await stepsOf(check)).toMatchObject({
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
  const check = await openCheck(browser);
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
  const check = await openCheck(browser);
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

/** Where the response of a client's own redirect URI is waited for. */
async function checkWithOwn(redirectUri: string): Promise<Page> {
  const made = lab.mcpTypeScript.provider.clientsStore.registerClient({
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: "none",
  });
  const check = await openCheck(browser);
  await check.getByLabel("MCP server or issuer").fill(lab.mcpTypeScript.resource);
  await check.getByLabel("Client ID that the operator issued").check();
  await check.getByLabel("Client ID", { exact: true }).fill(made.client_id);
  await check.getByLabel("The redirect URI of your client").check();
  await check.getByLabel("Redirect URI", { exact: true }).fill(redirectUri);
  return check;
}

test.each([
  ["the scheme of an app", "com.example.hopscope:/callback"],
  ["the scheme of an app, with a host", "hopscope-lab://sign-in/callback"],
  ["a loopback address where nothing listens", "http://localhost:41111/callback"],
])("the redirect URI that the client really uses: %s", async (_, redirectUri) => {
  const check = await checkWithOwn(redirectUri);
  const opened = browser.context.waitForEvent("page");
  await check.getByRole("button", { name: "Check", exact: true }).click();
  await signIn(await opened);
  await check.getByText("Connected: every step that the server offers worked.").waitFor({ timeout: 30_000 });
  await check.close();
});

test("a redirect URI where no response can be received is refused before anything is sent", async () => {
  const check = await checkWithOwn("urn:ietf:wg:oauth:2.0:oob");
  const before = browser.ownRequests.length;
  await check.getByRole("button", { name: "Check", exact: true }).click();
  await check.getByText(/shows the code to a person instead of sending it/).waitFor();
  expect(browser.ownRequests.slice(before)).toEqual([]);
  await check.close();
});

test("an MCP server that checks Origin before the token sees none of ours", async () => {
  const { people, secrets } = lab;
  const origins: (string | undefined)[] = [];
  const strict = await startMcpTypeScript({ people, secrets, originsFirst: origins });
  try {
    const check = await passCheck(browser, { url: strict.resource, way: ways[0], signIn });
    expect(origins.length).toBeGreaterThan(1);
    expect(origins.filter((origin) => origin !== undefined)).toEqual([]);
    await check.close();
  } finally {
    await strict.stop();
  }
});
