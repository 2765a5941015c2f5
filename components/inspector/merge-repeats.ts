import type { RungFacts } from "@/lib/discovery/metadata-facts.ts";
import type { Sequence, SequenceStep } from "@/lib/report/sequence.ts";

/**
 * Hopscope asks for each metadata document twice, to see whether all instances of a server agree. Where they do, one line says
 * it.
 */
export interface Repeated<Item> {
  readonly item: Item;
  /** Times it was asked and answered alike. */
  readonly times: number;
}

function merge<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): readonly Repeated<Item>[] {
  const merged = new Map<string, { readonly item: Item; times: number }>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item) ?? `only ${index}`;
    const known = merged.get(key);
    if (known) known.times += 1;
    else merged.set(key, { item, times: 1 });
  }
  return [...merged.values()];
}

export const mergeRungs = (rungs: readonly RungFacts[]): readonly Repeated<RungFacts>[] =>
  merge(rungs, ({ askedBy, rung, urlText, status, outcome, document, problems }) =>
    askedBy === "hopscope"
      ? JSON.stringify([rung.replace(/\/again$/, ""), urlText, status, outcome, document, problems.length])
      : undefined,
  );

const asked = (step: SequenceStep, times: number): SequenceStep =>
  times > 1 ? { ...step, request: `${step.request} (${times} ×)` } : step;

export const mergeSteps = (sequence: Sequence): Sequence => ({
  ...sequence,
  steps: merge(sequence.steps, ({ from, to, request, answer, isBroken }) =>
    from === "hopscope" && !isBroken ? JSON.stringify([to, request, answer]) : undefined,
  ).map(({ item, times }) => asked(item, times)),
});
