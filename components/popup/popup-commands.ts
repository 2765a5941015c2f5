import type { RetryResult } from "@/components/attempt/AttemptActions.tsx";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";

/** What the popup asks of the page around it. */
export interface PopupCommands {
  readonly loadReport: (flowId: string) => Promise<FlowReport | undefined>;
  readonly explainPasted: (text: string) => Promise<FlowReport | undefined>;
  readonly explainPage: () => void;
  readonly writeReport?: (report: FlowReport) => string | Promise<string>;
  readonly exportTrace?: (flowId: string) => void;
  /** Without an id: the list. */
  readonly openInspector: (flowId?: string) => void;
  readonly openQuestions: (flowId: string) => void;
  readonly retry: (report: FlowReport) => Promise<RetryResult>;
  readonly forget: (flowId: string) => void;
  readonly forgetAll: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly ignoreSite: (host: string) => void;
  readonly allowEverySite: () => void;
  /** Opens the page on which sites are chosen one by one. */
  readonly chooseSites: () => void;
}
