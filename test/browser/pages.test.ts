import { beforeEach, describe, expect, test, vi } from "vitest";
import { createFakeBrowser, installLocks } from "./fake-browser.ts";

const fake = vi.hoisted(() => ({ browser: undefined as unknown }));
vi.mock("wxt/browser", () => ({
  get browser() {
    return fake.browser;
  },
}));

const { isOwnPage, listenForCommands } = await import("@/lib/browser/commands.ts");
const { readAccess, requestAccess, rememberAccess } = await import("@/lib/browser/permissions.ts");
const { readSession } = await import("@/lib/browser/session.ts");
const { changeSettings, isIgnored, readSettings } = await import("@/lib/browser/settings.ts");
const { currentTabId } = await import("@/lib/browser/current-tab.ts");
const { readShownSettings, setNotifies } = await import("@/lib/browser/shown-settings.ts");
const { createBadge } = await import("@/lib/browser/badge.ts");

let browser: ReturnType<typeof createFakeBrowser>;

beforeEach(() => {
  browser = createFakeBrowser();
  fake.browser = browser;
  installLocks();
});

test("a page is about the tab of its own window, whichever window is in front", async () => {
  browser.tabs.query.mockImplementation(async (asked) => ("currentWindow" in asked ? [{ id: 1 }] : [{ id: 2 }]));
  expect(await currentTabId()).toBe(1);
});

describe("commands", () => {
  const own = { id: "self", url: "chrome-extension://self/popup.html" };

  test.each([
    ["another extension", { id: "other", url: "chrome-extension://other/popup.html" }],
    ["a script of ours in somebody's page", { id: "self", url: "https://evil.example/" }],
    ["a page whose address only begins alike", { id: "self", url: "chrome-extension://self.evil/" }],
    ["nobody", {}],
  ])("from %s are refused", (_, sender) => {
    expect(isOwnPage(sender)).toBe(false);
  });

  test("from our own page are carried out and answered", async () => {
    const carryOut = vi.fn(async () => undefined);
    listenForCommands(carryOut);
    const respond = vi.fn();
    browser.runtime.onMessage.fire({ command: "forget", flowId: "1", url: "https://evil.example" }, own, respond);
    await vi.waitFor(() => expect(respond).toHaveBeenCalledWith({ isDone: true }));
    expect(carryOut).toHaveBeenCalledWith({ command: "forget", flowId: "1" });
  });

  test.each([[{ command: "fetch", url: "https://evil.example" }], ["forgetAll"], [null], [{ command: "ignoreSite" }]])(
    "that do not exist are not carried out: %j",
    (message) => {
      const carryOut = vi.fn(async () => undefined);
      listenForCommands(carryOut);
      browser.runtime.onMessage.fire(message, own, vi.fn());
      expect(carryOut).not.toHaveBeenCalled();
    },
  );
});

describe("access", () => {
  test("none before it was ever granted, withheld after", async () => {
    expect(await readAccess()).toBe("none");
    browser.permissions.getAll.mockResolvedValue({ origins: ["https://a.example/*"] });
    await rememberAccess();
    expect(await readAccess()).toBe("some");
    browser.permissions.getAll.mockResolvedValue({ origins: [] });
    await rememberAccess();
    expect(await readAccess()).toBe("withheld");
  });

  test("of every site, however the browser writes it", async () => {
    browser.permissions.getAll.mockResolvedValue({ origins: ["<all_urls>"] });
    expect(await readAccess()).toBe("all");
    browser.permissions.getAll.mockResolvedValue({ origins: ["http://*/*", "https://*/*"] });
    browser.permissions.contains.mockResolvedValue(true);
    expect(await readAccess()).toBe("all");
  });

  test("is asked for together with the navigation events, by site whatever was pasted", async () => {
    await requestAccess(["auth.example", "https://mcp.example:8443/authorize?x=1", " localhost:3000 ", "[::1]:9"]);
    expect(browser.permissions.request).toHaveBeenCalledWith({
      permissions: ["webNavigation"],
      origins: ["*://auth.example/*", "*://mcp.example/*", "*://localhost/*", "*://[::1]/*"],
    });
  });
});

