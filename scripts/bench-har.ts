import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { type HarImport, importHar } from "@/lib/har/import.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createUrlMemory } from "@/lib/redaction/memory.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { generate } from "./generate-har.ts";

// Import, redaction and diagnosis of generated recordings against JSON.parse of the same bytes, in one run.

const everyTwentieth = 20;

/** Processor time in milliseconds. */
interface Round {
  readonly parse: number;
  readonly read: number;
  readonly diagnosed: number;
}

interface Measured extends Round {
  readonly name: string;
  readonly megabytes: number;
  readonly entries: number;
  readonly used: number;
  /** Of the fastest round: what else the machine does makes rounds slower, never faster. */
  readonly least: number;
  /** Of the rounds, total to parse: smallest, median, largest. */
  readonly ratios: readonly [number, number, number];
  /** Megabytes of heap on top of what there was before. */
  readonly heap: number;
}

const [, , isFirst, firstMegabytes] = process.argv;
if (isFirst === "--first") {
  // The very first recording of a process: nothing is compiled, neither for us nor for JSON.parse.
  process.stdout.write(JSON.stringify(await runOnce(generate(Number(firstMegabytes), everyTwentieth))));
} else await report();

async function report(): Promise<void> {
  // A person's second import: the code is compiled by then. Every round is another recording, none is forced to collect
  // garbage first, which would throw compiled code away.
  await runOnce(generate(5, 2));
  const results: Measured[] = [];
  for (const megabytes of [10, 20, 40, 50, 100])
    results.push(await measure("5 % OAuth", generate(megabytes, everyTwentieth), megabytes > 20 ? 5 : 11));
  for (const megabytes of [5, 10, 20]) results.push(await measure("all OAuth", generate(megabytes, 1), 5));
  console.log("Median of several rounds, processor time of all threads; 2 cores or more do the same in less.");
  console.log(
    "recording    MB   entries   used  JSON.parse  import+redact  diagnose  total/parse (all rounds)  ms/used entry  peak heap",
  );
  for (const result of results) console.log(line(result));
  for (const megabytes of [10, 50]) console.log(firstLine(megabytes));
  for (const name of ["5 % OAuth", "all OAuth"])
    for (const larger of results) {
      const smaller = results.find((one) => one.name === name && Math.abs(one.megabytes * 2 - larger.megabytes) < 1);
      if (larger.name === name && smaller)
        console.log(
          `${name}, ${smaller.megabytes.toFixed(0)} to ${larger.megabytes.toFixed(0)} MB, fastest rounds: ${(larger.least / smaller.least).toFixed(2)} ×`,
        );
    }
}

function line({ name, megabytes, entries, used, parse, read, diagnosed, ratios, heap }: Measured): string {
  const [least, median, most] = ratios;
  return [
    name.padEnd(10),
    megabytes.toFixed(0).padStart(4),
    String(entries).padStart(9),
    String(used).padStart(6),
    `${parse.toFixed(0)} ms`.padStart(11),
    `${read.toFixed(0)} ms`.padStart(14),
    `${diagnosed.toFixed(0)} ms`.padStart(9),
    `${median.toFixed(2)} × (${least.toFixed(2)} to ${most.toFixed(2)})`.padStart(25),
    ((read + diagnosed) / Math.max(1, used)).toFixed(3).padStart(14),
    `${heap.toFixed(0)} MB`.padStart(10),
  ].join(" ");
}

/** In five processes of their own, each with its first JSON.parse and its first import. */
function firstLine(megabytes: number): string {
  const rounds = Array.from({ length: 5 }, () => {
    const output = execFileSync(
      process.execPath,
      ["--import", "tsx", fileURLToPath(import.meta.url), "--first", String(megabytes)],
      { encoding: "utf8" },
    );
    return JSON.parse(output) as Round;
  });
  const of = (part: (round: Round) => number) => median(rounds.map(part)).toFixed(0);
  return `first recording of a process, 5 % OAuth, ${megabytes} MB: JSON.parse ${of(({ parse }) => parse)} ms, import+redact ${of(({ read }) => read)} ms, diagnose ${of(({ diagnosed }) => diagnosed)} ms, ${median(rounds.map(ratioOf)).toFixed(2)} ×`;
}

function totalOf({ read, diagnosed }: Round): number {
  return read + diagnosed;
}

function ratioOf(round: Round): number {
  return totalOf(round) / round.parse;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function measure(name: string, bytes: Uint8Array, count: number): Promise<Measured> {
  const rounds: Round[] = [];
  for (let round = 0; round < count; round += 1) rounds.push(await runOnce(bytes));
  const ratios = rounds.map(ratioOf);
  const { content, heap } = await weigh(bytes);
  return {
    name,
    megabytes: bytes.length / 1e6,
    entries: content.entries.read,
    used: content.entries.used,
    parse: median(rounds.map(({ parse }) => parse)),
    read: median(rounds.map(({ read }) => read)),
    diagnosed: median(rounds.map(({ diagnosed }) => diagnosed)),
    least: Math.min(...rounds.map(totalOf)),
    ratios: [Math.min(...ratios), median(ratios), Math.max(...ratios)],
    heap,
  };
}

async function runOnce(bytes: Uint8Array): Promise<Round> {
  const parse = await time(() => JSON.parse(new TextDecoder().decode(bytes)) as unknown);
  const start = process.cpuUsage();
  const content = await read(bytes);
  const spent = millisecondsSince(start);
  return { parse, read: spent, diagnosed: await time(() => diagnose(content.observations, { asOf: content.asOf })) };
}

async function read(bytes: Uint8Array, onProgress = () => {}): Promise<HarImport> {
  const key = { id: "bench", bytes: crypto.getRandomValues(new Uint8Array(32)) };
  const redactor = createRedactor(key, { readHtml, urls: createUrlMemory() });
  const content = await importHar(chunksOf(bytes), { redact: redactor.redact, onProgress });
  if (content.kind === "refused") throw new Error(content.problem);
  return content;
}

/** A round that is not timed, since it collects garbage first. */
async function weigh(bytes: Uint8Array): Promise<{ readonly content: HarImport; readonly heap: number }> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let peak = before;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  };
  const content = await read(bytes, look);
  look();
  return { content, heap: (peak - before) / 1e6 };
}

async function time(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  return millisecondsSince(start);
}

/** Processor time, all threads: what else runs on the machine does not count, compiling and collecting do. */
function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1 << 20) yield bytes.subarray(at, at + (1 << 20));
}
