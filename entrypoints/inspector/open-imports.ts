import { useSyncExternalStore } from "react";
import type { Reading } from "@/components/importing/Progress.tsx";
import { openImports } from "@/lib/browser/imports.ts";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { PreparedExport } from "@/lib/har/contents.ts";
import type { ImportedFile } from "@/lib/har/desk.ts";
import type { AttemptSummary } from "@/lib/report/summary.ts";

/** The recordings that lie open in this page, shared by its screens; gone when the page is closed or loaded again. */
let worker: ReturnType<typeof openImports> | undefined;
let shown: OpenImports = { files: [], reading: undefined, wasCancelled: false };
const listeners = new Set<() => void>();

/** Reading goes on whichever screen is shown. */
interface OpenImports {
  readonly files: readonly ImportedFile[];
  /** What is being read now. */
  readonly reading: Reading | undefined;
  readonly wasCancelled: boolean;
}

export function useImports(): OpenImports {
  return useSyncExternalStore(subscribe, () => shown);
}

export function useOpenFiles(): readonly ImportedFile[] {
  return useSyncExternalStore(subscribe, () => shown.files);
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

export async function addFiles(chosen: readonly File[]): Promise<void> {
  const listed = chosen.map(({ name, size }) => ({ name, size }));
  show({ reading: { files: listed, file: 0, bytes: 0, entries: 0 }, wasCancelled: false });
  try {
    const files = await (await open()).add(chosen, (progress) => show({ reading: { files: listed, ...progress } }));
    show(files ? { files } : { wasCancelled: true });
  } finally {
    show({ reading: undefined });
  }
}

export async function cancelReading(): Promise<void> {
  (await open()).cancel();
}

export async function keepRecording(session: string): Promise<void> {
  show({ files: await (await open()).keep(session) });
}

/** Undefined when the attempt is in no open recording. */
export async function openReport(flowId: string): Promise<FlowReport | undefined> {
  return isOpen(flowId) ? (await open()).report(flowId) : undefined;
}

export async function prepareOpenExport(flowId: string): Promise<PreparedExport | undefined> {
  return isOpen(flowId) ? (await open()).prepareExport(flowId) : undefined;
}

export const isOpen = (flowId: string): boolean =>
  openAttempts(shown.files).some((attempt) => attempt.flowId === flowId);

function open() {
  worker ??= openImports();
  return worker;
}

function show(changed: Partial<OpenImports>): void {
  shown = { ...shown, ...changed };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