test("two that ask for the fingerprint key at once get the same one", async () => {
  const [left, right] = await Promise.all([readSession(), readSession()]);
  expect(left.id).toBe(right.id);
  expect(left.bytes).toEqual(right.bytes);
  expect(left.bytes).toHaveLength(32);
  expect(left.id).toMatch(/^[\w-]{4,16}$/);
});

describe("settings", () => {
  test("changed at once by two keep both changes", async () => {
    const add = (host: string) =>
      changeSettings((settings) => ({ ...settings, ignoredHosts: [...settings.ignoredHosts, host] }));
    await Promise.all([add("a.example"), add("b.example")]);
    expect((await readSettings()).ignoredHosts).toEqual(["a.example", "b.example"]);
  });

  test("that cannot be read are the defaults", async () => {
    const defaults = await readSettings();
    await browser.storage.local.set({ settings: { isPaused: "yes" } });
    expect(await readSettings()).toEqual(defaults);
    expect(defaults).toMatchObject({ isPaused: false, ignoredHosts: [], hadAccess: false });
  });

  test("of which one is damaged, or of another version, are kept otherwise", async () => {
    await browser.storage.local.set({
      settings: { isPaused: true, ignoredHosts: ["bank.example"], keepFinishedDays: 400 },
    });
    browser.permissions.getAll.mockResolvedValue({ origins: ["*://*/*"] });
    await rememberAccess();
    expect(await readSettings()).toMatchObject({
      isPaused: true,
      ignoredHosts: ["bank.example"],
      keepFinishedDays: 1,
      hadAccess: true,
    });
  });

  test("are not written anew by every worker that starts", async () => {
    browser.permissions.getAll.mockResolvedValue({ origins: ["*://*/*"] });
    await rememberAccess();
    const set = vi.spyOn(browser.storage.local, "set");
    await rememberAccess();
    expect(set).not.toHaveBeenCalled();
  });

  test("a site includes what is below it and nothing that only ends alike", async () => {
    const settings = { ...(await readSettings()), ignoredHosts: ["bank.example"] };
    expect(isIgnored(settings, "https://login.bank.example:8443/authorize")).toBe(true);
    expect(isIgnored(settings, "https://notbank.example/")).toBe(false);
    expect(isIgnored(settings, "not a url")).toBe(false);
  });
});

test("notifications are shown as off when the browser no longer permits them", async () => {
  const permit = (...permissions: string[]) =>
    browser.permissions.getAll.mockResolvedValue({ origins: [], permissions });
  permit("notifications");
  await setNotifies(true);
  expect((await readShownSettings()).notifies).toBe(true);
  permit();
  expect((await readShownSettings()).notifies).toBe(false);
});

describe("the badge", () => {
  const attempt = { flowId: "1", tabIds: [5], at: 0, state: "not-connected", server: "a", unread: true } as const;

  test("counts, per tab, what failed and was not looked at", async () => {
    const badge = createBadge();
    await badge.show([attempt, { ...attempt, flowId: "2" }, { ...attempt, flowId: "3", unread: false, tabIds: [6] }]);
    await vi.waitFor(() => expect(browser.action.setBadgeText).toHaveBeenCalledWith({ tabId: 5, text: "2" }));
    expect(browser.action.setBadgeText).not.toHaveBeenCalledWith(expect.objectContaining({ tabId: 6, text: "1" }));
  });

  test("is taken away in a new worker too, once everything was seen", async () => {
    browser.tabs.query.mockResolvedValue([{ id: 5 }]);
    await createBadge().show([{ ...attempt, unread: false }]);
    await vi.waitFor(() => expect(browser.action.setBadgeText).toHaveBeenCalledWith({ tabId: 5 }));
  });

  test.each([
    ["none", "?"],
    ["withheld", "?"],
    ["some", ""],
    ["all", ""],
  ] as const)("says what may be seen: %s", async (access, text) => {
    await createBadge().showAccess(access);
    expect(browser.action.setBadgeText).toHaveBeenLastCalledWith({ text });
  });
});
