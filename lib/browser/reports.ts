import { browser } from "wxt/browser";
import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { type PreparedExport, prepareExport } from "@/lib/har/contents.ts";
import { openStore } from "./store.ts";

// What needs the whole pipeline. Pages import this file when they need it, so that a list paints without it.

export async function loadReport(flowId: string): Promise<FlowReport | undefined> {
  return diagnose(await openStore().since(0), { asOf: Date.now() }).find(({ flow }) => flow.id === flowId);
}

/** One attempt as files; what is stored is redacted, so that is all they can contain. */
export async function prepareExportOf(flowId: string): Promise<PreparedExport | undefined> {
  const observations = await openStore().since(0);
  const asOf = Date.now();
  const reports = diagnose(observations, { asOf });
  const { version } = browser.runtime.getManifest();
  return prepareExport({ flowId, observations, reports, asOf, version });
}
