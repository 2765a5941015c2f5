import { readFileSync } from "node:fs";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { importHar } from "@/lib/har/import.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";

// Import, redaction and diagnosis of generated recordings against JSON.parse of the same bytes, in one run.

const fixture = new URL("../test/fixtures/har/oidc-provider-healthy.playwright.har", import.meta.url);
const attempt = (JSON.parse(readFileSync(fixture, "utf8")) as { log: { entries: Entry[] } }).log.entries;
const recordedAt = Date.parse(attempt[0]?.startedDateTime ?? "");
const everyTwentieth = 20;
const rounds = 3;
const script = 'function a(b,c){return b+c*"x".length}\n/* "quoted" \\n */ var token={a:1,b:[1,2,3]};'.repeat(200);

interface Entry {
  startedDateTime: string;
}

interface Measured {
  readonly name: string;
  readonly megabytes: number;
  readonly entries: number;
  readonly used: number;
  readonly parse: number;
  readonly read: number;
  readonly diagnosed: number;
  readonly heap: number;
}

// The first recording pays for compiling the code; a person's second import does not.
await measure("warm-up", generate(5, 2));
const results: Measured[] = [];
for (const megabytes of [10, 20, 40, 50, 100])
  results.push(await measure(`5 % OAuth`, generate(megabytes, everyTwentieth)));
for (const megabytes of [5, 10, 20]) results.push(await measure(`all OAuth`, generate(megabytes, 1)));

console.log(
  "recording    MB   entries   used  JSON.parse  import+redact  diagnose  total/parse  ms/used entry  peak heap",
);
for (const { name, megabytes, entries, used, parse, read, diagnosed, heap } of results)
  console.log(
    [
      name.padEnd(10),
      megabytes.toFixed(0).padStart(4),
      String(entries).padStart(9),
      String(used).padStart(6),
      `${parse.toFixed(0)} ms`.padStart(11),
      `${read.toFixed(0)} ms`.padStart(14),
      `${diagnosed.toFixed(0)} ms`.padStart(9),
      `${((read + diagnosed) / parse).toFixed(2)} ×`.padStart(12),
      ((read + diagnosed) / Math.max(1, used)).toFixed(3).padStart(14),
      `${heap.toFixed(0)} MB`.padStart(10),
    ].join(" "),
  );
for (const name of ["5 % OAuth", "all OAuth"])
  for (const larger of results) {
    const smaller = results.find((one) => one.name === name && Math.abs(one.megabytes * 2 - larger.megabytes) < 1);
    if (larger.name === name && smaller)
      console.log(
        `${name}, ${smaller.megabytes.toFixed(0)} to ${larger.megabytes.toFixed(0)} MB: ${((larger.read + larger.diagnosed) / (smaller.read + smaller.diagnosed)).toFixed(2)} ×`,
      );
  }

async function measure(name: string, bytes: Uint8Array): Promise<Measured> {
  const best = { parse: Number.POSITIVE_INFINITY, read: Number.POSITIVE_INFINITY, diagnosed: Number.POSITIVE_INFINITY };
  let entries = 0;
  let used = 0;
  let heap = 0;
  for (let round = 0; round < rounds; round += 1) {
    collectGarbage();
    best.parse = Math.min(best.parse, await time(() => JSON.parse(new TextDecoder().decode(bytes)) as unknown));
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const redactor = createRedactor({ id: "bench", bytes: new Uint8Array(32).fill(round + 1) }, { readHtml });
    let peak = before;
    const start = process.cpuUsage();
    const content = await importHar(chunksOf(bytes), {
      redact: redactor.redact,
      onProgress: () => {
        peak = Math.max(peak, process.memoryUsage().heapUsed);
      },
    });
    best.read = Math.min(best.read, millisecondsSince(start));
    if (content.kind === "refused") throw new Error(content.problem);
    best.diagnosed = Math.min(best.diagnosed, await time(() => diagnose(content.observations, { asOf: content.asOf })));
    entries = content.entries.read;
    used = content.entries.used;
    heap = Math.max(heap, (Math.max(peak, process.memoryUsage().heapUsed) - before) / 1e6);
  }
  return { name, megabytes: bytes.length / 1e6, entries, used, ...best, heap };
}

async function time(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  return millisecondsSince(start);
}

/** Processor time, all threads: what else runs on the machine does not count, the collector's own threads do. */
function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function collectGarbage(): void {
  globalThis.gc?.();
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1 << 20) yield bytes.subarray(at, at + (1 << 20));
}

/** Copies of one real attempt, each with times and secrets of its own, among entries of an ordinary page. */
function generate(megabytes: number, everyNth: number): Uint8Array {
  const parts: string[] = ['{"log":{"version":"1.2","creator":{"name":"Bench","version":"1"},"entries":['];
  let size = 0;
  let copies = 0;
  for (let at = 0; size < megabytes * 1e6; copies += 1) {
    for (const entry of attempt) {
      const text = personalise(entry, copies, at);
      parts.push(size === 0 ? text : `,${text}`);
      size += text.length + 1;
      at += 1;
      for (let filler = 1; filler < everyNth && size < megabytes * 1e6; filler += 1) {
        const other = ordinaryEntry(at);
        parts.push(`,${other}`);
        size += other.length + 1;
        at += 1;
      }
    }
  }
  parts.push("]}}");
  return new TextEncoder().encode(parts.join(""));
}

function personalise(entry: Entry, copy: number, at: number): string {
  const startedDateTime = new Date(recordedAt + copy * 60_000 + (Date.parse(entry.startedDateTime) - recordedAt));
  const mark = copy.toString(36).padStart(4, "0");
  return (
    JSON.stringify({ ...entry, startedDateTime: startedDateTime.toISOString(), _number: at }, null, 2)
      // Long runs of the base64url alphabet are this attempt's secrets: another attempt, other secrets.
      .replace(
        /(?<=(?:state|code|nonce|code_challenge|interaction)[=/])[\w-]{16,}/g,
        (secret) => mark + secret.slice(4),
      )
  );
}

function ordinaryEntry(at: number): string {
  const body = script.slice(0, 500 + ((at * 7919) % 11_000));
  const headers = (prefix: string) =>
    Array.from({ length: 12 }, (_, index) => ({
      name: `${prefix}-${index}`,
      value: `a value that is rather long; q=0.${index}`,
    }));
  return JSON.stringify(
    {
      _resourceType: "script",
      startedDateTime: new Date(recordedAt + at * 50).toISOString(),
      time: 12.3,
      request: {
        method: "GET",
        url: `https://cdn${at % 9}.example.com/assets/chunk.${at}.js?v=${at}`,
        httpVersion: "h2",
        headers: headers("request"),
        queryString: [{ name: "v", value: String(at) }],
        cookies: [],
        headersSize: -1,
        bodySize: 0,
      },
      response: {
        status: 200,
        statusText: "",
        httpVersion: "h2",
        headers: headers("response"),
        cookies: [],
        content: { size: body.length, mimeType: "application/javascript", text: body },
        redirectURL: "",
        headersSize: -1,
        bodySize: 0,
      },
      cache: {},
      timings: { send: 0, wait: 1, receive: 2 },
    },
    null,
    2,
  );
}
