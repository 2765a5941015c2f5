import { beforeEach, expect, test, vi } from "vitest";
import type { Alert } from "@/lib/report/alerts.ts";
import { hostileTexts } from "../hostile-texts.ts";
import { createFakeBrowser, installLocks } from "./fake-browser.ts";

const fake = vi.hoisted(() => ({ browser: undefined as unknown }));
vi.mock("wxt/browser", () => ({
  get browser() {
    return fake.browser;
  },
}));
const { changeSettings } = await import("@/lib/browser/settings.ts");
const { notify } = await import("@/lib/browser/notify.ts");

const create = vi.fn(async (_id: string, _options: { readonly title: string; readonly message: string }) => "");
beforeEach(() => {
  create.mockClear();
  fake.browser = { ...createFakeBrowser(), notifications: { create } };
  installLocks();
});

const alertWith = (text: string): Alert => ({
  id: "x1",
  flowId: "x1",
  kind: "oauth_callback_failed",
  at: 1_000,
  server: text,
  client: text,
  error: text,
  title: "The callback failed",
});

test("nothing is notified until the user switches it on", async () => {
  await notify([alertWith("server_error")], 1_000);
  expect(create).not.toHaveBeenCalled();
});

test("no text of a server hides, reorders or breaks a line in a notification", async () => {
  await changeSettings((settings) => ({ ...settings, notifies: true }));
  for (const text of hostileTexts) {
    await notify([alertWith(text)], 1_000);
    const { title, message } = create.mock.lastCall?.[1] ?? { title: "", message: "" };
    expect(title.startsWith("Not connected: ")).toBe(true);
    expect(message.startsWith("The callback failed")).toBe(true);
    expect(title + message).not.toMatch(
      /(?!\n|\t)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u,
    );
  }
  expect(create).toHaveBeenCalledTimes(hostileTexts.length);
});
