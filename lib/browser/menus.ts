import { browser } from "wxt/browser";

const items = { inspector: "Open the inspector", sidePanel: "Open in the side panel" } as const;

/** The menu of the toolbar icon. */
export function installMenus(): void {
  browser.runtime.onInstalled.addListener(() => {
    browser.contextMenus.removeAll(() => {
      for (const [id, title] of Object.entries(items))
        if (id !== "sidePanel" || browser.sidePanel) browser.contextMenus.create({ id, title, contexts: ["action"] });
    });
  });
  browser.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    if (menuItemId === "inspector") void browser.tabs.create({ url: browser.runtime.getURL("/inspector.html" as "/") });
    // The browser opens a side panel only within the click itself, so nothing may be awaited before.
    else if (menuItemId === "sidePanel" && tab) void browser.sidePanel.open({ windowId: tab.windowId });
  });
}
