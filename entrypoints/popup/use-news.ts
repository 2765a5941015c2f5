import { useEffect, useMemo, useState } from "react";
import { markSeen } from "@/lib/browser/client.ts";
import type { PopupIndex } from "@/lib/report/summary.ts";

/**
 * What had failed since the user last looked stays marked for as long as this page is open, though from now on it counts as
 * seen: otherwise the mark would be gone before anybody saw it.
 */
export function useNews(index: PopupIndex | undefined, isOfOneTab = false): PopupIndex | undefined {
  const [news, setNews] = useState<ReadonlySet<string>>();
  const isRead = index !== undefined && index.older === undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is news is settled by the first reading
  useEffect(() => {
    if (!index || !isRead) return;
    setNews(new Set(index.attempts.flatMap(({ flowId, unread }) => (unread ? flowId : []))));
    // A failure to say so changes nothing here; a page about one tab says nothing about the others.
    if (!isOfOneTab) void markSeen().catch(() => undefined);
  }, [isRead]);
  return useMemo(
    () =>
      index && {
        ...index,
        attempts: index.attempts.map((one) => (news?.has(one.flowId) && !one.unread ? { ...one, unread: true } : one)),
      },
    [index, news],
  );
}
