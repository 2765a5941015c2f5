import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { build } from "wxt";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { attemptsOf, expectShown, storedObservations } from "./read.ts";

let browser: ExtensionBrowser;
let server: Server;
let origin: string;
const requests: IncomingMessage[] = [];

const bidi = "\u202e";
const error = '{"error":"invalid_client","error_description":"Invalid client_id"}';
const markup = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`;

/** What each path of the hostile authorization server shows. */
const pages: Record<string, { readonly type: string; readonly body: string }> = {
  "/huge/authorize": {
    type: "text/html",
    body: `<h1>invalid_client</h1><p>Invalid client_id</p>${`<p>${"filler text ".repeat(80)}</p>`.repeat(10_400)}`,
  },
  "/markup/authorize": {
    type: "application/json",
    body: JSON.stringify({ error: "invalid_client", error_description: `Invalid client_id ${bidi}${markup}` }),
  },
  "/authorize": { type: "application/json", body: error },
};

beforeAll(async () => {
  server = createServer({ maxHeaderSize: 1024 * 1024 }, (request, response) => {
    requests.push(request);
    const page = pages[new URL(request.url ?? "/", "http://localhost").pathname];
    response.writeHead(page ? 400 : 404, { "content-type": `${page?.type ?? "text/plain"}; charset=utf-8` });
    response.end(page?.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch({ extension: inject("extension"), grant: "all" });
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

const request = (changes: Record<string, string> = {}) =>
  new URLSearchParams({
    response_type: "code",
    client_id: "3f1c7a52-5d8e-4b3a-9c41-2f6f0c8f1a77",
    redirect_uri: "http://127.0.0.1:33418/callback",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
    state: "af0ifjsldkj-af0ifjsldkj-af0ifjsldkj",
    ...changes,
  }).toString();

async function failAt(address: string, opened: ExtensionBrowser = browser) {
  const page = await opened.context.newPage();
  const tabId = await opened.tabIdOf(page);
  await page.goto(address, { timeout: 30_000 });
  await expect.poll(async () => (await attemptsOf(opened, tabId))[0]?.headline?.id, { timeout: 20_000 }).toBeDefined();
  const popup = await opened.openPopup(tabId);
  return { popup, tabId, close: () => Promise.all([page.close(), popup.close()]) };
}

const unknownClient = { state: "not-connected", finding: "unknown-client" };

describe("whatever a server sends, the popup works and is right", () => {
  test("a page of 10 MB", async () => {
    expect(pages["/huge/authorize"]?.body.length).toBeGreaterThan(10_000_000);
    const { popup, tabId, close } = await failAt(`${origin}/huge/authorize?${request()}`);
    await expectShown(popup, unknownClient);
    const stored = (await storedObservations(browser)).filter((observation) => observation.tabId === tabId);
    expect(JSON.stringify(stored).length).toBeLessThan(20_000);
    expect(stored.some(({ isTruncated }) => isTruncated === true)).toBe(true);
    await close();
  });

  test("markup and bidi characters stay text", async () => {
    const { popup, close } = await failAt(`${origin}/markup/authorize?${request()}`);
    await expectShown(popup, unknownClient);
    const shown = await popup.locator("body").textContent();
    expect(shown).toContain("Invalid client_id");
    expect(shown).not.toContain(bidi);
    expect(await popup.locator("img, iframe, object, [onerror]").count()).toBe(0);
    expect(await popup.title()).toBe("Hopscope");
    await close();
  });

  test("a parameter sent twice", async () => {
    const { popup, close } = await failAt(
      `${origin}/authorize?${request()}&client_id=another&state=again-0123456789abcdef`,
    );
    await expectShown(popup, unknownClient);
    await close();
  });

  test("an authorization request of 100 kB", async () => {
    const { popup, tabId, close } = await failAt(`${origin}/authorize?${request({ state: "s".repeat(100_000) })}`);
    await expectShown(popup, unknownClient);
    const stored = (await storedObservations(browser)).filter((observation) => observation.tabId === tabId);
    expect(JSON.stringify(stored).length).toBeLessThan(20_000);
    expect(await popup.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await close();
  });
});

test("a rule that throws costs its own answer and nothing else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hopscope-broken-"));
  try {
    // The extension as it ships, but for one rule.
    await build({
      outDir: folder,
      vite: () => ({
        logLevel: "error",
        plugins: [
          {
            name: "throwing-rule",
            transform(code: string, id: string) {
              if (!id.endsWith("/rules/callback-missing.ts")) return undefined;
              return code.replace(/check\(([^)]*)\)\s*\{/, "check($1) { throw new Error('planted');");
            },
          },
        ],
      }),
    });
    const broken = await launch({ extension: join(folder, "chrome-mv3"), grant: "all" });
    try {
      const { popup } = await failAt(`${origin}/authorize?${request()}`, broken);
      await expectShown(popup, unknownClient);
      await popup.getByText("1 check of Hopscope itself failed").waitFor();
    } finally {
      await broken.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

test("the server saw what the pages asked for and nothing else", async () => {
  const before = requests.length;
  const { close } = await failAt(`${origin}/authorize?${request()}`);
  await close();
  // Public metadata may be fetched for a failed attempt, without credentials; anything else must be the page's own.
  const others = requests
    .slice(before)
    .filter(({ url = "" }) => !url.startsWith("/authorize?") && url !== "/favicon.ico");
  for (const { url, method, headers } of others) {
    expect(url).toMatch(/^\/\.well-known\//);
    expect(method).toBe("GET");
    expect(headers.cookie).toBeUndefined();
    expect(headers.authorization).toBeUndefined();
  }
  expect(requests.slice(before).filter(({ url = "" }) => url.startsWith("/authorize?"))).toHaveLength(1);
});
