import type { PopupIndex } from "@/lib/report/summary.ts";

const named = new URLSearchParams(location.search).get("tab");
/** As a panel of DevTools the inspector is about one tab, which stands in its address: `inspector.html?tab=<id>`. */
const inspectedTab = named === null ? undefined : Number(named);

export const isPanel = inspectedTab !== undefined;

export function inInspectedTab(index: PopupIndex): PopupIndex {
  if (inspectedTab === undefined) return index;
  return { ...index, attempts: index.attempts.filter(({ tabIds }) => tabIds.includes(inspectedTab)) };
}
