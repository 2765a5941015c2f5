import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Question } from "@/lib/probes/questions.ts";

/** What came of one question. */
export interface AskOutcome {
  readonly sent: number;
  readonly stopped?: "rate-limited" | "cancelled";
  /** Registrations of ours that were deleted again, and those that are still on the server. */
  readonly deleted: readonly string[];
  readonly leftBehind: readonly string[];
}

export interface AskProgress {
  readonly isCancelled: () => boolean;
  readonly onSent: (count: number) => void;
}

/** What the questions need of the page around them. */
export interface AskCommands {
  /** New ones each time: each question is good for being asked once. */
  readonly questionsFor: (report: FlowReport) => readonly Question[];
  /** Asks the browser for the hosts, at the click that asks the question. */
  readonly reach: (hosts: readonly string[]) => Promise<boolean>;
  /** Asks, and has the attempt worked out anew. */
  readonly ask: (question: Question, report: FlowReport, progress: AskProgress) => Promise<AskOutcome>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
