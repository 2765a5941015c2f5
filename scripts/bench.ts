import { readFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Bench } from "tinybench";
import { build } from "wxt";
import { createUnits } from "@/lib/browser/units.ts";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { trace } from "@/test/builders.ts";
import { type ExtensionBrowser, launch } from "@/test/e2e/browser.ts";
import { storedAttempts } from "./stored-attempts.ts";

// Figures, not assertions: what an event and an attempt cost, how large the bundles are, how fast the popup is there.

const extension = join(process.cwd(), ".output", "chrome-mv3");
/** Of each page. */
const openings = 15;
const key = { id: "bench-key", bytes: new Uint8Array(32).fill(7) };

const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1);
const sayLoad = () => `load ${loadavg()[0]?.toFixed(1)}`;

const oneAttempt = (number: number) =>
  trace()
    .wait(number * 60_000)
    .authorizationRequest({ state: `state-of-attempt-${number}-af0ifjsldkjQx8Yz1b2C3d4E5f6` })
    .redirectsTo("https://auth.example/login")
    .loginPage()
    .visits("https://auth.example/login", "POST")
    .page({ status: 400, text: "We are sorry... Client not found." })
    .raw.map((raw) => ({ ...raw, session: `s${number}` }));

await costs();
await build({ logger: { ...console, level: 0, log() {}, info() {}, success() {}, debug() {}, fatal: console.error } });
await sizes();
for (const count of [500, 2_000, 10_000]) await another(count);
for (const count of [500, 10_000]) await pages(count);

async function costs(): Promise<void> {
  const raw = oneAttempt(0);
  const redactor = createRedactor(key);
  const observations = raw.flatMap((each) => redactor.redact(each) ?? []);
  const many = [...storedAttempts(500)].flat();
  const bench = new Bench({ time: 1_000 });
  bench
    .add(`ingest the ${raw.length} events of one attempt`, () => {
      const fresh = createRedactor(key);
      for (const each of raw) fresh.redact(each);
    })
    .add("diagnose one attempt", () => void diagnose(observations, { asOf: 0 }))
    .add("diagnose 500 attempts", () => void diagnose(many, { asOf: 0 }));
  await bench.run();
  for (const { name, result } of bench.tasks) {
    if ("latency" in result)
      console.log(`${name}: ${result.latency.p50.toFixed(3)} ms median, ${result.latency.p99.toFixed(3)} ms p99`);
  }
}

/** Bytes that the worker runs: its own script at every start, the other one once there is an attempt. */
async function sizes(): Promise<void> {
  for (const script of ["background.js", "analysis.js"])
    console.log(`${script}: ${kilobytes(await zippedSize([script]))} kB gzipped`);
}

async function zippedSize(scripts: Iterable<string>): Promise<number> {
  let total = 0;
  for (const script of scripts) total += gzipSync(await readFile(join(extension, script))).length;
  return total;
}

