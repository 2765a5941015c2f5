import { afterAll, expect, inject, test } from "vitest";
import { type ExtensionBrowser, launch } from "../e2e/browser.ts";
import { atOnce, spread, startBench } from "./bench.ts";
import { createFigures } from "./figures.ts";
import { type Result, verdictOf } from "./run.ts";
import { type Shape, shapes } from "./shapes.ts";
import { observationsSince, reloadExtension } from "./worker.ts";

const figures = createFigures();
afterAll(() => figures.print());

const slots = Array.from({ length: atOnce }, (_, index) => index);
const start = () => launch({ extension: inject("extension"), grant: "all" });
const without = (...ids: readonly string[]) => shapes.filter(({ id }) => !ids.includes(id));
const nothing = async () => undefined;
/** Milliseconds: nothing is read twice after these. */
const wait = 3_000;

/** Does this to every shape in a browser of its own: right, or incomplete with its gap, is all that is honest. */
async function expectHonest(
  what: string,
  over: readonly Shape[],
  harm: (shape: Shape) => Promise<Result>,
  check: (result: Result) => void = () => undefined,
) {
  const wrong: object[] = [];
  await spread(slots, over, async (_, shape) => {
    const result = figures.count(what, await harm(shape));
    check(result);
    if (result.kind === "wrong") wrong.push({ shape: shape.id, ...result });
  });
  expect(wrong).toEqual([]);
}

const query = shapes.filter(({ id }) => id === "query");

test("a tab closed on the login page is an attempt that stopped there", async () => {
  await expectHonest(
    "tab closed",
    query,
    async (shape) => {
      const browser = await start();
      const since = Date.now();
      const hosts: string[] = [];
      await shape
        .drive(browser.context, async (point) => {
          const page = browser.context.pages().at(-1);
          if (point !== "the first page at rest" || !page) return;
          hosts.push(new URL(page.url()).host);
          await page.close();
        })
        .catch(nothing);
      const events = async () =>
        (await observationsSince(browser, since)).map((seen) => (seen.kind === "tab" ? seen.event : ""));
      await expect.poll(events, { timeout: 10_000 }).toContain("closed");
      const expected = { state: "incomplete", finding: "callback-missing" };
      const result = await verdictOf(browser, { expected, lesser: [] }, { hosts }, since);
      await browser.close();
      return result;
    },
    ({ kind }) => expect(kind).toBe("right"),
  );
});

test("a tab that crashes on the login page ends nothing", async () => {
  await expectHonest(
    "tab crashed",
    query,
    async (shape) => {
      const browser = await start();
      const since = Date.now();
      const hosts: string[] = [];
      await shape
        .drive(browser.context, async (point) => {
          const page = browser.context.pages().at(-1);
          if (point !== "the first page at rest" || !page) return;
          hosts.push(new URL(page.url()).host);
          const session = await browser.context.newCDPSession(page);
          await Promise.race([session.send("Page.crash").catch(nothing), page.waitForEvent("crash")]);
          throw new Error("crashed");
        })
        .catch(nothing);
      const expected = { state: "in-progress", finding: undefined };
      const result = await verdictOf(browser, { expected, lesser: [] }, { hosts }, since);
      await browser.close();
      return result;
    },
    ({ kind }) => expect(kind).toBe("right"),
  );
});

test("access taken back on the login page: right, or incomplete with its gap", async () => {
  await expectHonest("access taken back", without("popup", "fragment"), async (shape) => {
    const { browser, victim } = await startBench();
    const since = Date.now();
    const driven = await shape.drive(browser.context, async (point) => {
      if (point === "the first page at rest")
        await browser.bench.evaluate(() => chrome.permissions.remove({ origins: ["*://*/*"] }));
    });
    await victim.wake();
    const result = await verdictOf(browser, shape, driven, since, wait);
    await driven.close();
    await browser.close();
    return result;
  });
});

test("the browser killed on the login page and started again: right, or incomplete with its gap", async () => {
  await expectHonest(
    "browser killed",
    without("form_post", "popup"),
    async (shape) => {
      const since = Date.now();
      const first = await launch({ extension: inject("extension"), grant: "all", keepProfile: true });
      let second: ExtensionBrowser | undefined;
      const driven = await shape.drive(first.context, nothing, async (url) => {
        const session = await first.devtools();
        await session.send("Browser.crash").catch(nothing);
        await first.close().catch(nothing);
        second = await launch({ extension: inject("extension"), grant: "all", profile: first.profile });
        const page = await second.context.newPage();
        await page.goto(url).catch(nothing);
        return page;
      });
      if (!second) throw new Error("The browser was not started again");
      const result = await verdictOf(second, shape, driven, since, wait);
      await driven.close();
      await second.close();
      return result;
    },
    expectOtherKey,
  );
});

test("the extension reloaded on the login page: right, or incomplete with its gap", async () => {
  await expectHonest(
    "extension reloaded",
    without("popup"),
    async (shape) => {
      let browser = await start();
      const since = Date.now();
      const driven = await shape.drive(browser.context, async (point) => {
        if (point === "the first page at rest") browser = await reloadExtension(browser);
      });
      const result = await verdictOf(browser, shape, driven, since, wait);
      await driven.close();
      await browser.close();
      return result;
    },
    expectOtherKey,
  );
});

/** What two keys made cannot differ, and the reader is told why. */
function expectOtherKey({ gaps, underTwoKeys }: Result) {
  expect(gaps).toContain("browser-restarted");
  expect(underTwoKeys).not.toContain("state-mismatch");
}
