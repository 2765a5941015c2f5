import { setTimeout as after } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type ExtensionBrowser, launch } from "../e2e/browser.ts";
import { type Result, run } from "./run.ts";
import { shapes } from "./shapes.ts";
import { createVictim, type Victim } from "./worker.ts";

let browser: ExtensionBrowser;
let victim: Victim;
beforeAll(async () => {
  browser = await launch({ extension: inject("extension"), grant: "all" });
  victim = await createVictim(browser);
});
afterAll(async () => {
  await browser?.close();
  for (const [what, { results, kills }] of tally) console.log(sum(what, results, kills));
});

const tally = new Map<string, { readonly results: Result[]; kills: number }>();
function count(what: string, result: Result, kills: number): Result {
  const of = tally.get(what) ?? { results: [], kills: 0 };
  of.results.push(result);
  of.kills += kills;
  tally.set(what, of);
  return result;
}

function sum(what: string, results: readonly Result[], kills: number): string {
  const of = (kind: Result["kind"]) => results.filter((result) => result.kind === kind).length;
  const kept = results.reduce((total, result) => total + result.kept, 0);
  const gaps = results.filter((result) => result.gaps.length > 0).length;
  return `${what}: ${kills} kills in ${results.length} attempts; right ${of("right")}/${results.length}, incomplete ${of("incomplete")}, unseen ${of("unseen")}, wrong ${of("wrong")}; ${kept} events kept, gaps marked in ${gaps}`;
}

/** The same on every run, so that a failure can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(shapes)("$id", (shape) => {
  let points: string[] = [];
  let kept = 0;

  test("unharmed: the right verdict", async () => {
    const seen: string[] = [];
    const result = await run({ browser, victim }, shape, (_, point) => void seen.push(point));
    points = seen;
    kept = result.kept;
    expect(result).toMatchObject({ kind: "right", gaps: [] });
  });

  test("killed once, wherever the browser waits: the right verdict every time", async () => {
    expect(points.length).toBeGreaterThan(3);
    const wrong: object[] = [];
    for (let at = 0; at < points.length; at += 1) {
      const result = await run({ browser, victim }, shape, (n) => (n === at ? victim.kill() : undefined));
      count("single kills", result, 1);
      if (result.kind !== "right") wrong.push({ point: points[at], ...result });
    }
    expect(wrong).toEqual([]);
  });

  test("killed twice in a row: right, or incomplete with its gap", async () => {
    const wrong: object[] = [];
    for (let at = 0; at + 1 < points.length; at += 2) {
      const result = await run({ browser, victim }, shape, async (n) => {
        if (n !== at && n !== at + 1) return;
        await victim.kill();
        await victim.wake();
        await victim.kill();
      });
      count("double kills", result, 4);
      if (result.kind === "wrong") wrong.push({ point: points[at], ...result });
    }
    expect(wrong).toEqual([]);
  });

  test("killed as soon as the n-th event is stored, for every n: right, or incomplete with its gap", async () => {
    const wrong: object[] = [];
    for (let n = 1; n <= kept; n += 1) {
      await victim.wake();
      let isKilled = false;
      void victim.stored(n).then(
        () => {
          isKilled = true;
          return victim.kill();
        },
        () => undefined,
      );
      const result = await run({ browser, victim }, shape, () => undefined);
      count("kills after the n-th stored event", result, isKilled ? 1 : 0);
      if (result.kind === "wrong") wrong.push({ n, ...result });
    }
    expect(wrong).toEqual([]);
  });
});

test("60 kills at random: right, or incomplete with its gap", async () => {
  const random = createRandom(20_261_123);
  const wrong: object[] = [];
  let left = 60;
  for (let round = 0; left > 0; round += 1) {
    const shape = shapes[round % shapes.length];
    if (!shape) break;
    await victim.wake();
    const kills = Math.min(3, left);
    left -= kills;
    const killing = (async () => {
      for (let kill = 0; kill < kills; kill += 1) {
        await after(100 + random() * 500);
        await victim.kill();
      }
    })();
    const result = await run({ browser, victim }, shape, () => undefined);
    await killing;
    count("random kills", result, kills);
    if (result.kind === "wrong") wrong.push({ round, shape: shape.id, ...result });
  }
  expect(wrong).toEqual([]);
}, 400_000);
