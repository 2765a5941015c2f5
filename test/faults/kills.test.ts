import { setTimeout as after } from "node:timers/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, spread, startBenches } from "./bench.ts";
import { createFigures } from "./figures.ts";
import { run } from "./run.ts";
import { shapes } from "./shapes.ts";

const figures = createFigures();
afterAll(() => figures.print());

/** Browsers with nothing stored: hundreds of attempts in half an hour are no one's life, and each worker would read them. */
function useBenches(): () => readonly Bench[] {
  let benches: Bench[] = [];
  beforeAll(async () => {
    benches = await startBenches();
  });
  afterAll(async () => {
    await Promise.all(benches.map(({ browser }) => browser.close()));
  });
  return () => benches;
}

const upTo = (count: number) => Array.from({ length: Math.max(count, 0) }, (_, index) => index);

/** The same on every run, so that a failure can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(shapes)("$id", (shape) => {
  const benches = useBenches();
  let points: string[] = [];
  let kept = 0;

  test("unharmed: the right verdict, on every browser", async () => {
    await spread(benches(), benches(), async (bench) => {
      const seen: string[] = [];
      const result = await run(bench, shape, (_, point) => void seen.push(point));
      [points, kept] = [seen, result.kept];
      expect(figures.count("unharmed", result)).toMatchObject({ kind: "right", gaps: [] });
    });
    expect(points.length).toBeGreaterThan(3);
  });

  test("killed once, wherever the browser waits: the right verdict every time", async () => {
    const wrong: object[] = [];
    await spread(benches(), upTo(points.length), async (bench, at) => {
      const result = await run(bench, shape, (n) => (n === at ? bench.victim.kill() : undefined));
      if (figures.count("killed once", result, 1).kind !== "right") wrong.push({ point: points[at], ...result });
    });
    expect(wrong).toEqual([]);
  });

  test("killed twice in a row: right, or incomplete with its gap", async () => {
    const wrong: object[] = [];
    await spread(benches(), upTo(points.length - 1), async (bench, at) => {
      const result = await run(bench, shape, async (n) => {
        if (n !== at && n !== at + 1) return;
        await bench.victim.kill();
        await bench.victim.wake();
        await bench.victim.kill();
      });
      if (figures.count("killed twice in a row", result, 4).kind === "wrong")
        wrong.push({ point: points[at], ...result });
    });
    expect(wrong).toEqual([]);
  });

  test("killed with every request and again with its page: right, or incomplete with its gap", async () => {
    const wrong: object[] = [];
    await spread(benches(), benches(), async (bench) => {
      const kills: Promise<void>[] = [];
      const kill = () => void kills.push(bench.victim.kill());
      const { context } = bench.browser;
      const atPage = (page: Page) => page.on("framenavigated", kill);
      context.on("page", atPage).on("request", kill);
      const end = async () => {
        context.off("page", atPage).off("request", kill);
        await Promise.all(kills);
      };
      const result = await run(bench, shape, () => undefined, end);
      figures.count("killed with every request and its page", result, kills.length);
      if (result.kind === "wrong") wrong.push(result);
    });
    expect(wrong).toEqual([]);
  });

  test("killed as soon as the n-th event is stored, for every n: the right verdict every time", async () => {
    const wrong: object[] = [];
    await spread(benches(), upTo(kept), async (bench, n) => {
      const { victim } = bench;
      await victim.wake();
      let isKilled = false;
      void victim.stored(n + 1).then(
        () => {
          isKilled = true;
          return victim.kill();
        },
        () => undefined,
      );
      const result = await run(bench, shape, () => undefined);
      figures.count("killed after the n-th event", result, isKilled ? 1 : 0);
      if (result.kind !== "right") wrong.push({ n, ...result });
    });
    expect(wrong).toEqual([]);
  });
});

describe("any shape", () => {
  const benches = useBenches();

  test("300 kills at random: right, or incomplete with its gap", async () => {
    const random = createRandom(20_261_123);
    const killsEach = 3;
    const rounds = upTo(300 / killsEach).map((round) => ({
      round,
      // Drawn here, so that who is free first changes nothing.
      pauses: upTo(killsEach).map(() => 100 + random() * 500),
    }));
    const wrong: object[] = [];
    await spread(benches(), rounds, async (bench, { round, pauses }) => {
      const shape = shapes[round % shapes.length];
      if (!shape) return;
      await bench.victim.wake();
      const killing = (async () => {
        for (const pause of pauses) {
          await after(pause);
          await bench.victim.kill();
        }
      })();
      const result = await run(bench, shape, () => undefined);
      await killing;
      if (figures.count("killed at random", result, killsEach).kind === "wrong")
        wrong.push({ round, shape: shape.id, ...result });
    });
    expect(wrong).toEqual([]);
  });
});
