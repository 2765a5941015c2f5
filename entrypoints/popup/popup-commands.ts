import type { RetryResult } from "@/components/attempt/AttemptActions.tsx";
import type { Explanation } from "@/components/popup/ExplanationView.tsx";
import type { PopupCommands } from "@/components/popup/popup-commands.ts";
import * as client from "@/lib/browser/client.ts";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";

interface PopupEvents {
  readonly onExplained: (explanation: Explanation) => void;
  /** Something of Hopscope itself failed. */
  readonly onProblem: (error: unknown) => void;
  readonly onExport: (flowId: string) => void;
}

type WiredCommands = Omit<PopupCommands, "chooseSites">;

/** What the buttons do; a command that fails is Hopscope's own failure and is shown as such. */
export function popupCommands({ onExplained, onProblem, onExport }: PopupEvents): WiredCommands {
  const run = (task: Promise<unknown>) => void task.catch(onProblem);
  return {
    loadReport: client.loadReport,
    explainPasted: client.explainPasted,
    explainPage: () => {
      onExplained({ of: "page", status: "reading" });
      run(client.explainCurrentTab().then((report) => onExplained({ of: "page", status: "done", report })));
    },
    writeReport: async (report) => (await import("@/lib/report/markdown.ts")).printMarkdown(report),
    exportTrace: onExport,
    openInspector: (flowId) => run(client.openInspector(flowId)),
    openQuestions: (flowId) => run(client.openInspector(flowId, "ask")),
    retry: retryOf,
    forget: (flowId) => run(client.forget(flowId)),
    forgetAll: () => run(client.forgetAll()),
    pause: () => run(client.pause()),
    resume: () => run(client.resume()),
    ignoreSite: (host) => run(client.ignoreSite(host)),
    allowEverySite: () => run(client.requestAccess("all")),
  };
}

async function retryOf({ flow, diagnosis }: FlowReport): Promise<RetryResult> {
  const [outcome, { findClient }] = await Promise.all([client.retry(flow.id), import("@/lib/clients/index.ts")]);
  return { outcome, howTo: diagnosis.client && findClient(diagnosis.client.id)?.retry };
}
