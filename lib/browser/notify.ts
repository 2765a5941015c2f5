import { browser } from "wxt/browser";
import type { Alert } from "@/lib/report/alerts.ts";
import { shortenMiddle, toVisibleText } from "@/lib/report/visible-text.ts";
import { readSettings } from "./settings.ts";

/** An attempt that failed longer ago was not seen just now, but read again. */
const isNewsFor = 2 * 60_000;
const prefix = "alert ";

/** A system notification for each of these that is news, when the user switched that on. */
export async function notify(alerts: readonly Alert[], now: number): Promise<void> {
  const news = alerts.filter(({ at }) => now - at < isNewsFor);
  if (news.length === 0 || browser.extension?.inIncognitoContext || !(await readSettings()).notifies) return;
  // The browser takes the whole interface away together with the permission.
  if (!browser.notifications) return;
  for (const { id, flowId, server, client, error, title } of news.slice(0, 3)) {
    const parties = [server, client].filter((part) => part !== undefined).map(toVisibleText);
    await browser.notifications.create(`${prefix}${JSON.stringify([id, flowId])}`, {
      type: "basic",
      iconUrl: browser.runtime.getURL("/icon/128.png"),
      title: `Not connected: ${shortenMiddle(parties[0] ?? "", 60)}`,
      message: [title, error && `${toVisibleText(shortenMiddle(error, 60))}.`, parties[1] && `Client: ${parties[1]}`]
        .filter(Boolean)
        .join(" · "),
    });
  }
}

/** A click opens the attempt that a notification is about. To be called again when the permission was granted. */
export function listenForNotificationClicks(): void {
  if (browser.notifications && !browser.notifications.onClicked.hasListener(onClick))
    browser.notifications.onClicked.addListener(onClick);
}

function onClick(id: string): void {
  if (!id.startsWith(prefix)) return;
  const [, flowId] = JSON.parse(id.slice(prefix.length)) as readonly [string, string];
  void browser.tabs.create({
    url: `${browser.runtime.getURL("/inspector.html" as "/")}#/flow/${encodeURIComponent(flowId)}`,
  });
  void browser.notifications.clear(id);
}
