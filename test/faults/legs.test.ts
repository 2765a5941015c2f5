import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { type ExtensionBrowser, launch } from "../e2e/browser.ts";
import * as clientExtension from "./client-extension.ts";
import { type Stub, type StubPages, startStub } from "./stub.ts";
import { observationsSince } from "./worker.ts";

// What no real product does on demand, from a server that is a stub: every way in which a leg can travel.

let browser: ExtensionBrowser;
let other: string;
beforeAll(async () => {
  other = await mkdtemp(join(tmpdir(), "hopscope-other-"));
  await cp(inject("extension"), join(other, "hopscope"), { recursive: true });
  await clientExtension.write(join(other, "client"));
  const both = [join(other, "hopscope"), join(other, "client")].join(",");
  browser = await launch({
    extension: join(other, "hopscope"),
    grant: "all",
    args: [`--disable-extensions-except=${both}`, `--load-extension=${both}`],
  });
});
afterAll(async () => {
  await browser?.close();
  await rm(other, { recursive: true, force: true });
});

interface Leg {
  readonly way: string;
  readonly pages: (stub: Stub) => StubPages;
  readonly redirectUri?: (stub: Stub) => string | Promise<string>;
  /** What the client does, from a blank page on; otherwise it opens the authorization request in the page. */
  readonly start?: (page: Page, stub: Stub) => Promise<unknown>;
  /** What the person does next. */
  readonly act?: (page: Page, stub: Stub) => Promise<unknown>;
  readonly expected: { readonly state: string; readonly finding?: string; readonly roles: readonly string[] };
}

const delivered = { state: "code-delivered", roles: ["authorization-request", "redirection-endpoint"] };
const withToken = { ...delivered, roles: [...delivered.roles, "token"] };
/** Whether a program took it is between the system and that program. */
const unhandled = { ...delivered, state: "incomplete", finding: "callback-scheme-unhandled" };
const done = { "/callback": { html: "<p>You can close this window.</p>" } };
const arrived = (page: Page) => page.waitForURL(/\/callback/);
const script = (code: string) => ({ html: `<p>Signing you in</p><script>${code}</script>` });
const tokenOf = (stub: Stub, send: string) => ({
  "/authorize": { redirect: stub.response() },
  "/callback": script(`
    const token = "${stub.origin}/token";
    const fields = { grant_type: "authorization_code", code: new URL(location).searchParams.get("code"), client_id: "client" };
    ${send}`),
  "/token": { status: 200, html: "", headers: { "access-control-allow-origin": "*" } },
});

