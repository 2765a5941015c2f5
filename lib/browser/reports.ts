import { browser } from "wxt/browser";
import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { buildHar, observationsOf, printHar } from "@/lib/har/export.ts";
import { openStore } from "./store.ts";

// What needs the whole pipeline. Pages import this file when they need it, so that a list paints without it.

export async function loadReport(flowId: string): Promise<FlowReport | undefined> {
  return diagnose(await openStore().since(0), { asOf: Date.now() }).find(({ flow }) => flow.id === flowId);
}

/** Saves one attempt as a HAR file; what is stored is redacted, so that is all it can contain. */
export async function exportTrace(flowId: string): Promise<void> {
  const stored = await openStore().since(0);
  const asOf = Date.now();
  const reports = diagnose(stored, { asOf }).filter(({ flow }) => flow.id === flowId);
  if (reports.length === 0) throw new Error("The attempt is no longer stored");
  const observations = observationsOf(stored, reports);
  const { version } = browser.runtime.getManifest();
  const har = buildHar({ observations, reports, asOf, version });
  const address = URL.createObjectURL(new Blob([printHar(har)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  // A fixed form: nothing from a server gets into a file name.
  link.download = `hopscope-${new Date(asOf).toISOString().slice(0, 19).replaceAll(":", "")}.har`;
  link.click();
  URL.revokeObjectURL(address);
}
