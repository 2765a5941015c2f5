import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { expectShown } from "./read.ts";

// An authorization request that contradicts what the server publishes: scope, PKCE method and endpoint.

const elsewhere = "https://login.elsewhere.example/oauth2/authorize";
let server: Server;
let origin: string;
let browser: ExtensionBrowser;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", origin);
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (pathname === "/authorize")
      answer(400, { error: "invalid_scope", error_description: "calendar.write is not a scope" });
    else if (pathname === "/.well-known/oauth-protected-resource/mcp")
      answer(200, { resource: `${origin}/mcp`, authorization_servers: [origin] });
    else if (pathname === "/.well-known/oauth-authorization-server")
      answer(200, {
        issuer: origin,
        authorization_endpoint: elsewhere,
        token_endpoint: `${origin}/token`,
        response_types_supported: ["code"],
        scopes_supported: ["openid", "profile"],
        code_challenge_methods_supported: ["plain"],
      });
    else answer(404, {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch({ extension: inject("extension"), grant: "all" });
});
afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server?.close(resolve));
});

test("what was asked stands beside what the server publishes, both strings of each", async () => {
  const page = await browser.context.newPage();
  const tabId = await browser.tabIdOf(page);
  const query = new URLSearchParams({
    response_type: "code",
    client_id: "s6BhdRkqt3",
    redirect_uri: "https://app.example/callback",
    scope: "openid calendar.write",
    resource: `${origin}/mcp`,
    state: "af0ifjsldkjQx8Yz1b2C3d4E5f6G7h8I",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
  await page.goto(`${origin}/authorize?${query}`);

  const popup = await browser.openPopup(tabId);
  await expectShown(popup, { state: "not-connected", finding: "scope-invalid" });
  const finding = (id: string) => popup.locator(`[data-finding="${id}"]`);
  await popup.getByRole("button", { name: /other finding/ }).click({ timeout: 10_000 });
  const endpoints = finding("authorization-endpoint-differs");
  await endpoints.click();
  const shown = async () => (await endpoints.textContent())?.replace(/\s/g, "") ?? "";
  await expect.poll(shown).toContain(elsewhere);
  expect(await shown()).toContain(`${origin}/authorize`);

  await popup.getByRole("button", { name: /^What the client asked for/ }).click();
  const row = (name: string) => popup.getByRole("row", { name: new RegExp(`^${name} `) }).textContent();
  const scope = await row("scope");
  expect(scope).toContain("calendar.write");
  expect(scope).toContain("It lists openid, profile");
  const method = await row("code_challenge_method");
  expect(method).toContain("S256");
  expect(method).toContain("It lists plain");
});