/** What each event of one more attempt costs the worker over `count` stored ones, beside reading and writing. */
async function another(count: number): Promise<void> {
  const stored: Observation[] = [...storedAttempts(count)].flat();
  const indexOf = (isBehind: (at: number) => boolean) => {
    let [low, high] = [0, stored.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBehind(stored[middle]?.at ?? 0)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const between = (from: number, to: number) =>
    stored.slice(
      indexOf((at) => at >= from),
      indexOf((at) => at > to),
    );
  const store = {
    async between(from: number, to: number, most?: number) {
      const observations = between(from, to).slice(0, most);
      const last = observations.length === most ? observations.at(-1) : undefined;
      return { observations, ...(last && { next: last.at }) };
    },
    countBetween: async (from: number, to: number) => between(from, to).length,
    count: async () => stored.length,
  };
  const shelf = { all: async () => [], replace: async () => undefined, clear: async () => undefined };
  const units = createUnits({ store, shelf, version: "bench" });
  const context = { asOf: 0, isImported: () => false };
  const started = performance.now();
  await units.update(await units.survey(), [], context);
  const all = performance.now() - started;
  const last = stored.at(-1)?.at ?? 0;
  const times: number[] = [];
  for (const raw of [1, 2, 3].flatMap(oneAttempt)) {
    const one = createRedactor(key).redact({
      ...raw,
      at: last + raw.at - Date.UTC(2026, 0, 5, 9),
      session: "bench",
    });
    if (!one) continue;
    stored.push(one);
    const before = performance.now();
    await units.update([{ from: one.at, to: one.at }], [one], context);
    await units.rows();
    times.push(performance.now() - before);
  }
  times.sort((left, right) => left - right);
  const [median, slowest] = [times[times.length >> 1], times.at(-1)];
  console.log(
    `over ${count} stored attempts (${stored.length} observations): all of them anew in ${all.toFixed(0)} ms; each event of another ${median?.toFixed(2)} ms median, ${slowest?.toFixed(2)} ms slowest of ${times.length}`,
  );
}

/** Over `count` stored attempts: openings of the popup and the inspector, typing into its filter, and what the worker holds. */
async function pages(count: number): Promise<void> {
  const browser = await launch({ extension, grant: "all" });
  try {
    const started = performance.now();
    await fill(browser, storedAttempts(count));
    console.log(`${count} attempts stored and diagnosed after ${((performance.now() - started) / 1_000).toFixed(1)} s`);
    const session = await browser.bench.evaluate(() => chrome.storage.session.getBytesInUse());
    // The tests' own listener to all requests is no part of what is measured.
    await browser.context.newPage();
    await browser.bench.close();
    for (const name of ["popup", "inspector"]) {
      const times: number[] = [];
      let scripts: ReadonlySet<string> = new Set();
      for (let round = 0; round < openings; round += 1) {
        const opened = await firstContent(browser, name);
        times.push(opened.after);
        scripts = opened.scripts;
      }
      console.log(`${name} over ${count} stored attempts: first content after ${sayTimes(times)}, ${sayLoad()}`);
      console.log(`${name}: ${kilobytes(await zippedSize(scripts))} kB gzipped in ${scripts.size} scripts before it`);
    }
    console.log(
      `a keystroke in the inspector's filter of ${count}: ${sayTimes(await keystrokes(browser))}, ${sayLoad()}`,
    );
    const heap = await workerHeap(browser);
    console.log(
      `worker over ${count} stored attempts: ${(heap / 1e6).toFixed(1)} MB heap after a collection, ${(session / 1e6).toFixed(3)} MB storage.session`,
    );
  } finally {
    await browser.close();
  }
}

function sayTimes(times: readonly number[]): string {
  const ordered = times.toSorted((left, right) => left - right);
  const at = (share: number) => ordered[Math.floor(share * (ordered.length - 1))]?.toFixed(0);
  return `${at(0.5)} ms (median of ${ordered.length}), ${at(0.95)} ms (95 %), ${at(1)} ms (slowest)`;
}

/** The longest that the page does nothing else after a keystroke, in milliseconds. */
async function keystrokes({ context, id }: ExtensionBrowser): Promise<number[]> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id}/inspector.html`);
  const field = page.getByRole("searchbox").first();
  await field.waitFor();
  await page.waitForTimeout(2_000);
  // What runs this file keeps the names of functions with a helper that a page does not have.
  await page.evaluate("globalThis.__name = (named) => named");
  await page.evaluate(() => {
    const blocked = { longest: 0 };
    Object.assign(globalThis, { blocked });
    const { port1, port2 } = new MessageChannel();
    let last = performance.now();
    port1.onmessage = () => {
      const now = performance.now();
      blocked.longest = Math.max(blocked.longest, now - last);
      last = now;
      port2.postMessage(0);
    };
    port2.postMessage(0);
  });
  const longest = (isNew: boolean) =>
    page.evaluate((isNext) => {
      const { blocked } = globalThis as unknown as { blocked: { longest: number } };
      if (isNext) blocked.longest = 0;
      return blocked.longest;
    }, isNew);
  const found: number[] = [];
  for (const letter of "auth3 client not") {
    await longest(true);
    await field.press(letter === " " ? "Space" : letter);
    await page.waitForTimeout(250);
    found.push(await longest(false));
  }
  await page.close();
  return found;
}

/** Milliseconds from the start of the navigation until the first attempt is in the document, and the scripts that the document names by then. */
async function firstContent({ context, id }: ExtensionBrowser, name: string) {
  const page = await context.newPage();
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("[data-flow]")) return;
      document.documentElement.dataset.firstContent = String(performance.now());
      // Counted here: what a page fetches afterwards, when it is idle, is asked for before a test hears of the first content.
      const named = document.querySelectorAll("script[src], link[rel=modulepreload]");
      const paths = [...named].map((each) => each.getAttribute("src") ?? each.getAttribute("href"));
      document.documentElement.dataset.scripts = paths.join(" ");
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`chrome-extension://${id}/${name}.html`);
  await page.waitForSelector("html[data-first-content]", { state: "attached" });
  const at = Number(await page.locator("html").getAttribute("data-first-content"));
  const scripts = new Set((await page.locator("html").getAttribute("data-scripts"))?.split(" "));
  await page.close();
  return { after: at, scripts };
}

/** Bytes of the worker's JavaScript heap in use. */
async function workerHeap(browser: ExtensionBrowser): Promise<number> {
  const devtools = await browser.devtools();
  const { targetInfos } = await devtools.send("Target.getTargets");
  const worker = targetInfos.find(({ type, url }) => type === "service_worker" && url.includes(browser.id));
  if (!worker) throw new Error("The worker is not running");
  const { sessionId } = await devtools.send("Target.attachToTarget", { targetId: worker.targetId, flatten: false });
  const ask = (id: number, method: string) =>
    new Promise<{ readonly usedSize?: number }>((resolve) => {
      devtools.on("Target.receivedMessageFromTarget", (event) => {
        if (event.sessionId !== sessionId) return;
        const answer: { readonly id?: number; readonly result?: { readonly usedSize?: number } } = JSON.parse(
          event.message,
        );
        if (answer.id === id) resolve(answer.result ?? {});
      });
      void devtools.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
    });
  await ask(1, "HeapProfiler.collectGarbage");
  return (await ask(2, "Runtime.getHeapUsage")).usedSize ?? Number.NaN;
}

/** Writes observations where the worker keeps them, then has it bring the popup's index up to date. */
async function fill({ bench }: ExtensionBrowser, batches: Iterable<readonly Observation[]>): Promise<void> {
  await bench.evaluate(() => chrome.runtime.sendMessage({ command: "refresh" }));
  for (const batch of batches)
    await bench.evaluate(async (all) => {
      const opened = indexedDB.open("hopscope");
      await new Promise((resolve) => opened.addEventListener("success", resolve));
      const transaction = opened.result.transaction("observations", "readwrite");
      for (const observation of all) transaction.objectStore("observations").put(observation);
      await new Promise((resolve) => transaction.addEventListener("complete", resolve));
      opened.result.close();
    }, batch);
  // What a page wrote by itself is read again; a refresh takes the worker's own word for it.
  await bench.evaluate(() => chrome.runtime.sendMessage({ command: "reload" }));
}
