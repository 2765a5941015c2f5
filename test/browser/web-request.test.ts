import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Draft } from "@/lib/browser/capture/draft.ts";
import { createFakeBrowser } from "./fake-browser.ts";

const fake = vi.hoisted(() => ({ browser: undefined as unknown }));
vi.mock("wxt/browser", () => ({
  get browser() {
    return fake.browser;
  },
}));

const { startWebRequest } = await import("@/lib/browser/capture/web-request.ts");
const { startWebNavigation } = await import("@/lib/browser/capture/web-navigation.ts");

let browser: ReturnType<typeof createFakeBrowser>;
let drafts: Draft[];

beforeEach(() => {
  browser = createFakeBrowser();
  fake.browser = browser;
  drafts = [];
});

const details = {
  requestId: "7",
  tabId: 3,
  frameId: 0,
  timeStamp: 1000.5,
  url: "https://client.example/callback",
  method: "POST",
  type: "main_frame",
};
const start = () => startWebRequest((draft) => drafts.push(draft));

describe("the body of a POST", () => {
  test("of a form_post response: its listed fields, duplicates kept", () => {
    start();
    const formData = { code: ["c1", "c2"], state: ["s"], "extra-field": ["kept nowhere"] };
    browser.webRequest.onBeforeRequest.fire({ ...details, requestBody: { formData } });
    expect(drafts).toMatchObject([
      {
        body: {
          kind: "form",
          fields: [
            { name: "code", value: "c1" },
            { name: "code", value: "c2" },
            { name: "state", value: "s" },
          ],
        },
      },
    ]);
  });

  test("of a login form: nothing of it", () => {
    start();
    const formData = { username: ["person@example"], password: ["Hunter2Hunter2"], __proto__: null, otp: ["123456"] };
    browser.webRequest.onBeforeRequest.fire({ ...details, requestBody: { formData } });
    expect(drafts).toHaveLength(1);
    expect(JSON.stringify(drafts)).not.toMatch(/person@example|Hunter2|123456/);
  });

  test("that the browser does not parse is said to be unreadable", () => {
    start();
    browser.webRequest.onBeforeRequest.fire({ ...details, requestBody: { error: "Unknown error." } });
    expect(drafts).toMatchObject([{ body: { kind: "unreadable" } }]);
  });

  test("of a GET is never looked at", () => {
    start();
    browser.webRequest.onBeforeRequest.fire({ ...details, method: "GET", requestBody: { formData: { code: ["c"] } } });
    expect(drafts[0]).not.toHaveProperty("body");
  });
});

test("our own requests are not recorded", () => {
  start();
  const own = { ...details, initiator: "chrome-extension://self", statusCode: 200 };
  for (const event of Object.values(browser.webRequest)) event.fire(own);
  expect(drafts).toEqual([]);
  browser.webRequest.onBeforeRequest.fire({ ...details, initiator: "chrome-extension://other" });
  expect(drafts).toHaveLength(1);
});

test("a load that belongs to no tab has none", () => {
  start();
  browser.webRequest.onBeforeRequest.fire({ ...details, tabId: -1 });
  expect(drafts[0]).not.toHaveProperty("tabId");
});

test("only navigations are listened to, without extraHeaders", () => {
  start();
  for (const { listeners } of Object.values(browser.webRequest)) {
    expect(listeners).toHaveLength(1);
    const [filter, extra = []] = (listeners[0]?.rest ?? []) as [{ types: string[] }, string[]?];
    expect(filter.types).toEqual(["main_frame", "sub_frame"]);
    expect(extra).not.toContain("extraHeaders");
  }
});

test("after access was granted every listener is a new registration, and still the only one", () => {
  const remove = vi.spyOn(browser.webRequest.onBeforeRequest, "removeListener");
  const add = vi.spyOn(browser.webRequest.onBeforeRequest, "addListener");
  start().restart();
  expect(remove).toHaveBeenCalledTimes(1);
  expect(add).toHaveBeenCalledTimes(2);
  for (const { listeners } of Object.values(browser.webRequest)) expect(listeners).toHaveLength(1);
});

test("navigation events are listened to from the moment their permission is there", () => {
  const names = [
    "onCommitted",
    "onErrorOccurred",
    "onDOMContentLoaded",
    "onCreatedNavigationTarget",
    "onReferenceFragmentUpdated",
    "onHistoryStateUpdated",
  ];
  const documents: unknown[] = [];
  const navigations = startWebNavigation(
    (draft) => drafts.push(draft),
    (document) => documents.push(document),
  );
  browser.webNavigation = Object.fromEntries(
    names.map((name) => [name, createFakeBrowser().webRequest.onBeforeRequest]),
  );
  navigations.restart();
  navigations.restart();
  const frame = { tabId: 3, documentId: "D", timeStamp: 5, url: "https://a.example/" };
  browser.webNavigation.onDOMContentLoaded?.fire({ ...frame, frameId: 0 });
  browser.webNavigation.onDOMContentLoaded?.fire({ ...frame, frameId: 4 });
  expect(documents).toEqual([{ tabId: 3, frameId: 0, documentId: "D", url: "https://a.example/" }]);
  browser.webNavigation.onErrorOccurred?.fire({ ...frame, frameId: 0, error: "net::ERR_ABORTED" });
  expect(drafts).toMatchObject([{ kind: "navigation", how: "failed", error: "net::ERR_ABORTED" }]);
});
