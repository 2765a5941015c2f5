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

  test("of any form: what is not on the list is not even read", () => {
    start();
    const read: string[] = [];
    const form = (names: readonly string[]) =>
      new Proxy(Object.fromEntries(names.map((name) => [name, ["0123456789abcdef"]])), {
        get(target, name) {
          if (typeof name === "string" && name in target) read.push(name);
          return Reflect.get(target, name);
        },
      });
    const secret = ["username", "password", "otp", "__RequestVerificationToken"];
    browser.webRequest.onBeforeRequest.fire({ ...details, requestBody: { formData: form([...secret, "code"]) } });
    const url = "https://auth.example/token";
    const formData = form([...secret, "grant_type", "code"]);
    browser.webRequest.onBeforeRequest.fire({ ...details, url, type: "xmlhttprequest", requestBody: { formData } });
    expect(new Set(read)).toEqual(new Set(["code", "grant_type"]));
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

test("our own requests are not recorded, the navigations that our pages start are", () => {
  start();
  const own = { ...details, initiator: "chrome-extension://self", type: "xmlhttprequest", statusCode: 200 };
  for (const event of Object.values(browser.webRequest))
    event.fire({ ...own, requestBody: { formData: { grant_type: ["x"] } } });
  expect(drafts).toEqual([]);
  browser.webRequest.onBeforeRequest.fire({ ...own, type: "main_frame" });
  expect(drafts).toHaveLength(1);
});

test("what a page fetches ahead for a link is no navigation, answered or not", () => {
  start();
  const ahead = { ...details, method: "GET", documentId: "60ACF42063AED6E406FA817BFFC54123", statusCode: 302 };
  for (const event of Object.values(browser.webRequest)) event.fire({ ...ahead, redirectUrl: details.url });
  expect(drafts).toEqual([]);
});

test("a load that belongs to no tab has none", () => {
  start();
  browser.webRequest.onBeforeRequest.fire({ ...details, tabId: -1 });
  expect(drafts[0]).not.toHaveProperty("tabId");
});

type Registered = readonly [{ readonly types: readonly string[]; readonly urls: readonly string[] }, string[]?];
const registered = () =>
  Object.values(browser.webRequest).map(({ listeners }) => listeners.map(({ rest }) => rest as unknown as Registered));

test("nothing asks for the headers that the browser keeps back: cookies, origin, referrer", () => {
  start();
  for (const [event, filters] of registered().entries())
    for (const [, extra = []] of filters)
      expect({ event, extra }).toEqual({ event, extra: extra.filter((each) => each !== "extraHeaders") });
});

test("navigations, and of what pages request only what has an address of OAuth", () => {
  start();
  for (const filters of registered()) {
    expect(filters.map(([{ types }]) => types)).toEqual([
      ["main_frame", "sub_frame"],
      ["xmlhttprequest", "ping"],
    ]);
    for (const pattern of filters[1]?.[0].urls ?? []) expect(pattern).toMatch(/^\*:\/\/\*\/.*[a-z]{3}/);
  }
});

test("after access was granted every listener is a new registration, and there are no more than before", () => {
  const remove = vi.spyOn(browser.webRequest.onBeforeRequest, "removeListener");
  const add = vi.spyOn(browser.webRequest.onBeforeRequest, "addListener");
  start().restart();
  expect(remove).toHaveBeenCalledTimes(2);
  expect(add).toHaveBeenCalledTimes(4);
  for (const { listeners } of Object.values(browser.webRequest)) {
    expect(listeners).toHaveLength(2);
    expect(new Set(listeners.map(({ listener }) => listener)).size).toBe(2);
  }
});

describe("requests of pages", () => {
  const token = { ...details, type: "xmlhttprequest", url: "https://auth.example/token", frameId: -1, tabId: -1 };
  /** What the listeners of page requests make of it; navigations have listeners of their own. */
  const fire = (request: object) =>
    browser.webRequest.onBeforeRequest.listeners[1]?.listener(...([{ ...token, ...request }] as never[]));
  const bytes = (text: string) => ({ raw: [{ bytes: new TextEncoder().encode(text).buffer }] });
  const sent = {
    grant_type: "authorization_code",
    code: "SplxlOBeZQQYbYS6WxSbIA",
    password: "Hunter2Hunter2",
    nested: { deep: "Hunter2Hunter2" },
  };

  test.each([
    ["form", { formData: { grant_type: ["authorization_code"], code: [sent.code], password: [sent.password] } }],
    ["JSON", bytes(JSON.stringify(sent))],
    ["form in bytes", bytes(`grant_type=authorization_code&code=${sent.code}&password=${sent.password}`)],
    ["form in parts", { raw: [...bytes("grant_type=authoriz").raw, ...bytes(`ation_code&code=${sent.code}`).raw] }],
  ])("a token request whose body is a %s: its listed fields, of no tab", (_, requestBody) => {
    start();
    fire({ requestBody });
    expect(drafts).toMatchObject([{ kind: "request", type: "fetch", method: "POST" }]);
    expect(drafts[0]).not.toHaveProperty("tabId");
    const kept = JSON.stringify(drafts);
    expect(kept).toContain("authorization_code");
    expect(kept).toContain(sent.code);
    expect(kept).not.toContain(sent.password);
    expect(kept).not.toMatch(/password|nested/);
  });

  test("a token request whose body the browser keeps to itself", () => {
    start();
    fire({ requestBody: { error: "Unknown error." } });
    expect(drafts).toMatchObject([{ body: { kind: "unreadable" } }]);
  });

  test.each([
    ["a registration", "https://auth.example/register", 3, ["request-unreadable"]],
    ["a pushed request", "https://auth.example/oauth/par/", 3, ["request-unreadable"]],
    ["a token request at another usual place", "https://auth.example/oauth/access_token", 3, ["request-unreadable"]],
    ["what has such a word in its address", "https://a.example/track?token=0123", 3, []],
    ["one of no tab", "https://auth.example/register", -1, []],
  ])("%s whose body the browser keeps to itself is a gap in its tab, or nothing", (_, url, tabId, reasons) => {
    start();
    fire({ url, tabId, requestBody: { error: "Unknown error." } });
    expect(drafts.map((draft) => (draft.kind === "gap" ? draft.reason : draft.kind))).toEqual(reasons);
  });

  test("what was somebody else's business when it was asked is so when it is answered", () => {
    start();
    const other = { ...token, method: "GET", url: "https://a.example/api/csrf-token", statusCode: 200 };
    for (const { listeners } of Object.values(browser.webRequest)) listeners[1]?.listener(...([other] as never[]));
    expect(drafts).toEqual([]);
    // Of a chain of redirects, what comes after may be one.
    fire({ url: "https://auth.example/token", requestBody: { formData: { grant_type: ["authorization_code"] } } });
    browser.webRequest.onHeadersReceived.listeners[1]?.listener(...([{ ...token, statusCode: 400 }] as never[]));
    expect(drafts.map(({ kind }) => kind)).toEqual(["request", "response"]);
  });

  test("a registration", () => {
    start();
    const document = { client_name: "App", redirect_uris: ["https://app.example/callback"], jwks: { keys: [] } };
    fire({ url: "https://auth.example/register", requestBody: bytes(JSON.stringify(document)) });
    expect(drafts).toMatchObject([{ body: { kind: "text", mimeType: "application/json" } }]);
    expect(JSON.stringify(drafts)).toContain("https://app.example/callback");
  });

  test("metadata", () => {
    start();
    fire({ method: "GET", url: "https://auth.example/.well-known/oauth-authorization-server/t1" });
    expect(drafts).toMatchObject([{ type: "fetch", method: "GET" }]);
  });

  test.each([
    ["a POST to such an address that has nothing of OAuth", { requestBody: { formData: { email: ["a@example"] } } }],
    ["JSON that is no object", { requestBody: bytes('["grant_type"]') }],
    ["text that is no JSON", { requestBody: bytes("{grant_type"), url: "https://a.example/tokens/new" }],
    [
      "a body of megabytes",
      { requestBody: bytes(`{"grant_type":"${"x".repeat(300_000)}"}`), url: "https://a.example/tokenize" },
    ],
    ["a GET", { method: "GET", url: "https://a.example/api/tokens?page=2" }],
    ["a preflight", { method: "OPTIONS" }],
    ["our own", { initiator: "chrome-extension://self", requestBody: bytes(JSON.stringify(sent)) }],
  ])("%s is not recorded", (_, request) => {
    start();
    fire(request);
    expect(drafts).toEqual([]);
  });
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
  browser.webNavigation.onErrorOccurred?.fire({ ...frame, frameId: 0, error: "Error code 2152398850" });
  expect(drafts).toMatchObject([{ kind: "navigation", how: "failed", error: "net::ERR_ABORTED" }]);
});
