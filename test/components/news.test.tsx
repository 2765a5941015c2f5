import { renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { printShortTime } from "@/components/parts/dates.ts";
import { useNews } from "@/entrypoints/popup/use-news.ts";
import type { AttemptSummary, PopupIndex } from "@/lib/report/summary.ts";

const client = vi.hoisted(() => ({ markSeen: vi.fn(async () => undefined) }));
vi.mock("@/lib/browser/client.ts", () => client);
beforeEach(() => client.markSeen.mockClear());

const attempt = (flowId: string, unread: boolean): AttemptSummary => ({
  flowId,
  tabIds: [1],
  at: 0,
  state: "not-connected",
  server: "auth.example.com",
  unread,
});
const indexOf = (...attempts: AttemptSummary[]): PopupIndex => ({ attempts, access: "all", isPaused: false, gaps: 0 });
const marked = (index: PopupIndex | undefined) =>
  index?.attempts.filter(({ unread }) => unread).map(({ flowId }) => flowId);

test("what was new when the page opened stays marked there, though it counts as seen", async () => {
  const first = indexOf(attempt("new", true), attempt("old", false));
  const { result, rerender } = renderHook(({ index }) => useNews(index), {
    initialProps: { index: undefined as PopupIndex | undefined },
  });
  expect(result.current).toBeUndefined();
  expect(client.markSeen).not.toHaveBeenCalled();

  rerender({ index: first });
  expect(marked(result.current)).toEqual(["new"]);
  await waitFor(() => expect(client.markSeen).toHaveBeenCalledOnce());

  rerender({ index: indexOf(attempt("newer", true), attempt("new", false), attempt("old", false)) });
  expect(marked(result.current)).toEqual(["newer", "new"]);
  expect(client.markSeen).toHaveBeenCalledOnce();
});

test("a page about one tab leaves the others' news alone", () => {
  const { result } = renderHook(() => useNews(indexOf(attempt("new", true)), true));
  expect(marked(result.current)).toEqual(["new"]);
  expect(client.markSeen).not.toHaveBeenCalled();
});

test("a time is the hour today, the day this year, and has its year before that", () => {
  const now = new Date(2026, 2, 12, 10, 16).getTime();
  expect(printShortTime(new Date(2026, 2, 12, 9, 47).getTime(), now)).toMatch(/\b0?9\D47\b/);
  expect(printShortTime(new Date(2026, 2, 11, 23, 59).getTime(), now)).not.toMatch(/59|2026/);
  expect(printShortTime(new Date(2025, 2, 12, 10, 16).getTime(), now)).toContain("2025");
});
