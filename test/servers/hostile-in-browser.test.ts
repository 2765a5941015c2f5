import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type ExtensionBrowser, launch } from "../e2e/browser.ts";
import { openCheck, stepsOf } from "../e2e/checking.ts";
import { ask, headlineOf, openQuestions } from "../e2e/questions.ts";
import { storedObservations } from "../e2e/read.ts";
import { type HostileServer, hostilities, startHostileServer } from "./hostile-server.ts";

let server: HostileServer;
let browser: ExtensionBrowser;
beforeAll(async () => {
  server = await startHostileServer();
  browser = await launch({ extension: inject("extension"), grant: "all", asksServers: true });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Everything that the extension stored, and what its page shows. */
async function everythingKept(shown: string | null): Promise<string> {
  const areas = await browser.bench.evaluate(async () =>
    JSON.stringify([await chrome.storage.local.get(null), await chrome.storage.session.get(null)]),
  );
  return areas + JSON.stringify(await storedObservations(browser)) + shown;
}

it.each(hostilities)("a check at a server with %s ends and says where", { timeout: 120_000 }, async (how) => {
  const check = await openCheck(browser);
  await check.getByLabel("MCP server or issuer").fill(server.resource(how));
  await check.getByRole("button", { name: "Check", exact: true }).click();
  const send = check.getByRole("button", { name: "Send it" });
  const ended = check.getByText(/^Not connected: it stopped at /);
  await send.or(ended).waitFor({ timeout: 60_000 });
  if (await send.isVisible()) await send.click();
  if (how === "a registration full of secrets") {
    // The authorization request is answered with an error that never comes back to the redirect URI.
    await check.getByText("Sign in in the tab that opened. This page goes on by itself.").waitFor();
    await check.getByRole("button", { name: "Cancel" }).click();
    await check.getByText("Cancelled. What had been made was cleaned up.").waitFor({ timeout: 30_000 });
    await check
      .getByText(/is to be deleted at 127\.0\.0\.1:\d+, where nothing is sent/)
      .first()
      .waitFor();
  } else {
    await ended.waitFor({ timeout: 60_000 });
    const steps = await stepsOf(check);
    expect(steps).toMatchObject(how === "429 at once" ? { endpoints: "failed" } : { client: "failed" });
  }
  const kept = await everythingKept(await check.textContent("body"));
  expect(server.secrets.filter((secret) => kept.includes(secret))).toEqual([]);
  expect(server.astray).toEqual([]);
  await check.close();
});

it("asking with a registration that answers secrets keeps none of them, and deletes nothing elsewhere", async () => {
  const page = await browser.context.newPage();
  const base = server.resource("a registration full of secrets").slice(0, -"/mcp".length);
  const parameters = new URLSearchParams({
    response_type: "code",
    client_id: "2f6c0d7e-6a57-4a38-9f0b-6a7f0f1f2f3a",
    redirect_uri: "http://127.0.0.1:33418/callback",
    state: "s".repeat(43),
    code_challenge: "c".repeat(43),
    code_challenge_method: "S256",
  });
  await page.goto(`${base}/authorize?${parameters}`);
  const inspector = await openQuestions(browser, page);
  for (const title of ["Does a new registration stay known?", "Is registration open to unknown clients?"]) {
    await ask(inspector, title);
    const card = inspector.getByRole("region", { name: title });
    await card.getByRole("button", { name: "Send it" }).click();
    await card.getByText(/^Left on the server, which offered no way to delete/).waitFor({ timeout: 30_000 });
  }
  expect(await headlineOf(inspector)).not.toContain("proven");
  const kept = await everythingKept(await inspector.textContent("body"));
  expect(kept).toContain("a-client-of-the-hostile-server");
  expect(server.secrets.filter((secret) => kept.includes(secret))).toEqual([]);
  expect(server.astray).toEqual([]);
  await inspector.close();
  await page.close();
});
