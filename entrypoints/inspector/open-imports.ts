import { useSyncExternalStore } from "react";
import { openImports } from "@/lib/browser/imports.ts";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { PreparedExport } from "@/lib/har/contents.ts";
import type { ImportedFile } from "@/lib/har/desk.ts";
import type { AttemptSummary } from "@/lib/report/summary.ts";

/** The recordings that lie open in this page, shared by its screens; gone when the page is closed or loaded again. */
let worker: ReturnType<typeof openImports> | undefined;
let files: readonly ImportedFile[] = [];
const listeners = new Set<() => void>();

export function useOpenFiles(): readonly ImportedFile[] {
  return useSyncExternalStore(subscribe, () => files);
}

function openAttempts(opened: readonly ImportedFile[]): readonly AttemptSummary[] {
  return opened.flatMap((file) => (file.kind === "read" && !file.isKept ? file.attempts : []));
}

/** What is stored and what lies open, newest first and each attempt once; one that is both is the stored one. */
export function withOpen(
  stored: readonly AttemptSummary[],
  opened: readonly ImportedFile[],
): readonly AttemptSummary[] {
  const open = openAttempts(opened);
  if (open.length === 0) return stored;
  const known = new Map([...open, ...stored].map((attempt) => [attempt.flowId, attempt]));
  return [...known.values()].sort((one, other) => other.at - one.at);
}

/** False when it was cancelled. */
export async function addFiles(
  chosen: readonly File[],
  onProgress: (progress: { readonly file: number; readonly bytes: number; readonly entries: number }) => void,
): Promise<boolean> {
  const result = await (await open()).add(chosen, onProgress);
  if (result) show(result);
  return result !== undefined;
}

export async function cancelReading(): Promise<void> {
  (await open()).cancel();
}

export async function keepRecording(session: string): Promise<void> {
  show(await (await open()).keep(session));
}

/** Undefined when the attempt is in no open recording. */
export async function openReport(flowId: string): Promise<FlowReport | undefined> {
  return isOpen(flowId) ? (await open()).report(flowId) : undefined;
}

export async function prepareOpenExport(flowId: string): Promise<PreparedExport | undefined> {
  return isOpen(flowId) ? (await open()).prepareExport(flowId) : undefined;
}

export const isOpen = (flowId: string): boolean => openAttempts(files).some((attempt) => attempt.flowId === flowId);

function open() {
  worker ??= openImports();
  return worker;
}

function show(next: readonly ImportedFile[]): void {
  files = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