const legs: readonly Leg[] = [
  {
    way: "a page that refreshes to the client",
    pages: (stub) => ({
      "/authorize": { html: `<meta http-equiv="refresh" content="0;url=${stub.response().replaceAll("&", "&amp;")}">` },
      ...done,
    }),
    act: arrived,
    expected: delivered,
  },
  {
    way: "script at once",
    pages: (stub) => ({ "/authorize": script(`location.replace("${stub.response()}")`), ...done }),
    act: arrived,
    expected: delivered,
  },
  {
    way: "script after a while",
    pages: (stub) => ({
      "/authorize": script(`setTimeout(() => { location.href = "${stub.response()}" }, 1500)`),
      ...done,
    }),
    act: arrived,
    expected: delivered,
  },
  {
    way: "a click",
    pages: (stub) => ({ "/authorize": { html: `<a href="${stub.response()}">Continue</a>` }, ...done }),
    act: async (page) => {
      await page.getByText("Continue").click();
      await arrived(page);
    },
    expected: delivered,
  },
  {
    way: "a signed response",
    pages: (stub) => ({
      "/authorize": { redirect: `${stub.redirectUri}?response=${stub.jwt()}` },
      ...done,
    }),
    act: arrived,
    expected: delivered,
  },
  {
    way: "a message to the page that opened it",
    pages: (stub) => ({
      "/start": { html: `<button onclick="window.open('${stub.request()}')">Connect</button>` },
      "/authorize": script(
        `opener.postMessage({ code: "SplxlOBeZQQYbYS6WxSbIA", state: "${stub.state}" }, "*"); setTimeout(close, 300)`,
      ),
    }),
    start: async (page, stub) => {
      await page.goto(`${stub.origin}/start`);
      const opened = page.waitForEvent("popup");
      await page.getByText("Connect").click();
      const popup = await opened;
      if (!popup.isClosed()) await popup.waitForEvent("close");
    },
    expected: { state: "incomplete", finding: "callback-missing", roles: ["authorization-request"] },
  },
  {
    way: "a private-use scheme by redirect",
    redirectUri: () => "example.stub.app:/callback",
    pages: (stub) => ({ "/authorize": { redirect: stub.response() } }),
    expected: unhandled,
  },
  {
    way: "a private-use scheme by script",
    redirectUri: () => "example.stub.app:/callback",
    pages: (stub) => ({ "/authorize": script(`location.href = "${stub.response()}"`) }),
    expected: unhandled,
  },
  {
    way: "the browser's own login, left alone",
    pages: () => ({
      "/authorize": { status: 401, html: "Who are you?", headers: { "www-authenticate": 'Basic realm="stub"' } },
    }),
    expected: { state: "in-progress", roles: ["authorization-request"] },
  },
  {
    way: "the browser's own login, answered",
    pages: (stub) => ({
      "/authorize":
        stub.asked.filter((path) => path === "/authorize").length > 1
          ? { redirect: stub.response() }
          : { status: 401, html: "Who are you?", headers: { "www-authenticate": 'Basic realm="stub"' } },
      ...done,
    }),
    start: (page, stub) => page.goto(stub.request().replace("//", "//person:password@")),
    expected: delivered,
  },
  {
    way: "a reload of the response",
    pages: (stub) => ({ "/authorize": { redirect: stub.response() }, ...done }),
    act: async (page) => {
      await arrived(page);
      await page.reload();
    },
    expected: { ...delivered, roles: [...delivered.roles, "redirection-endpoint"] },
  },
  {
    way: "a login page that was fetched ahead for its link",
    pages: (stub) => ({
      "/start": {
        html: `<a href="${stub.request()}">Connect</a>
          <script type="speculationrules">{"prerender":[{"urls":["${stub.request()}"]}]}</script>`,
      },
      "/authorize": { html: `<a href="${stub.response()}">Continue</a>` },
      ...done,
    }),
    start: async (page, stub) => {
      await page.goto(`${stub.origin}/start`);
      await expect.poll(() => stub.asked.includes("/authorize")).toBe(true);
      await page.getByText("Connect").click();
      await page.waitForURL(/\/authorize/);
    },
    act: async (page) => {
      await page.getByText("Continue").click();
      await arrived(page);
    },
    expected: delivered,
  },
  {
    way: "a token request as a form",
    pages: (stub) => tokenOf(stub, `fetch(token, { method: "POST", body: new URLSearchParams(fields) })`),
    act: (_, stub) => stub.wasAsked("/token"),
    expected: withToken,
  },
  {
    way: "a token request in parts",
    pages: (stub) =>
      tokenOf(
        stub,
        `const body = new FormData();
         for (const [name, value] of Object.entries(fields)) body.append(name, value);
         fetch(token, { method: "POST", body })`,
      ),
    act: (_, stub) => stub.wasAsked("/token"),
    expected: withToken,
  },
  {
    way: "a token request as text",
    pages: (stub) =>
      tokenOf(stub, `const [r] = [new XMLHttpRequest()]; r.open("POST", token); r.send(JSON.stringify(fields))`),
    act: (_, stub) => stub.wasAsked("/token"),
    expected: withToken,
  },
  {
    way: "a token request by beacon",
    pages: (stub) => tokenOf(stub, `navigator.sendBeacon(token, new URLSearchParams(fields))`),
    act: (_, stub) => stub.wasAsked("/token"),
    expected: withToken,
  },
  {
    way: "a token request of the page's worker",
    pages: (stub) =>
      tokenOf(
        stub,
        `const code = 'onmessage = ({ data }) => fetch(data.token, { method: "POST", body: new URLSearchParams(data.fields) })';
         new Worker(URL.createObjectURL(new Blob([code]))).postMessage({ token, fields })`,
      ),
    act: (_, stub) => stub.wasAsked("/token"),
    expected: withToken,
  },
  {
    way: "a token request of the site's service worker",
    pages: (stub) => ({
      ...tokenOf(
        stub,
        `navigator.serviceWorker.register("/worker.js").then(() => navigator.serviceWorker.ready)
           .then(({ active }) => active.postMessage({ token, fields }))`,
      ),
      "/worker.js": {
        script: `onmessage = (event) =>
          event.waitUntil(fetch(event.data.token, { method: "POST", body: new URLSearchParams(event.data.fields) }));`,
      },
    }),
    act: (_, stub) => stub.wasAsked("/token"),
    expected: withToken,
  },
  {
    way: "a client that is an extension",
    redirectUri: () => clientExtension.redirectUri(browser.context),
    pages: (stub) => ({ "/authorize": { html: `<a href="${stub.response()}">Continue</a>` } }),
    start: async (page, stub) => {
      const opened = page.context().waitForEvent("page");
      const ended = clientExtension.start(page.context(), stub.request());
      await (await opened).getByText("Continue").click({ noWaitAfter: true });
      await ended;
    },
    expected: { state: "incomplete", roles: ["authorization-request", "redirection-endpoint"] },
  },
];

test.each(legs)("$way", async ({ pages, redirectUri: choose, start: open, act, expected }) => {
  const stub = await startStub(pages, choose);
  const since = Date.now();
  const page = await browser.context.newPage();
  try {
    if (open) await open(page, stub);
    else await page.goto(stub.request(), { waitUntil: "commit" }).catch(() => undefined);
    await act?.(page, stub);
    await expect
      .poll(
        async () =>
          diagnose(await observationsSince(browser, since), { asOf: Date.now() })
            .filter(({ flow }) => flow.legs.some(({ exchange }) => exchange.url.host === stub.host))
            .map(({ flow, diagnosis }) => ({
              state: diagnosis.state,
              ...(diagnosis.findings[0] && { finding: diagnosis.findings[0].id }),
              roles: flow.legs.map(({ role }) => role),
            })),
        { timeout: 10_000, interval: 100 },
      )
      .toEqual([expected]);
  } finally {
    await page.close();
    await stub.stop();
  }
});
