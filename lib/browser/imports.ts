import { browser } from "wxt/browser";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { PreparedExport } from "@/lib/har/contents.ts";
import type { ImportedFile } from "@/lib/har/desk.ts";
import { sendCommand } from "./commands.ts";
import type { ImportAnswers, ImportMessage, ImportProgressMessage, ImportQuestion } from "./import-messages.ts";
import workerAddress from "./import-worker.ts?worker&url";
import { rememberImported } from "./imported.ts";
import { readSession } from "./session.ts";

/** Recordings that lie open in this page. They are gone with it, unless they are kept. */
export interface Imports {
  /** `undefined` when it was cancelled. */
  add(
    files: readonly File[],
    onProgress: (progress: Omit<ImportProgressMessage, "kind">) => void,
  ): Promise<readonly ImportedFile[] | undefined>;
  cancel(): void;
  report(flowId: string): Promise<FlowReport | undefined>;
  prepareExport(flowId: string): Promise<PreparedExport | undefined>;
  /** Stores a recording with what was seen in this browser. */
  keep(session: string): Promise<readonly ImportedFile[]>;
}

/** Reading, redacting and diagnosing happen in a worker of the page's own, so that the page stays quick. */
export async function openImports(): Promise<Imports> {
  const worker = startWorker();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let number = 0;
  let onProgress: (progress: Omit<ImportProgressMessage, "kind">) => void = () => undefined;

  worker.addEventListener("message", ({ data }: MessageEvent<ImportMessage>) => {
    if (data.kind === "progress") return onProgress(data);
    const asked = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.kind === "answer") asked?.resolve(data.value);
    else asked?.reject(new Error(data.message));
  });
  worker.addEventListener("error", () => {
    for (const asked of waiting.values()) asked.reject(new Error("The import worker stopped"));
    waiting.clear();
  });

  function ask<Question extends ImportQuestion>(question: Question): Promise<ImportAnswers[Question["ask"]]> {
    number += 1;
    const asked = Promise.withResolvers<unknown>();
    waiting.set(number, asked);
    worker.postMessage({ number, question });
    return asked.promise as Promise<ImportAnswers[Question["ask"]]>;
  }

  const { version } = browser.runtime.getManifest();
  await ask({ ask: "open", session: await readSession(), version });
  return {
    add(files, tell) {
      onProgress = tell;
      return ask({ ask: "add", files });
    },
    cancel: () => void ask({ ask: "cancel" }),
    report: (flowId) => ask({ ask: "report", flowId }),
    prepareExport: (flowId) => ask({ ask: "export", flowId }),
    async keep(session) {
      const { files, sessions } = await ask({ ask: "keep", session });
      await rememberImported(sessions);
      await sendCommand({ command: "reload" });
      return files;
    },
  };
}

interface ScriptPolicy {
  createScriptURL(address: string): unknown;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): ScriptPolicy;
}

/** The pages' policy takes script addresses only from a named maker; this one knows a single address. */
function startWorker(): Worker {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy("hopscope-import", { createScriptURL: () => workerAddress });
  const address = policy?.createScriptURL(workerAddress) ?? workerAddress;
  return new Worker(address as string, { type: "module", name: "import" });
}
