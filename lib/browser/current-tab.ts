import { type Browser, browser } from "wxt/browser";

/** The tab a popup or side panel is about; `?tab=<id>` in its own address names another one. */
export async function currentTab(): Promise<Browser.tabs.Tab | undefined> {
  const named = Number(new URLSearchParams(location.search).get("tab") ?? Number.NaN);
  if (Number.isInteger(named)) return browser.tabs.get(named).catch(() => undefined);
  // Each window has a side panel of its own, which stays with it when another one is focused.
  const [active] = await browser.tabs.query({ active: true, currentWindow: true });
  return active;
}

export async function currentTabId(): Promise<number | undefined> {
  return (await currentTab())?.id;
}
