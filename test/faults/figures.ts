import type { Result } from "./run.ts";

/** What a suite prints when it is done. */
export interface Figures {
  /** Adds one attempt in which the worker was killed this often. */
  count(what: string, result: Result, kills?: number): Result;
  print(): void;
}

export function createFigures(): Figures {
  const tally = new Map<string, { readonly results: Result[]; kills: number }>();
  return {
    count(what, result, kills = 0) {
      const of = tally.get(what) ?? { results: [], kills: 0 };
      of.results.push(result);
      of.kills += kills;
      tally.set(what, of);
      return result;
    },
    print() {
      for (const [what, { results, kills }] of tally) console.log(sum(what, results, kills));
    },
  };
}

function sum(what: string, results: readonly Result[], kills: number): string {
  const all = results.length;
  const of = (kind: Result["kind"]) => results.filter((result) => result.kind === kind).length;
  const survived = all - of("wrong");
  const kept = results.reduce((total, result) => total + result.kept, 0);
  const gaps = results.filter((result) => result.gaps.length > 0).length;
  return `${what}: survived ${survived}/${all}${kills > 0 ? ` (${kills} kills)` : ""}; right ${of("right")}, less with its gap ${of("less")}, incomplete with its gap ${of("incomplete")}, wrong ${of("wrong")}; ${kept} events kept, gaps marked in ${gaps}`;
}
