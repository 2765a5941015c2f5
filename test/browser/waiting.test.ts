import { beforeEach, expect, test, vi } from "vitest";
import { createFakeBrowser } from "./fake-browser.ts";

const fake = vi.hoisted(() => ({ browser: undefined as unknown }));
vi.mock("wxt/browser", () => ({
  get browser() {
    return fake.browser;
  },
}));
// Where it is kept is settled when the module loads.
fake.browser = createFakeBrowser();
const { createWaiting } = await import("@/lib/browser/waiting.ts");

let browser: ReturnType<typeof createFakeBrowser>;
beforeEach(() => {
  browser = createFakeBrowser();
  fake.browser = browser;
});

test("what could not be read is there for the next worker", async () => {
  const [hour, first] = [60 * 60_000, createWaiting()];
  await first.read();
  first.write([{ from: 0, to: hour }]);
  const { get } = browser.storage.session;
  browser.storage.session.get = () => Promise.reject(new Error("not now"));
  const second = createWaiting();
  await expect(second.read()).rejects.toThrow("not now");
  second.write([{ from: 5 * hour, to: 6 * hour }]);
  browser.storage.session.get = get;
  expect(await createWaiting().read()).toEqual([{ from: 0, to: hour }]);
});
