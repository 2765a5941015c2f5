import { browser } from "wxt/browser";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { type PreparedExport, prepareExport } from "@/lib/har/contents.ts";
import { readAround, type Stored } from "./around.ts";
import { openStore, type Store } from "./store.ts";
import { openShelf } from "./unit-shelf.ts";

// What needs the whole pipeline. Pages import this file when they need it, so that a list paints without it.

const here = (): Stored & { readonly store: Pick<Store, "count"> } => ({
  store: openStore(),
  shelf: openShelf(browser.runtime.getManifest().version),
  asOf: Date.now(),
});

/** Of an attempt that became part of another one since it was linked to, the report of that one. */
export async function loadReport(flowId: string): Promise<FlowReport | undefined> {
  const { reports } = await readAround(flowId, here());
  return (
    reports.find(({ flow }) => flow.id === flowId) ??
    reports.find(({ flow }) => flow.legs.some(({ exchange }) => exchange.id === flowId))
  );
}

/** One attempt as files; what is stored is redacted, so that is all they can contain. */
export async function prepareExportOf(flowId: string): Promise<PreparedExport | undefined> {
  const stored = here();
  const { version } = browser.runtime.getManifest();
  const [{ observations, reports }, count] = await Promise.all([readAround(flowId, stored), stored.store.count()]);
  const prepared = prepareExport({ flowId, observations, reports, asOf: stored.asOf, version });
  if (!prepared) return undefined;
  const leftOut = prepared.contents.leftOut + count - observations.length;
  return { ...prepared, contents: { ...prepared.contents, leftOut } };
}
