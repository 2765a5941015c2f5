import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { type AttemptSummary, summariseImported } from "@/lib/report/summary.ts";
import type { ByteSource } from "./bytes.ts";
import { type PreparedExport, prepareExport } from "./contents.ts";
import { type EntryCounts, type HarImport, type ImportOptions, importHar } from "./import.ts";

/** A file that somebody chose, as the import screen tells of it. */
export type ImportedFile = { readonly name: string; readonly size: number } & (
  | { readonly kind: "refused"; readonly problem: string }
  | {
      readonly kind: "read";
      /** Names the recording; the same file read twice has the same one. */
      readonly session: string;
      readonly creator: string;
      readonly entries: EntryCounts;
      readonly problems: readonly string[];
      readonly attempts: readonly AttemptSummary[];
      readonly isKept: boolean;
    }
);

export interface ChosenFile {
  readonly name: string;
  readonly size: number;
  readonly source: ByteSource;
}

/** The recordings that lie open: read, redacted and compared with each other, but not stored. */
export interface Desk {
  /** Rejects when cancelled; what was open before is open still. */
  add(files: readonly ChosenFile[], options: AddOptions): Promise<void>;
  files(): readonly ImportedFile[];
  report(flowId: string): FlowReport | undefined;
  prepareExport(flowId: string, version: string): PreparedExport | undefined;
  /** What is to be stored when the user keeps this recording. */
  observations(session: string): readonly Observation[];
  markKept(session: string): void;
}

type AddOptions = Pick<ImportOptions, "signal" | "pause"> & {
  readonly onProgress?: (progress: { readonly file: number; readonly bytes: number; readonly entries: number }) => void;
};

interface Opened {
  readonly name: string;
  readonly size: number;
  readonly content: HarImport | { readonly kind: "refused"; readonly problem: string };
  isKept: boolean;
}

export function createDesk(redact: (raw: RawObservation) => Observation | undefined): Desk {
  let opened: readonly Opened[] = [];
  let reports: readonly FlowReport[] = [];
  const contentOf = ({ content }: Opened) => (content.kind === "read" ? content : undefined);
  const asOf = () => opened.reduce((latest, file) => Math.max(latest, contentOf(file)?.asOf ?? 0), 0);
  const all = () => opened.flatMap((file) => contentOf(file)?.observations ?? []);

  return {
    async add(files, { onProgress, ...options }) {
      const added: Opened[] = [];
      for (const [file, { name, size, source }] of files.entries()) {
        const content = await importHar(source, {
          ...options,
          redact,
          ...(onProgress && { onProgress: ({ bytes, entries }) => onProgress({ file, bytes, entries }) }),
        });
        added.push({ name, size, content, isKept: false });
      }
      const recordings = new Set<string>();
      opened = [...added, ...opened].filter((file) => {
        const session = contentOf(file)?.session;
        const isAgain = session !== undefined && recordings.has(session);
        if (session !== undefined) recordings.add(session);
        return !isAgain;
      });
      // One person's attempt may explain another's, so all are diagnosed together.
      reports = diagnose(all(), { asOf: asOf() });
    },
    files: () =>
      opened.map(({ name, size, content, isKept }) => {
        if (content.kind === "refused") return { name, size, kind: "refused", problem: content.problem };
        const { session, creator, entries, problems, observations } = content;
        const ids = new Set(observations.map(({ id }) => id));
        const attempts = reports
          .filter(({ flow }) => flow.legs.some(({ exchange }) => ids.has(exchange.id)))
          .map(summariseImported);
        return { name, size, kind: "read", session, creator, entries, problems, attempts, isKept };
      }),
    report: (flowId) => reports.find(({ flow }) => flow.id === flowId),
    prepareExport: (flowId, version) => prepareExport({ flowId, observations: all(), reports, asOf: asOf(), version }),
    observations: (session) =>
      opened.flatMap((file) => {
        const content = contentOf(file);
        return content?.session === session ? content.observations : [];
      }),
    markKept(session) {
      for (const file of opened) if (contentOf(file)?.session === session) file.isKept = true;
    },
  };
}
