import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";
import { trace } from "../builders.ts";
import { createFakeBrowser, installLocks } from "./fake-browser.ts";

const fake = vi.hoisted(() => ({ browser: undefined as unknown }));
vi.mock("wxt/browser", () => ({
  get browser() {
    return fake.browser;
  },
}));
fake.browser = createFakeBrowser();
const { carryOut } = await import("@/lib/browser/carry-out.ts");
const { createProjector } = await import("@/lib/browser/projector.ts");
const { createRecorder } = await import("@/lib/browser/recorder.ts");
const { readSettings } = await import("@/lib/browser/settings.ts");
const { openStore } = await import("@/lib/browser/store.ts");

beforeEach(async () => {
  fake.browser = createFakeBrowser();
  installLocks();
  await openStore().clear();
});

test.each([{ command: "forgetAll" }, { command: "ignoreSite", host: "auth.example" }] as const)(
  "$command: what a slow disk is still storing is forgotten, too",
  async (command) => {
    const { raw } = trace().authorizationRequest().page({ status: 400, text: "Client not found." });
    const now = () => raw.at(-1)?.at ?? 0;
    let delay = 0;
    const store = {
      ...openStore(),
      async put(observation: Parameters<ReturnType<typeof openStore>["put"]>[0]) {
        await new Promise((resolve) => setTimeout(resolve, delay));
        await openStore().put(observation);
      },
    };
    const ignore = () => undefined;
    const projector = createProjector({ store, now, version: "1", onProjected: ignore, onAlerts: ignore });
    const recorder = createRecorder({
      session: Promise.resolve({ id: "test-key", bytes: new Uint8Array(32).fill(7) }),
      store,
      losses: { read: async () => [], write: async () => undefined },
      waiting: { read: async () => [], write: ignore },
      heardDocuments: Promise.resolve([]),
      onDocument: ignore,
      onLost: ignore,
      settings: readSettings(),
      now,
      makeRoom: async () => false,
      onKept: projector.add,
      onReplaced: ignore,
    });
    for (const draft of raw.slice(0, -1)) recorder.record(draft);
    await recorder.settled();
    delay = 100;
    for (const draft of raw.slice(-1)) recorder.record(draft);
    await recorder.isTracked(1);
    await carryOut(command, { recorder, projector, discovery: { followUp: async () => {}, discover: async () => {} } });
    await recorder.settled();
    expect(await openStore().count()).toBe(0);
  },
);
