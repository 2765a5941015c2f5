import { beforeEach, expect, test, vi } from "vitest";
import type { ListedRequest } from "@/lib/browser/capture/recover.ts";
import type { Recorder } from "@/lib/browser/recorder.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { trace } from "../builders.ts";

const fake = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock("wxt/browser", () => ({ browser: fake.browser }));
const { createRecovery } = await import("@/lib/browser/recovery.ts");

const request = "https://auth.example/authorize?response_type=code&client_id=tool&state=0123456789abcdef";
const shown: Record<number, { documentId: string; url: string; errorOccurred: boolean }> = {
  1: { documentId: "news", url: "https://news.example/article?id=7#top", errorOccurred: false },
  2: { documentId: "request", url: request, errorOccurred: false },
  3: { documentId: "error", url: "http://127.0.0.1:7/callback?code=abcdefgh&state=0123", errorOccurred: true },
};
const getFrame = vi.fn(async ({ tabId }: { tabId: number }) => shown[tabId] ?? null);
const executeScript = vi.fn(async (_: object): Promise<{ result: unknown }[]> => [{ result: undefined }]);

let recovered: Parameters<Recorder["recover"]>[0][];
let missed: ListedRequest[];
let tracked: Set<number>;

beforeEach(() => {
  vi.clearAllMocks();
  executeScript.mockResolvedValue([{ result: undefined }]);
  [recovered, missed, tracked] = [[], [], new Set()];
  Object.assign(fake.browser, {
    tabs: { query: async () => Object.entries(shown).map(([id, { url }]) => ({ id: Number(id), url })) },
    webNavigation: { getFrame },
    scripting: { executeScript },
    alarms: { create: async () => undefined, clear: async () => true },
  });
});

const recovery = (recent: readonly Observation[] = [], now = 0) => {
  const recorder: Partial<Recorder> = {
    record: () => undefined,
    isTracked: async (tabId) => tracked.has(tabId),
    async recover(document) {
      recovered.push(document);
      tracked.add(document.tabId);
      return true;
    },
    miss: (listed) => void missed.push(listed),
    recent: async () => ({ observations: recent, session: recent[0]?.session ?? "session" }),
    tellLosses: async () => undefined,
  };
  return createRecovery(recorder as Recorder, () => now);
};
const readDocuments = () =>
  executeScript.mock.calls.map(
    ([injection]) => (injection as { target: { documentIds?: string[] } }).target.documentIds,
  );

test("a starting worker takes the tab that shows an attempt since a moment ago, and looks into no other", async () => {
  executeScript.mockResolvedValue([{ result: 100_000 }]);
  await recovery([], 100_500).start();
  await expect.poll(() => readDocuments()).toContainEqual(["request"]);
  // The browser asks for the one that failed again by itself.
  expect(recovered.map(({ documentId }) => documentId)).toEqual(["request"]);
  expect(getFrame.mock.calls.map(([{ tabId }]) => tabId)).toEqual([2, 3]);
  expect(readDocuments().flat()).not.toContain("news");
  expect(readDocuments().flat()).not.toContain("error");
});

test("a tab that has shown an attempt for hours is no news to a worker that starts for the first time", async () => {
  executeScript.mockResolvedValue([{ result: 100_000 }]);
  await recovery([], 3 * 60 * 60_000).start();
  await expect.poll(() => executeScript.mock.calls.length).toBe(1);
  expect(readDocuments()).toEqual([undefined]);
  expect(recovered).toEqual([]);
});

test("in a tab of an attempt under way, what the browser shows is taken however old it is, its own error page too", async () => {
  const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
  const { raw } = trace().authorizationRequest();
  const recent = raw.flatMap((seen) => redactor.redact({ ...seen, tabId: 3 }) ?? []);
  await recovery(recent, 3 * 60 * 60_000).start();
  await expect
    .poll(() => recovered.map(({ documentId, hasFailed }) => [documentId, hasFailed]))
    .toEqual([["error", true]]);
});

test("an ordinary page that loads is neither read nor taken", async () => {
  await recovery().read({ tabId: 1, frameId: 0, documentId: "news", url: "https://news.example/article?id=7" });
  expect([recovered, executeScript.mock.calls]).toEqual([[], []]);
});

test("a document that announces itself by its URL alone is taken and read once", async () => {
  const one = recovery();
  const document = { tabId: 2, frameId: 0, documentId: "request", url: request };
  await Promise.all([one.read(document), one.read(document)]);
  // Once at first, and once more when script had stopped drawing.
  expect(readDocuments().filter((ids) => ids?.includes("request"))).toHaveLength(2);
});

test("where documents have no ids, the answer to a form is read though it has the form's address", async () => {
  const one = recovery();
  const document = { tabId: 2, frameId: 0, url: "https://auth.example/login" };
  tracked.add(2);
  await one.read(document);
  await one.read(document);
  expect(executeScript).toHaveBeenCalledTimes(4);
});

test("pages list their requests only where an attempt was under way a moment ago", async () => {
  const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
  const { raw } = trace().authorizationRequest().respondsWith().page({ text: "Welcome" });
  const recent = raw.flatMap((seen) => redactor.redact(seen) ?? []);
  const last = recent.at(-1)?.at ?? 0;
  const listed = [
    { url: "https://auth.example/token", at: last + 5 },
    { url: "https://app.example/api/csrf-token?x=1", at: last + 6 },
  ];
  executeScript.mockImplementation(async (injection) => [
    { result: "args" in injection ? undefined : structuredClone(listed) },
  ]);
  await recovery(recent, last + 60_000).start();
  expect(missed).toEqual([]);
  await recovery(recent, last + 1_000).start();
  expect(missed.map(({ url }) => url)).toEqual(["https://auth.example/token"]);
});

test("what a page asked for before its attempt is not what a worker missed of it", async () => {
  const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) });
  const { raw } = trace().authorizationRequest().respondsWith().page({ text: "Welcome" });
  const recent = raw.flatMap((seen) => redactor.redact(seen) ?? []);
  const [first, last] = [recent[0]?.at ?? 0, recent.at(-1)?.at ?? 0];
  const elsewhere = recent.slice(0, 1).map((seen) => ({ ...seen, id: "elsewhere", tabId: 99, at: first - 60_000 }));
  const listed = [
    { url: "https://auth.example/token?before", at: first - 5_000 },
    { url: "https://auth.example/token?since", at: first + 1 },
  ];
  executeScript.mockImplementation(async (injection) => {
    const { target } = injection as { target: { tabId: number } };
    return [{ result: "args" in injection || target.tabId === 99 ? undefined : structuredClone(listed) }];
  });
  await recovery([...elsewhere, ...recent], last + 1_000).start();
  expect(missed.map(({ url }) => url)).toEqual(["https://auth.example/token?since"]);
});
