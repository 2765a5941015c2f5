import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor, readStored } from "@/lib/redaction/redact.ts";
import { findLeak } from "./leaks.ts";
import { type PlantPlace, places } from "./places.ts";
import { encodings, names, type Shapes, shapes } from "./plants.ts";
import { sinks } from "./sinks.ts";
import { laterPlaces, laterShapes, unseenEncodings, unseenNames, unseenPlaces, unseenShapes } from "./unseen.ts";

const cases = Number(process.env.HOPSCOPE_PROPERTY_CASES ?? 20_000);
const seed = Number(process.env.HOPSCOPE_PROPERTY_SEED ?? 20_261_123);

interface Case {
  readonly shape: string;
  readonly isStrong: boolean;
  readonly secret: string;
  readonly layers: readonly string[];
  readonly place: string;
  readonly name: string;
}

function casesOf(from: {
  readonly shapes: Shapes;
  readonly encodings: Readonly<Record<string, unknown>>;
  readonly places: Readonly<Record<string, PlantPlace>>;
  readonly names: readonly string[];
}): fc.Arbitrary<Case> {
  return fc.constantFrom(...Object.entries(from.shapes)).chain(([shape, { isStrong, values }]) =>
    fc.record({
      shape: fc.constant(shape),
      isStrong: fc.constant(isStrong),
      secret: values,
      layers: fc.array(fc.constantFrom(...Object.keys(from.encodings)), { minLength: 0, maxLength: 3 }),
      place: fc.constantFrom(...Object.keys(from.places)),
      name: fc.constantFrom(...from.names),
    }),
  );
}

/** Parameters whose value is text written for people, wherever they stand. */
const freeText = new Set(["error_description", "message", "client_name", "detail", "title"]);

type Stratum = "strong" | "weak, structured" | "weak, free text";
interface Tally {
  cases: number;
  leaks: string[];
  dropped: number;
}

function run(
  arbitrary: fc.Arbitrary<Case>,
  count: number,
  allPlaces: Readonly<Record<string, PlantPlace>>,
  allEncodings: Readonly<Record<string, (text: string) => string>>,
): Record<Stratum, Tally> {
  const empty = (): Tally => ({ cases: 0, leaks: [], dropped: 0 });
  const tallies: Record<Stratum, Tally> = { strong: empty(), "weak, structured": empty(), "weak, free text": empty() };
  for (const one of fc.sample(arbitrary, { numRuns: count, seed })) {
    const place = allPlaces[one.place];
    if (!place) throw new Error(`no place ${one.place}`);
    const value = one.layers.reduce((text, layer) => allEncodings[layer]?.(text) ?? text, one.secret);
    const tally =
      tallies[
        one.isStrong ? "strong" : place.isFree || freeText.has(one.name) ? "weak, free text" : "weak, structured"
      ];
    tally.cases += 1;
    const raw = place.plant(value, one.name);
    for (const sink of sinks) {
      const output = sink.write([raw]);
      if (output === undefined) tally.dropped += 1;
      const leak = output === undefined ? undefined : findLeak(one.secret, output);
      if (leak !== undefined)
        tally.leaks.push(`${sink.name} ${one.place} ${one.name} ${one.shape} [${one.layers}] ${leak.slice(0, 60)}`);
    }
  }
  return tallies;
}

function report(title: string, tallies: Record<Stratum, Tally>): void {
  const rows = Object.entries(tallies).map(
    ([stratum, { cases: all, leaks, dropped }]) =>
      `  ${stratum.padEnd(18)} ${String(all).padStart(6)} cases  ${String(leaks.length).padStart(4)} leaks  ${String(dropped).padStart(4)} dropped by the gate`,
  );
  const examples = Object.values(tallies).flatMap(({ leaks }) =>
    leaks.slice(0, Number(process.env.HOPSCOPE_PROPERTY_SHOW ?? 8)),
  );
  process.stdout.write(`\n${title} (seed ${seed}, ${sinks.length} sinks)\n${[...rows, ...examples].join("\n")}\n`);
}

describe("redaction leaves no secret behind", () => {
  it("finds what is planted when nothing is redacted", () => {
    const found = fc
      .sample(casesOf({ shapes, encodings: { none: 0 }, places, names }), { numRuns: 500, seed })
      .filter((one) => {
        const raw = places[one.place]?.plant(one.secret, one.name);
        return findLeak(one.secret, JSON.stringify(raw)) !== undefined;
      });
    expect(found.length).toBeGreaterThan(490);
  });

  it("of the shapes, encodings, places and names it was written with", { timeout: 600_000 }, () => {
    const tallies = run(casesOf({ shapes, encodings, places, names }), Math.round(cases * 0.75), places, encodings);
    report("known generator", tallies);
    expect(tallies.strong.leaks).toEqual([]);
    expect(tallies["weak, structured"].leaks).toEqual([]);
    expect(tallies["weak, free text"].leaks.length).toBeLessThanOrEqual(tallies["weak, free text"].cases * 0.001);
  });

  it("and what is left reads back unchanged", { timeout: 600_000 }, () => {
    const redactor = createRedactor({ id: "again", bytes: new Uint8Array(32).fill(6) }, { readHtml });
    for (const one of fc.sample(casesOf({ shapes, encodings, places, names }), {
      numRuns: Math.round(cases / 10),
      seed,
    })) {
      const value = one.layers.reduce((text, layer) => encodings[layer]?.(text) ?? text, one.secret);
      const raw = places[one.place]?.plant(value, one.name);
      const observation = raw && redactor.redact(raw);
      expect(readStored(JSON.parse(JSON.stringify(observation))), `${one.place} ${one.name} ${one.shape}`).toEqual(
        observation,
      );
    }
  });

  it.each([
    { title: "held-out generator", from: { shapes: unseenShapes, places: unseenPlaces } },
    { title: "later held-out generator", from: { shapes: laterShapes, places: laterPlaces } },
  ])("of those it was not written with: $title", { timeout: 600_000 }, ({ title, from }) => {
    const all = { ...from, encodings: unseenEncodings, names: unseenNames };
    const tallies = run(casesOf(all), Math.round(cases * 0.125), from.places, unseenEncodings);
    report(title, tallies);
    expect(tallies.strong.leaks).toEqual([]);
    expect(tallies["weak, structured"].leaks).toEqual([]);
    expect(tallies["weak, free text"].leaks.length).toBeLessThanOrEqual(tallies["weak, free text"].cases * 0.001);
  });
});
