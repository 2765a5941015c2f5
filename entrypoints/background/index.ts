import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { installAnalysis, loadAnalysis } from "@/lib/browser/analysis.ts";
import { createBadge } from "@/lib/browser/badge.ts";
import { untilShown } from "@/lib/browser/capture/prerendered.ts";
import { mayTellOfAttempt } from "@/lib/browser/capture/recover.ts";
import { startTabs } from "@/lib/browser/capture/tabs.ts";
import { startWebNavigation } from "@/lib/browser/capture/web-navigation.ts";
import { startWebRequest } from "@/lib/browser/capture/web-request.ts";
import { carryOut } from "@/lib/browser/carry-out.ts";
import { listenForCommands } from "@/lib/browser/commands.ts";
import { readHeardDocuments, rememberHeardDocument } from "@/lib/browser/heard.ts";
import { sessionLosses } from "@/lib/browser/losses.ts";
import { installMenus } from "@/lib/browser/menus.ts";
import { listenForNotificationClicks, notify } from "@/lib/browser/notify.ts";
import { readAccess, rememberAccess } from "@/lib/browser/permissions.ts";
import { readIndex } from "@/lib/browser/popup-index.ts";
import { createRecorder } from "@/lib/browser/recorder.ts";
import { createRecovery } from "@/lib/browser/recovery.ts";
import { keepRetentionAlarm, retentionAlarm } from "@/lib/browser/retention-alarm.ts";
import { readSession } from "@/lib/browser/session.ts";
import { readSettings, watchSettings } from "@/lib/browser/settings.ts";
import { openStore } from "@/lib/browser/store.ts";
import { createWaiting } from "@/lib/browser/waiting.ts";

export default defineBackground(main);

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Listeners must exist when this turn of the script ends, or the event that woke the worker is lost. */
function main() {
  installAnalysis();
  const now = () => Date.now();
  const store = openStore();
  const badge = createBadge();
  const { version } = browser.runtime.getManifest();
  const analysis = once(() => {
    const { createDiscovery, createProjector } = loadAnalysis();
    const discovery = createDiscovery({ record: recorder.record, now });
    const projector = createProjector({
      store,
      now,
      version,
      onProjected: ({ attempts }, reports) => {
        void badge.show(attempts);
        void discovery.followUp(reports);
      },
      onAlerts: (alerts) => void notify(alerts, now()),
    });
    return { discovery, projector };
  });
  const recorder = createRecorder({
    session: readSession(),
    store,
    losses: sessionLosses,
    waiting: createWaiting(),
    settings: readSettings(),
    heardDocuments: readHeardDocuments(),
    now,
    makeRoom: async () => analysis().projector.makeRoom(),
    onKept: (observation) => analysis().projector.add(observation),
    onLost: () => void browser.alarms.create("losses", { delayInMinutes: 0.5 }),
    onDocument: (documentId, url) => {
      if (mayTellOfAttempt(url)) rememberHeardDocument(documentId);
    },
    onReplaced: (tabId, by) => (by === "document" ? badge.repeat(tabId) : void badge.repeatWhenLoaded(tabId)),
  });

  const record = untilShown(recorder.record);
  const requests = startWebRequest(record);
  const recovery = createRecovery(recorder, now);
  const navigations = startWebNavigation(record, (document) => void recovery.read(document));
  startTabs(recorder.record);

  const onAccess = async () => {
    await rememberAccess();
    await badge.showAccess(await readAccess());
  };
  browser.permissions.onAdded.addListener(() => {
    requests.restart();
    navigations.restart();
    listenForNotificationClicks();
    void onAccess();
  });
  browser.permissions.onRemoved.addListener(() => {
    recorder.record({ kind: "gap", source: "browser", at: now(), reason: "access-withheld" });
    void onAccess();
  });
  watchSettings(recorder.applySettings);
  listenForCommands((command) => carryOut(command, { recorder, ...analysis() }));
  installMenus();
  listenForNotificationClicks();

  browser.runtime.onInstalled.addListener(({ reason }) => {
    // What was stored for this extension's pages is no business of the scripts it runs in other pages.
    void browser.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
    if (reason === "install" && !browser.extension.inIncognitoContext)
      void browser.tabs.create({ url: browser.runtime.getURL("/welcome.html" as "/") });
  });
  // An attempt that nothing ended changes its state with time alone.
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === "losses") void recorder.tellLosses();
    if (name !== retentionAlarm) return;
    const { projector } = analysis();
    void projector.retain().then(projector.project);
  });

  void keepRetentionAlarm();
  void onAccess();
  void readIndex().then(async (index) => {
    await badge.show(index.attempts);
    // Killed before it was done, or another version's.
    const isBehind = index.version !== version || index.observations !== (await store.count());
    if (isBehind) await analysis().projector.project();
  });
  void recovery.start();
}
