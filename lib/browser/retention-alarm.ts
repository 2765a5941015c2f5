import { browser } from "wxt/browser";

export const retentionAlarm = "retention";

/** To be called by every worker that starts: Firefox forgets alarms when it is closed, and one made anew would never ring. */
export async function keepRetentionAlarm(): Promise<void> {
  if (await browser.alarms.get(retentionAlarm)) return;
  await browser.alarms.create(retentionAlarm, { periodInMinutes: 60 });
}
