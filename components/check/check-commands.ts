import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { CompatibilityResult, CompatibilityRow } from "@/lib/probes/compatibility.ts";
import type { ConnectionInput, ConnectionResult, Step, StepId } from "@/lib/probes/connection.ts";

/** One request of a check, as its row shows it: names, never values. */
export interface ShownRequest {
  readonly id: string;
  readonly step: StepId;
  readonly method: string;
  /** Without its query. */
  readonly address: string;
  /** Names of the parameters and members that were sent. */
  readonly sent: readonly string[];
  readonly status?: number;
  readonly error?: string;
}

export interface WriteRequest {
  readonly url: string;
  readonly body: string;
}

/** What a run tells and asks while it lasts. */
export interface RunListeners {
  readonly signal: AbortSignal;
  readonly onRequest: (request: ShownRequest) => void;
  readonly mayWrite: (request: WriteRequest) => Promise<boolean>;
  readonly mayReach: (host: string) => Promise<boolean>;
}

export interface CheckOutcome extends ConnectionResult {
  /** What is made of the attempt, or of the metadata when there was none. */
  readonly report?: FlowReport;
}

export interface CheckCommands {
  /** Where the response can go without a client that listens. */
  readonly redirectUris: { readonly loopback: string; readonly extension: string };
  /** Asks the browser for the hosts, at a click only. */
  readonly reach: (hosts: readonly string[]) => Promise<boolean>;
  readonly check: (
    input: ConnectionInput,
    listeners: RunListeners & { readonly onStep: (step: Step) => void },
  ) => Promise<CheckOutcome>;
  readonly compare: (
    input: { readonly url: string; readonly clients: readonly string[]; readonly isOwnServer: boolean },
    listeners: RunListeners & { readonly onRow: (row: CompatibilityRow) => void },
  ) => Promise<CompatibilityResult>;
  /** While it is true, closing the page asks first. */
  readonly holdPage: (isHeld: boolean) => void;
}
