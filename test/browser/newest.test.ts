import { beforeEach, expect, test, vi } from "vitest";
import { createFakeBrowser, installLocks } from "./fake-browser.ts";

const fake = vi.hoisted(() => ({ browser: undefined as unknown }));
vi.mock("wxt/browser", () => ({
  get browser() {
    return fake.browser;
  },
}));

// Where things are stored is settled when the modules load.
fake.browser = createFakeBrowser();
const { askNewest } = await import("@/lib/browser/newest.ts");
const { createIndexWriter, readIndex, readWholeIndex, writeSeen } = await import("@/lib/browser/popup-index.ts");

beforeEach(() => {
  fake.browser = createFakeBrowser();
  installLocks();
});

const attempts = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    flowId: `flow-${count - number}`,
    tabIds: [],
    at: count - number,
    state: "not-connected" as const,
    server: "as.example",
    unread: true,
  }));
const write = (count: number) =>
  createIndexWriter().write({ version: "1", attempts: attempts(count), gaps: 0, observations: count });

test("what was asked for early says whether it is still true", async () => {
  await write(3);
  const [undisturbed, disturbed] = [askNewest(), askNewest()];
  expect(undisturbed.read()).toBeUndefined();
  const read = await undisturbed.reading;
  expect(read.index.attempts).toHaveLength(3);
  expect(undisturbed.read()).toBe(read);
  expect(undisturbed.take()).toBe(false);
  await write(4);
  await vi.waitFor(() => expect(disturbed.take()).toBe(true));
  expect(undisturbed.take()).toBe(false);
});

test("marks of the newest attempts are read with them, those of all with all", async () => {
  await write(5_000);
  await writeSeen(attempts(5_000).map(({ flowId }) => flowId));
  const [newest, whole] = [await readIndex(), await readWholeIndex()];
  expect(newest.attempts.length).toBeLessThan(300);
  expect(newest.attempts.some(({ unread }) => unread)).toBe(false);
  expect(whole.attempts).toHaveLength(5_000);
  expect(whole.attempts.some(({ unread }) => unread)).toBe(false);
});
