import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { createBadge } from "@/lib/browser/badge.ts";
import { findUnread, readSafely } from "@/lib/browser/capture/recover.ts";
import { startTabs } from "@/lib/browser/capture/tabs.ts";
import { type LoadedDocument, startWebNavigation } from "@/lib/browser/capture/web-navigation.ts";
import { startWebRequest } from "@/lib/browser/capture/web-request.ts";
import { carryOut } from "@/lib/browser/carry-out.ts";
import { listenForCommands } from "@/lib/browser/commands.ts";
import { createDiscovery } from "@/lib/browser/discover.ts";
import { installMenus } from "@/lib/browser/menus.ts";
import { readAccess, rememberAccess } from "@/lib/browser/permissions.ts";
import { createProjector } from "@/lib/browser/projector.ts";
import { createRecorder } from "@/lib/browser/recorder.ts";
import { startSender } from "@/lib/browser/sender.ts";
import { readSession } from "@/lib/browser/session.ts";
import { readSettings, watchSettings } from "@/lib/browser/settings.ts";
import { openStore } from "@/lib/browser/store.ts";

export default defineBackground({ type: "module", main });

/** Listeners must exist when this turn of the script ends, or the event that woke the worker is lost. */
function main() {
  const now = () => Date.now();
  const store = openStore();
  const badge = createBadge();
  const projector = createProjector({
    store,
    now,
    version: browser.runtime.getManifest().version,
    onProjected: ({ attempts }, reports) => {
      void badge.show(attempts);
      void discovery.followUp(reports);
    },
  });
  const recorder = createRecorder({
    session: readSession(),
    store,
    settings: readSettings(),
    now,
    makeRoom: projector.makeRoom,
    onKept: projector.add,
    onReplaced: (tabId, by) => (by === "document" ? badge.repeat(tabId) : void badge.repeatWhenLoaded(tabId)),
  });

  const requests = startWebRequest(recorder.record);
  const sender = startSender();
  const discovery = createDiscovery({ send: sender.send, record: recorder.record, now });
  const readIfTracked = async (document: LoadedDocument) => {
    if (await recorder.isTracked(document.tabId)) await readSafely(document, recorder.record);
  };
  const navigations = startWebNavigation(recorder.record, readIfTracked);
  startTabs(recorder.record);

  const onAccess = async () => {
    await rememberAccess();
    await badge.showAccess(await readAccess());
  };
  browser.permissions.onAdded.addListener(() => {
    requests.restart();
    sender.restart();
    navigations.restart();
    void onAccess();
  });
  browser.permissions.onRemoved.addListener(() => void onAccess());
  watchSettings(recorder.applySettings);
  listenForCommands((command) => carryOut(command, { recorder, projector, discovery }));
  installMenus();

  browser.runtime.onInstalled.addListener(({ reason }) => {
    void browser.alarms.create("retention", { periodInMinutes: 60 });
    // What was stored for this extension's pages is no business of the scripts it runs in other pages.
    void browser.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
    if (reason === "install" && !browser.extension.inIncognitoContext)
      void browser.tabs.create({ url: browser.runtime.getURL("/welcome.html" as "/") });
  });
  // An attempt that nothing ended changes its state with time alone.
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === "retention") void projector.retain().then(projector.project);
  });

  void onAccess();
  void projector.project();
  void recorder.recent().then(async ({ observations, session }) => {
    for (const document of await findUnread(observations, session)) void readIfTracked(document);
  });
}
