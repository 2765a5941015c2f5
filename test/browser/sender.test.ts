import { beforeEach, expect, test, vi } from "vitest";
import type { DiscoveryRequest } from "@/lib/discovery/run.ts";
import { createFakeBrowser, FakeEvent } from "./fake-browser.ts";

const fake = vi.hoisted(() => ({ browser: undefined as unknown }));
vi.mock("wxt/browser", () => ({
  get browser() {
    return fake.browser;
  },
}));

const { createSend } = await import("@/lib/browser/sender.ts");

let browser: ReturnType<typeof createFakeBrowser>;
let events: Record<string, FakeEvent>;

beforeEach(() => {
  browser = createFakeBrowser();
  browser.permissions.contains.mockResolvedValue(true);
  const { onHeadersReceived, onBeforeRedirect, onErrorOccurred } = browser.webRequest;
  events = { onHeadersReceived, onBeforeRedirect, onErrorOccurred, onResponseStarted: new FakeEvent() };
  Object.assign(browser.webRequest, events);
  fake.browser = browser;
});

const request: DiscoveryRequest = {
  method: "GET",
  url: "https://auth.example:8443/.well-known/openid-configuration?tenant=a",
  headers: [],
  timeoutMs: 5_000,
  maxBytes: 1_000,
  acceptsAddress: () => true,
};
const listeners = () => Object.values(events).flatMap((event) => event.listeners);

/** Answers as the browser does: first its events, with the address, then the response. */
function answerFrom(...addresses: readonly string[]): void {
  const left = [...addresses];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const seen = { url: String(input), initiator: "chrome-extension://self", ip: left.shift(), statusCode: 200 };
    for (const name of ["onHeadersReceived", "onResponseStarted"]) events[name]?.fire(seen);
    return new Response("{}", { headers: { "content-type": "application/json" } });
  });
}

test("what pages request costs them nothing while nothing of ours is under way", async () => {
  answerFrom("192.0.2.1");
  const send = createSend();
  expect(listeners()).toEqual([]);
  await send(request);
  expect(listeners()).toEqual([]);
});

test("under way, only requests of its host are listened to, and no headers that the browser keeps back", async () => {
  answerFrom("192.0.2.1");
  const during = vi.fn();
  browser.permissions.contains.mockImplementation(async () => {
    during(listeners().map(({ rest }) => rest));
    return true;
  });
  await createSend()(request);
  const filter = { urls: ["https://auth.example/*"], types: ["xmlhttprequest"] };
  expect(during).toHaveBeenCalledWith([[filter, ["responseHeaders"]], [filter], [filter], [filter]]);
});

test("a page listens to its own tab", async () => {
  answerFrom("192.0.2.1");
  const during = vi.fn();
  browser.permissions.contains.mockImplementation(async () => {
    during(listeners().map(({ rest: [filter] }) => filter));
    return true;
  });
  await createSend(7)(request);
  expect(during).toHaveBeenCalledWith(Array(4).fill(expect.objectContaining({ tabId: 7 })));
});

test("the listeners end with a request that fails or may not be sent", async () => {
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new DOMException("", "TimeoutError"));
  const send = createSend();
  expect(await send(request)).toEqual({ kind: "failed", error: "timeout" });
  browser.permissions.contains.mockResolvedValue(false);
  expect(await send(request)).toEqual({ kind: "failed", error: "refused:no-permission" });
  expect(listeners()).toEqual([]);
});

test("the address of its own answer is known, and two equal requests at once are told apart", async () => {
  answerFrom("192.0.2.1", "192.0.2.2");
  const send = createSend();
  const answers = await Promise.all([send(request), send(request)]);
  expect(answers).toMatchObject([{ address: "192.0.2.1" }, { address: "192.0.2.2" }]);
});

test("an answer whose address is not accepted is not read", async () => {
  answerFrom("10.0.0.1");
  const refused = await createSend()({ ...request, acceptsAddress: () => false });
  expect(refused).toEqual({ kind: "failed", error: "refused:private-address" });
});
