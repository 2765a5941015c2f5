import { useEffect, useState } from "react";
import { browser } from "wxt/browser";
import { currentTab } from "@/lib/browser/current-tab.ts";

/** What is in view: another page in the same tab is another one of these. */
export interface TabInView {
  readonly id: number;
  /** Known only where the browser tells us the tab's address. */
  readonly host?: string | undefined;
}

/** The tab the page is about; a side panel follows the active one, and where that goes. */
export function useTab(): TabInView | undefined {
  const [tab, setTab] = useState<TabInView>();
  useEffect(() => {
    let turn = 0;
    let shown: TabInView | undefined;
    const update = async () => {
      turn += 1;
      const own = turn;
      const found = await currentTab();
      if (own !== turn) return;
      shown = found?.id === undefined ? undefined : { id: found.id, host: hostOf(found.url) };
      setTab(shown);
    };
    const onActivated = () => void update();
    const onUpdated = (id: number, { status }: { readonly status?: string }) => {
      if (id === shown?.id && status === "loading") void update();
    };
    onActivated();
    browser.tabs.onActivated.addListener(onActivated);
    browser.tabs.onUpdated.addListener(onUpdated);
    return () => {
      turn += 1;
      browser.tabs.onActivated.removeListener(onActivated);
      browser.tabs.onUpdated.removeListener(onUpdated);
    };
  }, []);
  return tab;
}

function hostOf(address: string | undefined): string | undefined {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.hostname : undefined;
}
