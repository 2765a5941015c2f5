import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { executablePath, launch } from "@/test/e2e/browser.ts";
import { copyCounting, countedEvents } from "@/test/e2e/counted-events.ts";

// What the extension costs the pages of others, on loopback. All browsers run at once and take turns, in another order each
// round, so that what else the machine does falls on each alike. Reads the built extension.

const rounds = Number(process.argv[2] ?? 40);
const requests = 300;
const gif = Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64");
// Pages kept for going back, and images drawn by a layout engine, grow from load to load.
const args = ["--disable-features=BackForwardCache"];

const manifest = (name: string) =>
  JSON.stringify({
    manifest_version: 3,
    name,
    version: "1",
    permissions: ["webRequest"],
    host_permissions: ["*://*/*"],
    background: { service_worker: "worker.js" },
  });

/** Extensions to compare with. To whom Chromium gives the permission, it leads every request through its own process. */
const others: Readonly<Record<string, string>> = {
  "permission alone": "",
  "naive listener": `for (const name of ["onBeforeRequest", "onBeforeSendHeaders", "onHeadersReceived", "onBeforeRedirect", "onCompleted", "onErrorOccurred"])
  chrome.webRequest[name].addListener(() => {}, { urls: ["<all_urls>"] });`,
};

const fetches = `<script>
const start = performance.now();
Promise.all(Array.from({ length: ${requests} }, (_, index) => fetch("/dot.gif?" + index).then((one) => one.blob())))
  .then(() => { document.documentElement.dataset.took = String(performance.now() - start); });
</script>`;

const folder = await mkdtemp(join(tmpdir(), "hopscope-bench-"));
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  response.setHeader("cache-control", "no-store");
  if (pathname === "/dot.gif") response.setHeader("content-type", "image/gif").end(gif);
  else if (pathname === "/images") response.setHeader("content-type", "text/html").end(page(images()));
  else response.setHeader("content-type", "text/html").end(page(fetches));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const close: (() => Promise<void>)[] = [];
try {
  await run();
} finally {
  for (const each of close) await each();
  server.close();
  await rm(folder, { recursive: true, force: true });
}

function page(body: string): string {
  return `<!doctype html><title>Bench</title>${body}`;
}

function images(): string {
  const all = Array.from({ length: requests }, (_, index) => `<img src="/dot.gif?${index}">`).join("");
  return `${all}<script>addEventListener("load", () => { document.documentElement.dataset.took = String(performance.now()); });</script>`;
}

async function run(): Promise<void> {
  const counted = join(folder, "hopscope");
  await copyCounting(join(process.cwd(), ".output", "chrome-mv3"), counted);
  const hopscope = await launch({ extension: counted, grant: "all", args });
  close.push(hopscope.close);
  // The test's own watch on every request ends with the page that set it.
  await hopscope.bench.close();
  const pages = new Map<string, Page>([
    ["no extension", await bare("one", [])],
    ["no extension again", await bare("two", [])],
    ["Hopscope", await hopscope.context.newPage()],
  ]);
  for (const [name, script] of Object.entries(others)) {
    const extension = join(folder, name.replace(" ", "-"));
    await mkdir(extension);
    await writeFile(join(extension, "manifest.json"), manifest(name));
    await writeFile(join(extension, "worker.js"), script);
    const load = [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`];
    pages.set(name, await bare(name.replace(" ", "-"), load));
  }
  const events = () => countedEvents(hopscope);
  for (const kind of ["images", "fetches"]) {
    for (const each of pages.values()) await load(each, kind);
    const before = await events();
    const took = new Map([...pages.keys()].map((name): [string, number[]] => [name, []]));
    const names = [...pages.keys()];
    for (let round = 0; round < rounds; round += 1)
      for (const index of names.keys()) {
        const name = names[(index + round) % names.length] ?? "";
        const tab = pages.get(name);
        if (tab) took.get(name)?.push(await load(tab, kind));
      }
    print(kind, took);
    // The blank page between two loads is none of theirs, and dispatches its own.
    const dispatched = ((await events()) - before) / rounds;
    console.log(`events dispatched to Hopscope per page: ${dispatched.toFixed(1)} (at most 6 wanted)`);
  }
}

/** What a browser takes longer than those without an extension, round by round, and what that is worth. */
function print(kind: string, took: ReadonlyMap<string, readonly number[]>): void {
  const [one, other] = [took.get("no extension") ?? [], took.get("no extension again") ?? []];
  const at = (times: readonly number[], round: number) => times[round] ?? Number.NaN;
  const noise = bootstrap(one.map((time, round) => at(other, round) - time));
  console.log(`\n${requests} ${kind}, ${rounds} rounds, ms`);
  for (const [name, times] of took) console.log(`${name.padEnd(20)} median ${median(times).toFixed(0).padStart(6)}`);
  console.log(`the two without an extension differ by ${say(noise)} in the same round`);
  for (const name of ["Hopscope", ...Object.keys(others)]) {
    const times = took.get(name) ?? [];
    const interval = bootstrap(times.map((time, round) => time - (at(one, round) + at(other, round)) / 2));
    console.log(`${name}: ${say(interval)} to both; ${judge(interval, noise)}`);
  }
}

function say({ median: middle, low, high }: Interval): string {
  return `${middle.toFixed(1)} (95 %: ${low.toFixed(1)} to ${high.toFixed(1)})`;
}

interface Interval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Within the noise is what two browsers without any extension differ by in the same run, for all that this run can tell. */
function judge({ median: middle, low, high }: Interval, noise: Interval): string {
  const floor = Math.max(Math.abs(noise.low), Math.abs(noise.high));
  if (low <= 0 && high >= 0) return "no difference is shown";
  if (middle <= floor) return `within the noise (±${floor.toFixed(1)})`;
  return low > floor
    ? `slower by more than the noise (±${floor.toFixed(1)})`
    : `cannot tell: the noise is ±${floor.toFixed(1)}, more rounds or a quieter machine are needed`;
}

/** Median of paired differences with its 95 % interval, by resampling the rounds. */
function bootstrap(differences: readonly number[]): Interval {
  const medians = Array.from({ length: 5_000 }, () =>
    median(differences.map(() => differences[Math.floor(Math.random() * differences.length)] ?? Number.NaN)),
  );
  return { median: median(differences), low: quantile(medians, 0.025), high: quantile(medians, 0.975) };
}

async function bare(name: string, more: readonly string[]): Promise<Page> {
  const context = await chromium.launchPersistentContext(join(folder, `profile-${name}`), {
    executablePath: executablePath(),
    args: [...args, ...more],
    viewport: { width: 1000, height: 700 },
  });
  close.push(() => context.close());
  return context.newPage();
}

async function load(tab: Page, kind: string): Promise<number> {
  await tab.goto("about:blank");
  await tab.goto(`${origin}/${kind}`);
  await tab.waitForFunction(() => document.documentElement.dataset.took !== undefined);
  return Number(await tab.locator("html").getAttribute("data-took"));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return below + (above - below) * (place - Math.floor(place));
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
