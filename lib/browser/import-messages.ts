import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { PreparedExport } from "@/lib/har/contents.ts";
import type { ImportedFile } from "@/lib/har/desk.ts";
import type { Session } from "./session.ts";

/** What a page asks of its import worker; each question gets one answer with its number. */
export type ImportQuestion =
  | { readonly ask: "open"; readonly session: Session; readonly version: string }
  | { readonly ask: "add"; readonly files: readonly File[] }
  | { readonly ask: "cancel" }
  | { readonly ask: "report"; readonly flowId: string }
  | { readonly ask: "export"; readonly flowId: string }
  | { readonly ask: "keep"; readonly session: string };

export interface ImportAnswers {
  readonly open: undefined;
  /** `undefined` when it was cancelled. */
  readonly add: readonly ImportedFile[] | undefined;
  readonly cancel: undefined;
  readonly report: FlowReport | undefined;
  readonly export: PreparedExport | undefined;
  /** The files as they lie open now, and whether nothing of the recording was stored before. */
  readonly keep: { readonly files: readonly ImportedFile[]; readonly sessions: readonly string[] };
}

export interface NumberedQuestion {
  readonly number: number;
  readonly question: ImportQuestion;
}

export interface ImportProgressMessage {
  readonly kind: "progress";
  /** Which of the chosen files. */
  readonly file: number;
  readonly bytes: number;
  readonly entries: number;
}

export type ImportMessage =
  | ImportProgressMessage
  | { readonly kind: "answer"; readonly number: number; readonly value: unknown }
  | { readonly kind: "fault"; readonly number: number; readonly message: string };
