import { browser } from "wxt/browser";
import { readAccess } from "./permissions.ts";
import { changeSettings, readSettings, watchSettings } from "./settings.ts";
import { storeLimit } from "./store.ts";

/** Everything that the settings screen shows: the settings, and what the browser says is granted. */
export async function readShownSettings() {
  const [settings, access, { origins = [], permissions = [] }] = await Promise.all([
    readSettings(),
    readAccess(),
    browser.permissions.getAll(),
  ]);
  // The permission can be taken back in the browser's own settings.
  const notifies = settings.notifies && permissions.includes("notifications");
  return { ...settings, notifies, access, sites: origins, eventLimit: storeLimit };
}

export function watchShownSettings(onChange: () => void): () => void {
  const stop = watchSettings(onChange);
  browser.permissions.onAdded.addListener(onChange);
  browser.permissions.onRemoved.addListener(onChange);
  return () => {
    stop();
    browser.permissions.onAdded.removeListener(onChange);
    browser.permissions.onRemoved.removeListener(onChange);
  };
}

/** Only a click may switch it on, since the browser asks for the permission then. False when it was not given. */
export async function setNotifies(isOn: boolean): Promise<boolean> {
  const isAllowed = !isOn || (await browser.permissions.request({ permissions: ["notifications"] }));
  await changeSettings((settings) => ({ ...settings, notifies: isOn && isAllowed }));
  return isAllowed;
}
