import { useEffect, useState } from "react";
import { browser } from "wxt/browser";
import { currentTab } from "@/lib/browser/current-tab.ts";

interface TabInView {
  readonly id: number;
  /** Known only where the browser tells us the tab's address. */
  readonly host?: string | undefined;
}

/** The tab the page is about; a side panel follows the active one. */
export function useTab(): TabInView | undefined {
  const [tab, setTab] = useState<TabInView>();
  useEffect(() => {
    const update = () =>
      void currentTab().then((found) =>
        setTab(found?.id === undefined ? undefined : { id: found.id, host: hostOf(found.url) }),
      );
    update();
    browser.tabs.onActivated.addListener(update);
    return () => browser.tabs.onActivated.removeListener(update);
  }, []);
  return tab;
}

function hostOf(address: string | undefined): string | undefined {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.hostname : undefined;
}
