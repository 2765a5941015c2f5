import { expect, test } from "vitest";
import type { Draft } from "@/lib/browser/capture/draft.ts";
import { untilShown } from "@/lib/browser/capture/prerendered.ts";

const seen = { kind: "navigation", source: "browser", at: 1, frameId: 5 } as const;
const ahead = (page: string, more: object = {}): Draft => ({
  ...seen,
  how: "committed",
  tabId: 3,
  url: `https://${page}.example/`,
  documentId: page,
  ahead: { page },
  ...more,
});
const shown = (page: string): Draft => ({ ...seen, how: "committed", tabId: 3, url: "", documentId: page, frameId: 0 });

test("of what is rendered ahead, too much to keep is a gap in the tab where it is shown", () => {
  const recorded: Draft[] = [];
  const record = untilShown((draft) => recorded.push(draft));
  record(ahead("first"));
  for (let count = 0; count < 400; count += 1) record(ahead("busy", { how: "same-document", documentId: undefined }));
  record(ahead("last"));
  expect(recorded).toEqual([]);
  record(shown("last"));
  record(shown("first"));
  expect(recorded).toEqual([
    shown("last"),
    shown("first"),
    { kind: "gap", reason: "truncated", source: "browser", at: 1, tabId: 3 },
  ]);
});
