import type { Draft, Record } from "./draft.ts";

interface Placed {
  readonly tabId: number;
  readonly frameId: number;
  /** Of a frame in a page: that page's frame. */
  readonly parentFrameId?: number;
  /** Firefox, which renders nothing ahead, does not tell. */
  readonly documentLifecycle?: string;
}

/** The mark of an event that belongs to a document nobody was shown yet. */
export function aheadOf({ documentLifecycle, tabId, frameId, parentFrameId = 0 }: Placed): Pick<Draft, "ahead"> {
  if (documentLifecycle !== "prerender") return {};
  return { ahead: { page: `${tabId}|${parentFrameId > 0 ? parentFrameId : frameId}` } };
}

/** Events: a page may have ten others rendered ahead, each of them a few redirects. */
const most = 300;

/**
 * Keeps what happens in documents that a page had rendered ahead (speculation rules) until somebody goes there: most are thrown
 * away unseen, and what nobody asked for is no attempt. A worker killed meanwhile forgets it; the document that is shown then
 * announces itself all the same.
 */
export function untilShown(record: Record): Record {
  let waiting: Draft[] = [];
  /** Documents of pages of which something was thrown away. */
  let cut: readonly string[] = [];
  return (draft) => {
    if (draft.ahead) {
      // What is given up, and what a prerendered page itself leaves, ends with an error that says nothing.
      if (draft.kind !== "navigation" || draft.how !== "failed") waiting.push(draft);
      const page = waiting.length > most ? waiting[0]?.ahead?.page : undefined;
      if (page !== undefined) {
        const gone = waiting.filter(({ ahead }) => ahead?.page === page);
        waiting = waiting.filter(({ ahead }) => ahead?.page !== page);
        cut = [...cut, ...gone.flatMap((each) => (each.kind === "navigation" ? (each.documentId ?? []) : []))].slice(
          -most,
        );
      }
      return;
    }
    const shown =
      draft.kind === "navigation" && draft.documentId !== undefined
        ? waiting.find((each) => each.kind === "navigation" && each.documentId === draft.documentId)
        : undefined;
    if (shown && draft.tabId !== undefined) {
      const { tabId, frameId = 0 } = draft;
      for (const each of waiting)
        if (each.ahead?.page === shown.ahead?.page && each !== shown)
          record({ ...each, tabId, ...(each.frameId === shown.frameId && { frameId }) });
      waiting = waiting.filter(({ ahead }) => ahead?.page !== shown.ahead?.page);
    }
    record(draft);
    if (draft.kind === "navigation" && draft.tabId !== undefined && cut.includes(draft.documentId ?? ""))
      record({ kind: "gap", reason: "truncated", source: "browser", at: draft.at, tabId: draft.tabId });
  };
}
