import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type ExtensionBrowser, launch } from "../e2e/browser.ts";
import { verdictOf } from "./run.ts";
import type { Verdict } from "./shapes.ts";
import { type Stub, type StubPages, startStub } from "./stub.ts";

let browser: ExtensionBrowser;
beforeAll(async () => {
  browser = await launch({ extension: inject("extension"), grant: "all" });
});
afterAll(() => browser?.close());

/** A navigation may end as a download or as an error of the browser. */
const go = (page: Page, url: string) =>
  page.goto(url).then(
    () => undefined,
    () => undefined,
  );
const inOneTab = async (page: Page, stub: Stub) => go(page, stub.request());

const stateless = ({ request }: Stub) => {
  const url = new URL(request());
  url.searchParams.delete("state");
  return url.href;
};

/** In a real browser, since only it shows how these end: what it says of them is not one event, or is another's. */
const flows: readonly {
  readonly way: string;
  readonly pages: (stub: Stub) => StubPages;
  readonly drive: (page: Page, stub: Stub) => Promise<void>;
  readonly expected: Verdict;
}[] = [
  {
    way: "a server that redirects without end",
    pages: () => ({ "/authorize": { redirect: "/a" }, "/a": { redirect: "/b" }, "/b": { redirect: "/a" } }),
    drive: inOneTab,
    expected: { state: "not-connected", finding: "authorization-server-error" },
  },
  {
    way: "a client that redirects without end",
    pages: (stub) => ({
      "/authorize": { redirect: stub.response() },
      "/callback": { redirect: "/home" },
      "/home": { redirect: "/callback" },
    }),
    drive: inOneTab,
    expected: { state: "not-connected", finding: "callback-failed" },
  },
  {
    way: "a refusal that is a download",
    pages: () => ({
      "/authorize": {
        status: 400,
        html: "{}",
        headers: { "content-type": "application/octet-stream", "content-disposition": "attachment; filename=error" },
      },
    }),
    drive: inOneTab,
    expected: { state: "not-connected", finding: "authorization-request-invalid" },
  },
  {
    way: "a link in an e-mail, without state",
    pages: (stub) => ({
      "/authorize": { html: "<h1>Check your e-mail</h1>" },
      "/link": { redirect: `${stub.redirectUri}?error=access_denied` },
      "/callback": { html: "<p>Sorry</p>" },
    }),
    async drive(page, stub) {
      await go(page, stateless(stub));
      const opened = await browser.context.newPage();
      await go(opened, `${stub.origin}/link`);
      await opened.close();
    },
    expected: { state: "not-connected", finding: "access-denied" },
  },
];

test.each(flows)("$way", async ({ pages, drive, expected }) => {
  const since = Date.now();
  const stub = await startStub(pages);
  const page = await browser.context.newPage();
  try {
    await drive(page, stub);
    const { kind, told } = await verdictOf(browser, { expected, lesser: [] }, { hosts: [stub.host] }, since);
    expect(kind, told).toBe("right");
  } finally {
    await page.close();
    await stub.stop();
  }
});
