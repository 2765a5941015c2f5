import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor, readStored } from "@/lib/redaction/redact.ts";
import { huntedNames, huntedPlaces, huntedShapes } from "./hunted.ts";
import { findLeak } from "./leaks.ts";
import { phraseCarriers, phrasePlaces, phraseShapes } from "./phrases.ts";
import { type PlantPlace, places } from "./places.ts";
import { encodings, names, type Shapes, shapes } from "./plants.ts";
import { type Run, runOf, sinks } from "./sinks.ts";
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
  reported: number;
}

/** The sinks in which the secret stands. Most lines are the same in every run and in several sinks; each is searched once. */
function leaksIn(run: Run, secret: string): string[] {
  const outputs = sinks.map(({ name, write }) => ({ name, text: write(run) }));
  const fresh = new Set(outputs.flatMap(({ text }) => text.split("\n")).filter((line) => !usual.has(line)));
  if (findLeak(secret, [...fresh].join("\n")) === undefined) return [];
  return outputs.flatMap(({ name, text }) => {
    const leak = findLeak(secret, text);
    return leak === undefined ? [] : [`${name}: ${leak.slice(0, 60)}`];
  });
}

/** Lines of an attempt in which nothing is planted. */
const usual = new Set(
  [places.query, places.jsonResponse, places.pageText].flatMap((place) => {
    const raw = place?.plant("x", "x");
    const run = raw && runOf(raw);
    return run ? sinks.flatMap(({ write }) => write(run).split("\n")) : [];
  }),
);

function run(
  arbitrary: fc.Arbitrary<Case>,
  count: number,
  allPlaces: Readonly<Record<string, PlantPlace>>,
  allEncodings: Readonly<Record<string, (text: string) => string>>,
): Record<Stratum, Tally> {
  const empty = (): Tally => ({ cases: 0, leaks: [], dropped: 0, reported: 0 });
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
    const outcome = runOf(place.plant(value, one.name));
    if (!outcome) tally.dropped += 1;
    else {
      if (outcome.isReported) tally.reported += 1;
      const found = leaksIn(outcome, one.secret);
      if (found.length > 0)
        tally.leaks.push(`${one.place} ${one.name} ${one.shape} [${one.layers}] ${found.join(" | ")}`);
    }
  }
  return tallies;
}

function report(title: string, tallies: Record<Stratum, Tally>): void {
  const rows = Object.entries(tallies).map(
    ([stratum, { cases: all, leaks, dropped, reported }]) =>
      `  ${stratum.padEnd(18)} ${String(all).padStart(6)} cases  ${String(leaks.length).padStart(4)} leaks  ${String(dropped).padStart(4)} dropped by the gate  ${String(reported).padStart(6)} in a report`,
  );
  const examples = Object.values(tallies).flatMap(({ leaks }) =>
    leaks.slice(0, Number(process.env.HOPSCOPE_PROPERTY_SHOW ?? 8)),
  );
  process.stdout.write(`\n${title} (seed ${seed}, ${sinks.length} sinks)\n${[...rows, ...examples].join("\n")}\n`);
}

const unseen = { encodings: unseenEncodings, names: unseenNames };
const consoleMethods = ["log", "info", "warn", "error", "debug", "trace"] as const;

describe("redaction leaves no secret behind", () => {
  // The last sink: nothing of the pipeline writes to the console at all.
  beforeAll(() => {
    for (const method of consoleMethods) vi.spyOn(console, method).mockImplementation(() => {});
  });
  afterAll(() => {
    for (const method of consoleMethods) expect(console[method]).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

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
    { title: "held-out generator", from: { ...unseen, shapes: unseenShapes, places: unseenPlaces } },
    { title: "later held-out generator", from: { ...unseen, shapes: laterShapes, places: laterPlaces } },
    {
      title: "a hunter's generator",
      from: { encodings: unseenEncodings, names: huntedNames, shapes: huntedShapes, places: huntedPlaces },
    },
    {
      title: "sentences for people",
      from: {
        shapes: phraseShapes,
        places: phrasePlaces,
        encodings: { none: (text: string) => text },
        names: phraseCarriers,
      },
    },
  ])("of those it was not written with: $title", { timeout: 600_000 }, ({ title, from }) => {
    const tallies = run(casesOf(from), Math.round(cases * 0.125), from.places, from.encodings);
    report(title, tallies);
    expect(tallies.strong.leaks).toEqual([]);
    expect(tallies["weak, structured"].leaks).toEqual([]);
    expect(tallies["weak, free text"].leaks.length).toBeLessThanOrEqual(tallies["weak, free text"].cases * 0.001);
  });
});
