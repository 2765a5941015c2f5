import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Bench } from "tinybench";
import { build } from "wxt";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { trace } from "@/test/builders.ts";
import { type ExtensionBrowser, launch } from "@/test/e2e/browser.ts";

// Figures, not assertions: what an event and an attempt cost, how large the bundles are, how fast the popup is there.

const extension = join(process.cwd(), ".output", "chrome-mv3");
const key = { id: "bench-key", bytes: new Uint8Array(32).fill(7) };

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
await pages(500);

async function costs(): Promise<void> {
  const raw = oneAttempt(0);
  const redactor = createRedactor(key);
  const observations = raw.flatMap((each) => redactor.redact(each) ?? []);
  const many = redactAll(500);
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

function redactAll(count: number): Observation[] {
  const redactor = createRedactor(key);
  return Array.from({ length: count }, (_, number) => oneAttempt(number)).flatMap((raw) =>
    raw.flatMap((each) => redactor.redact(each) ?? []),
  );
}

/** Bytes that have to be there before the first content: what the page or the worker imports statically. */
async function sizes(): Promise<void> {
  for (const entry of ["popup.html", "inspector.html", "background.js", "analysis.js"]) {
    const files = await staticImports(entry);
    const scripts = [...files].filter((file) => file.endsWith(".js"));
    const zipped = await Promise.all(
      scripts.map(async (file) => gzipSync(await readFile(join(extension, file))).length),
    );
    const total = zipped.reduce((sum, size) => sum + size, 0);
    console.log(`${entry}: ${(total / 1_000).toFixed(1)} kB gzipped in ${scripts.length} scripts before first content`);
  }
  const chunks = (await readdir(extension, { recursive: true })).filter((file) => file.endsWith(".js"));
  console.log(`all scripts: ${chunks.length}`);
}

async function staticImports(entry: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(entry)) return found;
  found.add(entry);
  const text = await readFile(join(extension, entry), "utf8");
  const pattern = entry.endsWith(".html") ? /(?:src|href)="\/([^"]+\.js)"/g : /(?:from|import)\s*"\.\/([^"]+\.js)"/g;
  for (const [, file] of text.matchAll(pattern)) {
    if (file === undefined) continue;
    const folder = entry.includes("/") && !entry.endsWith(".html") ? `${entry.split("/")[0]}/` : "";
    await staticImports(file.includes("/") ? file : `${folder}${file}`, found);
  }
  return found;
}

/** Over `count` stored attempts: nine openings each of the popup and the inspector, and what the worker holds. */
async function pages(count: number): Promise<void> {
  const browser = await launch({ extension, grant: "all" });
  try {
    await fill(browser, redactAll(count));
    for (const name of ["popup", "inspector"]) {
      const times: number[] = [];
      for (let round = 0; round < 9; round += 1) times.push(await firstContent(browser, name));
      times.sort((left, right) => left - right);
      console.log(
        `${name} over ${count} stored attempts: first content after ${times[4]?.toFixed(0)} ms (median of 9), ${times[8]?.toFixed(0)} ms (slowest)`,
      );
    }
    const [session, heap] = [
      await browser.bench.evaluate(() => chrome.storage.session.getBytesInUse()),
      await workerHeap(browser),
    ];
    console.log(
      `worker over ${count} stored attempts: ${(heap / 1e6).toFixed(1)} MB heap after a collection, ${(session / 1e6).toFixed(3)} MB storage.session`,
    );
  } finally {
    await browser.close();
  }
}

/** Milliseconds from the start of the navigation until the first attempt is in the document. */
async function firstContent({ context, id }: ExtensionBrowser, name: string): Promise<number> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("[data-flow]")) return;
      document.documentElement.dataset.firstContent = String(performance.now());
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`chrome-extension://${id}/${name}.html`);
  await page.waitForSelector("html[data-first-content]", { state: "attached" });
  const at = Number(await page.locator("html").getAttribute("data-first-content"));
  await page.close();
  return at;
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
async function fill({ bench }: ExtensionBrowser, observations: readonly Observation[]): Promise<void> {
  await bench.evaluate(async (all) => {
    await chrome.runtime.sendMessage({ command: "refresh" });
    const opened = indexedDB.open("hopscope");
    await new Promise((resolve) => opened.addEventListener("success", resolve));
    const transaction = opened.result.transaction("observations", "readwrite");
    for (const observation of all) transaction.objectStore("observations").put(observation);
    await new Promise((resolve) => transaction.addEventListener("complete", resolve));
    opened.result.close();
    // What a page wrote by itself is read again; a refresh takes the worker's own word for it.
    await chrome.runtime.sendMessage({ command: "reload" });
  }, observations);
}
