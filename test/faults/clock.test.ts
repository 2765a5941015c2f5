import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { afterAll, expect, inject, test } from "vitest";
import { launch } from "../e2e/browser.ts";
import { createFigures } from "./figures.ts";
import { type Result, verdictOf } from "./run.ts";
import { shapes } from "./shapes.ts";
import { createVictim } from "./worker.ts";

const figures = createFigures();
afterAll(() => figures.print());

/** Put before the worker's own script: from `jumpsAt` on, everything it learns of the time is off by `by` milliseconds. */
const changedClock = (jumpsAt: number, by: number) => `
{
  const read = Date.now;
  const isChanged = (at) => at >= ${jumpsAt};
  Date.now = () => read() + (isChanged(read()) ? ${by} : 0);
  for (const area of [chrome.webRequest, chrome.webNavigation])
    for (const event of Object.values(area ?? {}))
      if (typeof event?.addListener === "function") {
        const [add, remove] = [event.addListener.bind(event), event.removeListener.bind(event)];
        const changed = new Map();
        event.addListener = (listener, ...rest) => {
          const changing = (details) =>
            listener(isChanged(details.timeStamp) ? { ...details, timeStamp: details.timeStamp + ${by} } : details);
          changed.set(listener, changing);
          add(changing, ...rest);
        };
        event.removeListener = (listener) => remove(changed.get(listener) ?? listener);
      }
}
`;

const hours = 60 * 60_000;
/** Milliseconds until the clock jumps: every attempt has reached its login page by then. */
const jumpsIn = 12_000;

/** All shapes side by side in one browser whose clock jumps while they wait on their login pages. */
async function drive(by: number, isKilled: boolean): Promise<(Result & { shape: string })[]> {
  const folder = await mkdtemp(join(tmpdir(), "hopscope-clock-"));
  const extension = join(folder, "extension");
  await cp(inject("extension"), extension, { recursive: true });
  const jumpsAt = Date.now() + jumpsIn;
  const script = join(extension, "background.js");
  await writeFile(script, changedClock(jumpsAt, by) + (await readFile(script, "utf8")));
  const browser = await launch({ extension, grant: "all" });
  const victim = await createVictim(browser);
  const since = Date.now();
  const jumped = (async () => {
    await after(jumpsAt + 100 - Date.now());
    if (isKilled) await victim.kill();
  })();
  try {
    return await Promise.all(
      shapes.map(async (shape) => {
        const driven = await shape.drive(browser.context, async (point) => {
          if (point === "the first page at rest") {
            expect(Date.now()).toBeLessThan(jumpsAt);
            await jumped;
          }
        });
        const result = await verdictOf(browser, shape, driven, since);
        await driven.close();
        return { shape: shape.id, ...result };
      }),
    );
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

test.each([
  ["set back by two hours", -2 * hours, "the same worker"],
  ["set back by two hours", -2 * hours, "a worker started anew"],
  ["set forward by five hours", 5 * hours, "the same worker"],
  ["set forward by five hours", 5 * hours, "a worker started anew"],
  ["set forward by three days", 72 * hours, "the same worker"],
  ["set forward by three days", 72 * hours, "a worker started anew"],
])("a clock %s in the middle of an attempt: the right verdict (%i ms, %s)", async (name, by, worker) => {
  const isKilled = worker === "a worker started anew";
  const results = await drive(by, isKilled);
  for (const result of results) figures.count(`clock ${name}`, result, isKilled ? 1 : 0);
  expect(results.filter(({ kind }) => kind !== "right")).toEqual([]);
});
