import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { executablePath, launch } from "@/test/e2e/browser.ts";

// What the extension costs the pages of others, on loopback. All browsers run at once and take turns, so that what else the
// machine does falls on each alike. Needs a built extension (`npm run build`).

const rounds = Number(process.argv[2] ?? 25);
const requests = 300;
const gif = Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64");
// Pages kept for going back, and images drawn by a layout engine, grow from load to load.
const args = ["--disable-features=BackForwardCache"];

/** Counts what the browser dispatches to the worker; put before its own script in a copy of the build. */
const counter = `
let hopscopeEvents = 0;
for (const area of [chrome.webRequest, chrome.webNavigation])
  for (const event of Object.values(area ?? {}))
    if (typeof event?.addListener === "function") {
      const add = event.addListener.bind(event);
      const counted = new Map();
      event.addListener = (listener, ...rest) => {
        const counting = (...details) => { hopscopeEvents += 1; return listener(...details); };
        counted.set(listener, counting);
        add(counting, ...rest);
      };
      const remove = event.removeListener.bind(event);
      event.removeListener = (listener) => remove(counted.get(listener) ?? listener);
    }
chrome.runtime.onMessage.addListener((message, _, respond) => {
  if (message === "count events") respond(hopscopeEvents);
});
`;

const naive = {
  "manifest.json": JSON.stringify({
    manifest_version: 3,
    name: "naive",
    version: "1",
    permissions: ["webRequest"],
    host_permissions: ["*://*/*"],
    background: { service_worker: "worker.js" },
  }),
  "worker.js": `for (const name of ["onBeforeRequest", "onBeforeSendHeaders", "onHeadersReceived", "onBeforeRedirect", "onCompleted", "onErrorOccurred"])
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
  await cp(join(process.cwd(), ".output", "chrome-mv3"), counted, { recursive: true });
  const script = join(counted, "background.js");
  await writeFile(script, counter + (await readFile(script, "utf8")));
  await mkdir(join(folder, "naive"));
  for (const [name, text] of Object.entries(naive)) await writeFile(join(folder, "naive", name), text);

  const hopscope = await launch({ extension: counted, grant: "all", args });
  close.push(hopscope.close);
  const pages = new Map<string, Page>([
    ["no extension", await bare("one", [])],
    ["no extension again", await bare("two", [])],
    ["Hopscope", await hopscope.context.newPage()],
    [
      "naive listener",
      await bare("three", [
        `--disable-extensions-except=${join(folder, "naive")}`,
        `--load-extension=${join(folder, "naive")}`,
      ]),
    ],
  ]);
  const events = () => hopscope.bench.evaluate(async (): Promise<number> => chrome.runtime.sendMessage("count events"));
  for (const kind of ["images", "fetches"]) {
    for (const each of pages.values()) await load(each, kind);
    const before = await events();
    const took = new Map([...pages.keys()].map((name): [string, number[]] => [name, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const [name, each] of pages) took.get(name)?.push(await load(each, kind));
    // The blank page between two loads is none of theirs, and dispatches its own.
    console.log(`\n${requests} ${kind}, ${rounds} rounds, ms`);
    const floor = took.get("no extension") ?? [];
    for (const [name, times] of took) {
      const differences = times.map((time, round) => time - (floor[round] ?? Number.NaN));
      console.log(
        `${name.padEnd(20)} median ${median(times).toFixed(0).padStart(6)}   paired difference ${median(differences).toFixed(0).padStart(5)} (quartiles ${quantile(differences, 0.25).toFixed(0)} to ${quantile(differences, 0.75).toFixed(0)})`,
      );
    }
    console.log(`events dispatched to Hopscope per page: ${(((await events()) - before) / rounds).toFixed(1)}`);
  }
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
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
