import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { build } from "wxt";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { attemptsOf, storedObservations } from "./read.ts";
import { quiet } from "./setup.ts";

let folder: string;
let extension: string;
let server: Server;
let origin: string;
let browser: ExtensionBrowser;

const state = "af0ifjsldkj-af0ifjsldkj-af0ifjsldkj";
const issued = "access-0123456789-abcdefghijklmnopqrstuvwxyz";

/** A page that is its own client: it asks for the token by script, as single-page applications do. */
const callbackPage = (token: string) => `<h1>Signing in</h1><script>
  const code = new URLSearchParams(location.search).get("code");
  fetch("/${token}", { method: "POST", body: new URLSearchParams({
    grant_type: "authorization_code", code, client_id: "app", redirect_uri: location.origin + location.pathname }) })
    .then((answer) => { document.title = String(answer.status); });
</script>`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hopscope-devtools-"));
  await build({
    outDir: folder,
    configFile: "wxt.devtools.config.ts",
    logger: quiet,
    vite: () => ({ logLevel: "error" }),
  });
  extension = join(folder, "chrome-mv3-devtools");
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", origin);
    const json = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case "/authorize": {
        const back = `${url.searchParams.get("redirect_uri")}?code=code-${Math.random().toString(36).repeat(2)}&state=${state}`;
        response.writeHead(302, { location: back }).end();
        return;
      }
      case "/refused/callback":
        response.writeHead(200, { "content-type": "text/html" }).end(callbackPage("refused/token"));
        return;
      case "/granted/callback":
        response.writeHead(200, { "content-type": "text/html" }).end(callbackPage("granted/token"));
        return;
      case "/.well-known/oauth-authorization-server":
        return json(200, {
          issuer: origin,
          authorization_endpoint: `${origin}/authorize`,
          response_types_supported: ["code"],
        });
      case "/refused/token":
        return json(400, { error: "invalid_grant", error_description: "PKCE verification failed" });
      case "/granted/token":
        return json(200, { access_token: issued, token_type: "Bearer", expires_in: 60 });
      default:
        response.writeHead(404, { "content-type": "text/plain" }).end("nothing here");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch({ extension, grant: "all", args: ["--auto-open-devtools-for-tabs"] });
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

const requestFor = (client: string) =>
  `${origin}/authorize?${new URLSearchParams({
    response_type: "code",
    client_id: "app",
    redirect_uri: `${origin}/${client}/callback`,
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
    state,
  })}`;

/** Answers that DevTools gave, of requests of this tab to this path. */
const answersIn = async (tabId: number, path: string) =>
  (await storedObservations(browser)).filter(
    (seen) =>
      seen.kind === "response" &&
      seen.source === "devtools" &&
      seen.tabId === tabId &&
      JSON.stringify(seen.url).includes(path),
  );

test("the flavour differs from the extension as it ships in the panel and in nothing else", async () => {
  const read = async (of: string) => JSON.parse(await readFile(join(of, "manifest.json"), "utf8"));
  const [base, flavour] = await Promise.all([read(inject("extension")), read(extension)]);
  const { devtools_page, name, content_security_policy, ...rest } = flavour;
  const { name: _, content_security_policy: policy, ...shipped } = base;
  expect(rest).toEqual(shipped);
  expect(devtools_page).toBe("devtools.html");
  expect(name).toBe("Hopscope with DevTools panel");
  expect(content_security_policy.extension_pages).toBe(
    policy.extension_pages.replace("frame-ancestors 'none'", "frame-ancestors devtools://devtools"),
  );
  const warnings = await browser.bench.evaluate(
    (text) => chrome.management.getPermissionWarningsByManifest(text),
    JSON.stringify(flavour),
  );
  expect(warnings).toEqual(["Read and change all your data on all websites"]);
});

/** A tab whose DevTools are known to log: a request of its page was seen there. DevTools knows nothing from before it was open. */
async function openInspected() {
  const page = await browser.context.newPage();
  const tabId = await browser.tabIdOf(page);
  await page.goto(`${origin}/start`);
  const probe = "/.well-known/oauth-authorization-server";
  const isLogged = async () => {
    await page.evaluate((path) => fetch(path).then((answer) => answer.text()), probe);
    return (await answersIn(tabId, probe)).length > 0;
  };
  await expect.poll(isLogged, { timeout: 45_000, interval: 500 }).toBe(true);
  return { page, tabId };
}

test("what a token endpoint answered joins the attempt, as one leg", async () => {
  const { page, tabId } = await openInspected();
  await page.goto(requestFor("refused"));
  await expect.poll(() => page.title()).toBe("400");
  await expect.poll(() => answersIn(tabId, "/refused/token"), { timeout: 15_000 }).toHaveLength(1);
  await expect
    .poll(async () => (await attemptsOf(browser, tabId)).map(({ state: of, headline }) => [of, headline?.id]), {
      timeout: 10_000,
    })
    .toEqual([["not-connected", "pkce-verifier-mismatch"]]);
  const requests = (await storedObservations(browser)).filter(
    (seen) => seen.kind === "request" && seen.tabId === tabId && JSON.stringify(seen.url).includes("/refused/token"),
  );
  expect(requests).toHaveLength(1);
  await page.close();
}, 90_000);

test("an issued token is seen to be there and never stored", async () => {
  const { page, tabId } = await openInspected();
  await page.goto(requestFor("granted"));
  await expect.poll(() => answersIn(tabId, "/granted/token"), { timeout: 15_000 }).toHaveLength(1);
  await expect.poll(async () => (await attemptsOf(browser, tabId))[0]?.state, { timeout: 10_000 }).toBe("connected");
  expect(JSON.stringify(await storedObservations(browser))).not.toContain(issued);
  await page.close();
}, 90_000);

test("the panel shows the inspected tab's attempts and no others", async () => {
  const page = await browser.context.newPage();
  const tabId = await browser.tabIdOf(page);
  await page.goto(requestFor("granted"));
  await expect.poll(async () => (await attemptsOf(browser, tabId)).length, { timeout: 10_000 }).toBe(1);
  const panel = await browser.context.newPage();
  await panel.goto(`chrome-extension://${browser.id}/inspector.html?tab=${tabId}`);
  await panel.locator(".flow-row").first().waitFor();
  expect(await panel.locator(".flow-row").count()).toBe(1);
  await panel.goto(`chrome-extension://${browser.id}/inspector.html`);
  await expect.poll(() => panel.locator(".flow-row").count()).toBeGreaterThan(1);
  await panel.close();
  await page.close();
});
