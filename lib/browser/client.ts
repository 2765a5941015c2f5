import { browser } from "wxt/browser";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { PreparedExport } from "@/lib/har/contents.ts";
import type { PopupIndex } from "@/lib/report/summary.ts";
import { sendCommand } from "./commands.ts";
import { currentTabId } from "./current-tab.ts";
import { type AskedNewest, type Newest, readNewest, showNewest, watchNewest } from "./newest.ts";
import { dropIndex, readWholeIndex, type StoredIndex } from "./popup-index.ts";

export { requestAccess } from "./permissions.ts";

/** Calls back at once, with what was `asked` for already, and on every change; the answer stops it. */
export function watchIndex(show: (index: PopupIndex) => void, asked?: AskedNewest): () => void {
  let isStopped = false;
  let latest = 0;
  let isShown = false;
  const update = async (reading: Promise<Newest>) => {
    latest += 1;
    const turn = latest;
    const newest = await reading;
    const showThese = (these: Newest) => {
      if (!isStopped && turn === latest) show(showNewest(these));
    };
    if (newest.index.older === 0) return showThese(newest);
    // A list opens with its newest attempts; once it is whole it stays so.
    if (!isShown) {
      showThese(newest);
      await painted();
    }
    isShown = true;
    showThese({ ...newest, index: { ...(await readWhole()), older: 0 } });
  };
  const onChange = () => void update(readNewest());
  const stop = watchNewest(onChange);
  const isOutdated = asked?.take() === true;
  void update(asked && !isOutdated ? asked.reading : readNewest())
    .catch(() => undefined)
    .then(painted)
    // Wakes a sleeping worker, so that an index left behind by one that was killed is brought up to date.
    .then(() => sendCommand({ command: "refresh" }))
    .catch(() => undefined);
  return () => {
    isStopped = true;
    stop();
  };
}

/** Resolves when the page has nothing more urgent to do, or soon. */
const painted = () => new Promise<unknown>((resolve) => requestIdleCallback(resolve, { timeout: 300 }));

/** What is damaged is left out, and made anew by the worker. */
async function readWhole(): Promise<StoredIndex> {
  const whole = await readWholeIndex();
  if (whole.version === "") {
    await dropIndex();
    void sendCommand({ command: "reload" }).catch(() => undefined);
  }
  return whole;
}

/** The attempt that the user opened; its server's metadata is asked for when the settings let Hopscope do so by itself. */
export async function loadReport(flowId: string): Promise<FlowReport | undefined> {
  void sendCommand({ command: "discover", flowId, isByHand: false }).catch(() => undefined);
  return (await import("./reports.ts")).loadReport(flowId);
}

/** What an exported attempt would hold, in every format; undefined when it is no longer stored. */
export async function prepareExport(flowId: string): Promise<PreparedExport | undefined> {
  return (await import("./reports.ts")).prepareExportOf(flowId);
}

export async function sampleReport(): Promise<FlowReport> {
  return (await import("./sample.ts")).sampleReport();
}

/**
 * Reads the tab the user opened Hopscope on, which that click alone permits, and explains it; nothing of it is stored.
 * `undefined` when the page is no part of an authorization attempt or cannot be read.
 */
export async function explainCurrentTab(): Promise<FlowReport | undefined> {
  const tabId = await currentTabId();
  return tabId === undefined ? undefined : (await import("./explain.ts")).explainTab(tabId);
}

/** Explains an authorization URL or the text of an error page; nothing of it is stored. */
export async function explainPasted(text: string): Promise<FlowReport | undefined> {
  return (await import("./explain.ts")).explainText(text);
}

export const fetchMetadata = (flowId: string) => sendCommand({ command: "discover", flowId, isByHand: true });
export const pause = () => sendCommand({ command: "pause" });
export const resume = () => sendCommand({ command: "resume" });
export const ignoreSite = (host: string) => sendCommand({ command: "ignoreSite", host });
export const forget = (flowId: string) => sendCommand({ command: "forget", flowId });
export const forgetAll = () => sendCommand({ command: "forgetAll" });
export const markSeen = () => sendCommand({ command: "markSeen" });

export async function openInspector(flowId?: string, view?: "ask"): Promise<void> {
  const parts = flowId === undefined ? [] : [flowId, ...(view === undefined ? [] : [view])];
  const place = parts.length === 0 ? "" : `#/flow/${parts.map(encodeURIComponent).join("/")}`;
  await browser.tabs.create({ url: `${browser.runtime.getURL("/inspector.html" as "/")}${place}` });
}

/**
 * `sent-again`: the tab still showed its own request and was reloaded. `start-in-client`: it does not any more; only the client
 * can start again, because nothing is ever rebuilt from stored fingerprints.
 */
export type RetryOutcome = "sent-again" | "start-in-client";

/** Where that cannot even be found out, the client can start again all the same. */
export const retry = (flowId: string): Promise<RetryOutcome> => sendAgain(flowId).catch(() => "start-in-client");

async function sendAgain(flowId: string): Promise<RetryOutcome> {
  const report = await loadReport(flowId);
  const request = report?.facts.request;
  if (!report || request?.status !== "observed" || request.value.method !== "GET") return "start-in-client";
  const { scheme, host, path } = request.value.url;
  for (const tabId of report.flow.tabIds.toReversed()) {
    const url = await browser.tabs.get(tabId).then(
      (tab) => tab.url ?? "",
      () => "",
    );
    if (!url.startsWith(`${scheme}://${host}${path}?`)) continue;
    await browser.tabs.reload(tabId);
    return "sent-again";
  }
  return "start-in-client";
}
