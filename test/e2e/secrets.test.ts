import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Lab, startLab } from "../servers/lab.ts";
import type { Secret } from "../servers/secrets.ts";
import { type ExtensionBrowser, executablePath, launch } from "./browser.ts";
import { attemptsOf, storedObservations } from "./read.ts";
import { createSearch, placeOf } from "./search.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.stop());

/** Attempts in which a code, a state, a password and tokens pass through the browser, and failures that print them. */
const planted = [
  "oidc-provider-healthy-wrong-password",
  "oidc-provider-state-altered",
  "oidc-provider-callback-500",
  "mcp-typescript-sdk-healthy",
  "mcp-typescript-sdk-nobody-listens",
  "mcp-typescript-sdk-unknown-client",
] as const;

/** The browser writes its list of most visited pages half a minute after a visit, which only one of the runs may last. */
const writtenLater = [join("Default", "Top Sites"), join("Default", "Top Sites-journal")];

/** Drives the attempts and gives the secrets that they made up. */
async function runAll(context: BrowserContext, onDriven: (tabOf: BrowserContext) => Promise<void>): Promise<Secret[]> {
  const before = new Set(lab.secrets.all().map(({ value }) => value));
  for (const id of planted) {
    const attempt = await lab.flows.find((flow) => flow.id === id)?.start();
    const page = await context.newPage();
    await attempt?.drive(page);
    await onDriven(context);
    await page.close();
    await attempt?.stop();
  }
  return lab.secrets.all().filter(({ value }) => !before.has(value));
}

/** Everything that the extension's own interfaces give back. */
async function dump(browser: ExtensionBrowser): Promise<string> {
  const areas = await browser.bench.evaluate(async () =>
    JSON.stringify([
      await chrome.storage.local.get(null),
      await chrome.storage.session.get(null),
      await chrome.storage.sync.get(null),
      (await indexedDB.databases()).map(({ name }) => name),
      await caches.keys(),
      { ...localStorage },
    ]),
  );
  return areas + JSON.stringify(await storedObservations(browser));
}

test("no secret reaches storage, messages, console or the disk; the same search finds planted ones", async () => {
  const browser = await launch({
    extension: inject("extension"),
    grant: "all",
    args: lab.browserArgs,
    keepProfile: true,
  });
  const profiles = [browser.profile];
  try {
    await browser.bench.evaluate(() => {
      const messages: unknown[] = [];
      Object.assign(globalThis, { messages });
      chrome.runtime.onMessage.addListener((message) => {
        messages.push(message);
      });
    });
    const messages = () => browser.bench.evaluate(() => JSON.stringify(Reflect.get(globalThis, "messages")));
    let attempts = 0;
    const secrets = await runAll(browser.context, async (context) => {
      const page = context.pages().at(-1);
      const tabId = page ? await browser.tabIdOf(page) : -1;
      await expect.poll(async () => (await attemptsOf(browser, tabId)).length, { timeout: 10_000 }).toBe(1);
      const popup = await browser.openPopup(tabId);
      await popup.locator("[data-flow]").first().waitFor();
      attempts += 1;
      // The last that it sends, when it has painted.
      await expect
        .poll(async () => (await messages()).split("refresh").length, { timeout: 10_000 })
        .toBeGreaterThan(attempts);
      await popup.close();
    });
    const search = createSearch(secrets);
    expect(attempts).toBe(planted.length);
    const kinds = new Set<string>(secrets.map(({ kind }) => kind));
    for (const kind of ["password", "username", "state", "authorization code", "code verifier", "access token"])
      expect(kinds).toContain(kind);

    expect(search.inText(await dump(browser))).toEqual([]);
    expect(search.inText(await messages())).toEqual([]);
    expect(search.inText(JSON.stringify(browser.console))).toEqual([]);
    await browser.close();
    const withExtension = await search.inFolder(browser.profile);

    const bare = await mkdtemp(join(tmpdir(), "hopscope-bare-"));
    profiles.push(bare);
    const context = await chromium.launchPersistentContext(bare, {
      executablePath: executablePath(),
      headless: true,
      args: [...lab.browserArgs],
    });
    const others = await runAll(context, async () => {});
    await context.close();
    const without = await createSearch(others).inFolder(bare);

    // The browser keeps callback URLs by itself; the extension must add no place to those.
    const known = new Set([...without.keys(), ...writtenLater].map(placeOf));
    expect([...withExtension.keys()].filter((path) => !known.has(placeOf(path)))).toEqual([]);
    expect([...withExtension.keys()].filter((path) => path.includes(browser.id))).toEqual([]);

    // The search can find: the browser's own history has the code, and a store that is not redacted is found both ways.
    expect(withExtension.get(join("Default", "History"))).toContain("authorization code");
    const code = secrets.find(({ kind }) => kind === "authorization code")?.value ?? "";
    const again = await launch({
      extension: inject("extension"),
      grant: "all",
      profile: browser.profile,
      keepProfile: true,
    });
    await again.bench.evaluate(async (value) => {
      await chrome.storage.local.set({ unredacted: value });
      await new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("unredacted");
        opening.onupgradeneeded = () => opening.result.createObjectStore("all");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const writing = opening.result.transaction("all", "readwrite");
          writing.objectStore("all").put({ url: `https://client.example/callback?code=${value}` }, 1);
          writing.oncomplete = () => resolve();
        };
      });
    }, code);
    expect(search.inText(await dump(again))).toEqual(["authorization code"]);
    await again.close();
    const places = [...(await search.inFolder(browser.profile)).keys()].filter((path) => path.includes(browser.id));
    expect(places.some((path) => path.includes("IndexedDB"))).toBe(true);
    expect(places.some((path) => path.includes("Local Extension Settings"))).toBe(true);
  } finally {
    for (const profile of profiles) await rm(profile, { recursive: true, force: true });
  }
}, 120_000);
