import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type ExtensionBrowser, launch } from "../e2e/browser.ts";
import { type Result, run, verdictOf } from "./run.ts";
import { type Shape, shapes } from "./shapes.ts";
import { createVictim, observationsSince } from "./worker.ts";

const figures: string[] = [];
afterAll(() => console.log(figures.join("\n")));

const start = () => launch({ extension: inject("extension"), grant: "all" });
const byId = (id: string): Shape => {
  const found = shapes.find((shape) => shape.id === id);
  if (!found) throw new Error(`No shape ${id}`);
  return found;
};

/** Right, or incomplete with its gap: nothing else is honest. */
function expectHonest(what: string, result: Result): void {
  figures.push(`${what}: ${result.kind}, ${result.kept} events kept, gaps: ${result.gaps.join(" ") || "none"}`);
  expect(result, what).not.toMatchObject({ kind: "wrong" });
}

describe("storage", () => {
  let browser: ExtensionBrowser;
  beforeAll(async () => {
    browser = await start();
  });
  afterAll(() => browser?.close());

  /** Lets this many writes through. */
  const failing = (through: number) => {
    const { put } = IDBObjectStore.prototype;
    let count = 0;
    IDBObjectStore.prototype.put = function (...given) {
      count += 1;
      if (count > through) throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, given);
    };
  };
  const slow = (milliseconds: number) => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given) {
      const until = performance.now() + milliseconds;
      while (performance.now() < until);
      return put.apply(this, given);
    };
  };

  test.each(shapes)("slow: $id", async (shape) => {
    const victim = await createVictim(browser);
    await victim.run(slow, 40);
    const result = await run({ browser, victim }, shape, () => undefined);
    await victim.kill();
    expectHonest(`storage slow, ${shape.id}`, result);
    expect(result.kind).toBe("right");
  });

  test.each(shapes)("failing for good: nothing is claimed ($id)", async (shape) => {
    const victim = await createVictim(browser);
    await victim.run(failing, 3);
    const since = Date.now();
    const driven = await shape.drive(browser.context, async () => undefined);
    const result = await verdictOf(browser, shape, driven, since, 1_500);
    await victim.kill();
    await driven.close();
    figures.push(`storage failing for good, ${shape.id}: ${result.verdict?.state ?? "no attempt"}`);
    // With no room even for a gap, what is stored must not look like an end.
    expect(["incomplete", "in-progress", undefined]).toContain(result.verdict?.state);
  });
});

describe("the browser around it", () => {
  test("a tab closed on the login page is an attempt that stopped there", async () => {
    const browser = await start();
    const since = Date.now();
    await byId("query")
      .drive(browser.context, async (point) => {
        if (point === "the first page at rest") await browser.context.pages().at(-1)?.close();
      })
      .catch(() => undefined);
    await expect
      .poll(async () =>
        (await observationsSince(browser, since)).map((seen) => (seen.kind === "tab" ? seen.event : "")),
      )
      .toContain("closed");
    const result = await verdictOf(
      browser,
      { expected: { state: "incomplete", finding: "callback-missing" } },
      { clientId: "client-" },
      since,
    );
    expectHonest("tab closed", result);
    await browser.close();
  });

  test("a tab that crashes on the login page ends nothing", async () => {
    const browser = await start();
    const since = Date.now();
    await byId("query")
      .drive(browser.context, async (point) => {
        const page = browser.context.pages().at(-1);
        if (point !== "the first page at rest" || !page) return;
        const session = await browser.context.newCDPSession(page);
        await Promise.race([session.send("Page.crash").catch(() => undefined), page.waitForEvent("crash")]);
        throw new Error("crashed");
      })
      .catch(() => undefined);
    const result = await verdictOf(
      browser,
      { expected: { state: "in-progress", finding: undefined } },
      { clientId: "client-" },
      since,
    );
    expectHonest("tab crashed", result);
    await browser.close();
  });

  test.each(["query", "form_post", "loopback refused", "token request of a page"])(
    "access taken back on the login page: %s",
    async (id) => {
      const browser = await start();
      const victim = await createVictim(browser);
      const since = Date.now();
      const shape = byId(id);
      const driven = await shape.drive(browser.context, async (point) => {
        if (point === "the first page at rest")
          await browser.bench.evaluate(() => chrome.permissions.remove({ origins: ["*://*/*"] }));
      });
      await victim.wake();
      const result = await verdictOf(browser, shape, driven, since, 3_000);
      expectHonest(`access taken back, ${id}`, result);
      await driven.close();
      await browser.close();
    },
  );

  test.each(["query", "fragment", "loopback refused"])(
    "the browser killed on the login page and started again: %s",
    async (id) => {
      const shape = byId(id);
      const since = Date.now();
      const first = await launch({ extension: inject("extension"), grant: "all", keepProfile: true });
      let second: ExtensionBrowser | undefined;
      const driven = await shape.drive(
        first.context,
        () => Promise.resolve(),
        async (url) => {
          const session = await first.devtools();
          await session.send("Browser.crash").catch(() => undefined);
          await first.close().catch(() => undefined);
          second = await launch({ extension: inject("extension"), grant: "all", profile: first.profile });
          const page = await second.context.newPage();
          await page.goto(url).catch(() => undefined);
          return page;
        },
      );
      if (!second) throw new Error("The browser was not started again");
      const result = await verdictOf(second, shape, driven, since, 3_000);
      figures.push(`browser killed, ${id}: ${result.kind}, ${result.verdict?.state}, gaps: ${result.gaps.join(" ")}`);
      expect(result.gaps).toContain("browser-restarted");
      // Under another key nothing can differ.
      expect(result.verdict?.finding).not.toBe("state-mismatch");
      await driven.close();
      await second.close();
    },
  );
});
