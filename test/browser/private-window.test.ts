import { expect, test, vi } from "vitest";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { trace } from "../builders.ts";
import { createFakeBrowser, installLocks } from "./fake-browser.ts";

const fake = vi.hoisted(() => ({ browser: undefined as unknown }));
vi.mock("wxt/browser", () => ({
  get browser() {
    return fake.browser;
  },
}));

/** What a worker writes down for the next one. */
async function startWorker(inIncognitoContext: boolean) {
  Object.assign(fake.browser as object, { extension: { inIncognitoContext } });
  vi.resetModules();
  const { createWaiting } = await import("@/lib/browser/waiting.ts");
  const { sessionLosses: losses } = await import("@/lib/browser/losses.ts");
  const waiting = createWaiting();
  const read = async () => [await waiting.read(), await losses.read()];
  return { waiting, losses, read };
}

test("the workers of normal and of private windows, which share storage.session, know nothing of each other", async () => {
  fake.browser = createFakeBrowser();
  const { redact } = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
  const gaps = trace()
    .gap("quota")
    .raw.flatMap((raw) => redact(raw) ?? []);
  const other = await startWorker(true);
  await other.read();
  other.waiting.write([{ from: 0, to: 60 * 60_000 }]);
  await other.losses.write(gaps);
  const written = [[{ from: 0, to: 60 * 60_000 }], gaps];
  expect(await other.read()).toEqual(written);

  const normal = await startWorker(false);
  expect(await normal.read()).toEqual([[], []]);
  normal.waiting.write([]);
  await normal.losses.write([]);
  expect(await other.read()).toEqual(written);
});

test("a site that is ignored in a private window is ignored there, and not written to the disk", async () => {
  const { storage } = createFakeBrowser();
  const extension = { inIncognitoContext: false };
  fake.browser = { storage, extension };
  installLocks();
  const { changeSettings, readSettings, watchSettings } = await import("@/lib/browser/settings.ts");
  const ignore = (host: string) =>
    changeSettings((settings) => ({ ...settings, ignoredHosts: [...settings.ignoredHosts, host] }));
  await ignore("bank.example");

  extension.inIncognitoContext = true;
  const told: (readonly string[])[] = [];
  watchSettings(({ ignoredHosts }) => told.push(ignoredHosts));
  const both = ["bank.example", "clinic.example"];
  expect((await ignore("clinic.example")).ignoredHosts).toEqual(both);
  expect((await readSettings()).ignoredHosts).toEqual(both);
  expect(told.at(-1)).toEqual(both);
  extension.inIncognitoContext = false;
  expect((await readSettings()).ignoredHosts).toEqual(["bank.example"]);
  expect(JSON.stringify(await storage.local.get(null))).not.toContain("clinic");

  extension.inIncognitoContext = true;
  const none = await changeSettings((settings) => ({ ...settings, ignoredHosts: [] }));
  expect(none.ignoredHosts).toEqual([]);
  expect((await readSettings()).ignoredHosts).toEqual([]);
});
