import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { startLab } from "../test/servers/lab.ts";
import { findBrowser } from "./find-browser.ts";
import { BackChannel, type Entry, trimEntries } from "./healthy/entries.ts";
import { benchesOf } from "./healthy/servers.ts";
import type { Bench, Recipe } from "./healthy/visits.ts";

// Records attempts that work, at the real servers of the lab, as small HAR files: what the browser saw and what the
// client itself sent. Every secret in them was made up by the lab and died with it.

const folder = "test/fixtures/healthy";
const only = process.argv[2];

const scratch = await mkdtemp(join(tmpdir(), "hopscope-healthy-"));
await mkdir(folder, { recursive: true });
const lab = await startLab();
const found = findBrowser();
const browser = await chromium.launch({ ...(found && { executablePath: found.path }), args: [...lab.browserArgs] });
const benches = benchesOf(lab);
const problems: string[] = [];
let count = 0;
try {
  for (const [name, open] of Object.entries(benches)) {
    if (only !== undefined && only !== name) continue;
    const bench = await open();
    const lines: string[] = [];
    try {
      for (const recipe of bench.recipes) {
        const recorded = await record(browser, bench, recipe).catch((error: unknown) => String(error));
        if (typeof recorded === "string") problems.push(recorded);
        else lines.push(JSON.stringify(recorded));
      }
    } finally {
      await bench.stop();
    }
    await writeFile(join(folder, `${name}.json`), `[\n${lines.join(",\n")}\n]\n`);
    count += lines.length;
    console.log(`${name}: ${lines.length} recordings`);
  }
} finally {
  await browser.close();
  await lab.stop();
  await rm(scratch, { recursive: true, force: true });
}
console.log(`${count} recordings in ${folder}`);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

async function record(launched: Browser, bench: Bench, { id, states, visit }: Recipe) {
  const path = join(scratch, `${bench.name}-${id}.har`);
  const backChannel = new BackChannel(bench.fetch);
  const context = await launched.newContext({ recordHar: { path, content: "embed", mode: "full" } });
  try {
    await visit({ bench, context, fetch: backChannel.fetch });
  } catch (error) {
    throw new Error(`${bench.name}-${id}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await context.close();
  }
  const { log } = JSON.parse(await readFile(path, "utf8")) as { log: { entries: Entry[] } };
  const entries = [...trimEntries(log.entries), ...backChannel.entries].sort((one, other) =>
    one.startedDateTime < other.startedDateTime ? -1 : 1,
  );
  return {
    id: `${bench.name}-${id}`,
    states,
    har: { log: { version: "1.2", creator: { name: "Playwright", version: "1" }, pages: [], entries } },
  };
}
