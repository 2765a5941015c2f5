import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, spread, startBenches } from "./bench.ts";
import { createFigures } from "./figures.ts";
import { run } from "./run.ts";
import { shapes } from "./shapes.ts";

let benches: Bench[];
const figures = createFigures();
beforeAll(async () => {
  benches = await startBenches();
});
afterAll(async () => {
  await Promise.all((benches ?? []).map(({ browser }) => browser.close()));
  figures.print();
});

const slow = (milliseconds: number) => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
    return put.apply(this, given);
  };
};

/** Lets this many writes through, and after them none. */
const failing = (through: number) => {
  const { put } = IDBObjectStore.prototype;
  let count = 0;
  IDBObjectStore.prototype.put = function (...given) {
    count += 1;
    if (count > through) throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, given);
  };
};

/** From now on, until it is said that there is room again. */
const full = (isFull: boolean) => {
  const state = globalThis as { isDiskFull?: boolean; isPatched?: true };
  state.isDiskFull = isFull;
  if (state.isPatched) return;
  state.isPatched = true;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    if (state.isDiskFull) throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, given);
  };
};

/** What the extension asked the browser to wake it for. */
const ringAlarm = ({ browser }: Bench) =>
  browser.bench.evaluate(() => chrome.alarms.create("losses", { when: Date.now() }));

test("slow: the right verdict", async () => {
  const wrong: object[] = [];
  await spread(benches, shapes, async (bench, shape) => {
    await bench.victim.run(slow, 40);
    const result = figures.count("storage slow", await run(bench, shape, () => undefined));
    await bench.victim.kill();
    if (result.kind !== "right") wrong.push({ shape: shape.id, ...result });
  });
  expect(wrong).toEqual([]);
});

test("failing for good, with no room even for a gap: what is stored does not look like an end", async () => {
  const ended: object[] = [];
  await spread(benches, shapes, async (bench, shape) => {
    await bench.victim.run(failing, 3);
    const { kind, verdict, kept } = await run(bench, shape, () => undefined);
    await bench.victim.kill();
    if (!["incomplete", "in-progress", undefined].includes(verdict?.state))
      ended.push({ shape: shape.id, kind, kept, verdict });
  });
  expect(ended).toEqual([]);
  console.log(`storage failing for good: ${shapes.length} attempts, none called ended`);
});

const from = (points: readonly number[]) => shapes.flatMap((shape) => points.map((point) => ({ shape, from: point })));
test.each([
  ["the same worker", false, from([0, 1, 2, 3])],
  ["another worker, since this one dies of it", true, from([0, 2])],
] as const)(
  "full for a while, then there is room again for %s: right, or incomplete with its gap",
  async (_, dies, spans) => {
    const wrong: object[] = [];
    await spread(benches, spans, async (bench, { shape, from }) => {
      const { victim } = bench;
      await victim.run(full, false);
      let isFull = false;
      const makeRoom = async () => {
        if (!isFull) return;
        isFull = false;
        // What a killed worker was to do is done by the next.
        if (dies) await victim.kill();
        else await victim.run(full, false);
        await ringAlarm(bench);
      };
      const interfere = async (n: number) => {
        if (n === from) {
          isFull = true;
          await victim.run(full, true);
        }
        if (n === from + 2) await makeRoom();
      };
      const result = await run(bench, shape, interfere, makeRoom);
      await victim.kill();
      const what = `storage full for a while${dies ? ", the worker killed with it" : ""}`;
      if (figures.count(what, result, dies ? 1 : 0).kind === "wrong") wrong.push({ shape: shape.id, from, ...result });
    });
    expect(wrong).toEqual([]);
  },
);
