import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { diagnoseDiscovery } from "@/lib/diagnosis/diagnose-discovery.ts";
import type { Send } from "@/lib/discovery/run.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import {
  type CompatibilityInput,
  type CompatibilityResult,
  type CompatibilityRow,
  runCompatibility,
} from "@/lib/probes/compatibility.ts";
import {
  type ConnectionInput,
  type ConnectionResult,
  runConnection,
  type Step,
  type StepId,
} from "@/lib/probes/connection.ts";
import { nextRun, ownSend, random } from "./ask-server.ts";
import { startPageRecorder } from "./page-recorder.ts";
import { readAccessTo } from "./permissions.ts";
import { type Receiving, receiveResponse } from "./receive-response.ts";
import { openStore } from "./store.ts";

/** One request of a check, as its row shows it: names, never values. */
export interface CheckRequest {
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

interface Surroundings {
  readonly signal: AbortSignal;
  readonly onRequest: (request: CheckRequest) => void;
  readonly mayWrite: (request: { readonly url: string; readonly body: string }) => Promise<boolean>;
  /** Asked, at most once per host, before anything goes to a host that was not granted. */
  readonly mayReach: (host: string) => Promise<boolean>;
}

export interface CheckOptions extends Surroundings {
  readonly onStep: (step: Step) => void;
}

export interface CheckResult extends ConnectionResult {
  /** What Hopscope makes of the attempt, or of the metadata when there was none. */
  readonly report?: FlowReport;
}

/** Runs the whole identity step from this page; its tokens live here and nowhere else. */
export async function checkServer(input: ConnectionInput, options: CheckOptions): Promise<CheckResult> {
  const startedAt = Date.now();
  const parts = await startRun(options);
  const { signal, onStep, mayWrite } = options;
  let receiving: Receiving | undefined;
  signal.addEventListener("abort", () => receiving?.cancel());
  const result = await runConnection(input, {
    ...parts,
    onStep,
    mayWrite,
    isCancelled: () => signal.aborted,
    authorize: (url) => {
      receiving = receiveResponse(url, input.redirectUri);
      return receiving.response;
    },
  });
  await parts.settled();
  const report = await reportOf(parts.run, startedAt);
  return { ...result, ...(report && { report }) };
}

export interface CompatibilityOptions extends Surroundings {
  readonly onRow: (row: CompatibilityRow) => void;
}

export async function checkCompatibility(
  input: CompatibilityInput,
  options: CompatibilityOptions,
): Promise<CompatibilityResult> {
  const parts = await startRun(options);
  const { signal, onRow, mayWrite } = options;
  const result = await runCompatibility(input, { ...parts, onRow, mayWrite, isCancelled: () => signal.aborted });
  await parts.settled();
  return result;
}

async function startRun({ onRequest, mayReach }: Surroundings) {
  const [plainSend, recorder] = await Promise.all([ownSend(), startPageRecorder()]);
  const asked = new Map<string, Promise<boolean>>();
  const send: Send = async (request) => {
    const { host } = new URL(request.url);
    if (!(await readAccessTo(request.url))) {
      const answer = asked.get(host) ?? mayReach(host);
      asked.set(host, answer);
      if (!(await answer)) return { kind: "failed", error: "refused:no-permission" };
    }
    return plainSend(request);
  };
  const requests = new Map<string, CheckRequest>();
  const record = (raw: RawObservation) => {
    recorder.record(raw);
    const request = describe(raw, requests);
    if (!request) return;
    requests.set(request.id, request);
    onRequest(request);
  };
  return { send, record, random, now: Date.now, run: nextRun(), settled: recorder.settled };
}

const steps: Readonly<Record<string, StepId>> = {
  registration: "client",
  revocation: "cleanup",
  deregistration: "cleanup",
  authorization: "authorization",
  endpoints: "endpoints",
  token: "token",
  refresh: "refresh",
  resource: "resource",
};

function describe(raw: RawObservation, known: ReadonlyMap<string, CheckRequest>): CheckRequest | undefined {
  if (raw.kind === "request") {
    const { origin, pathname, searchParams } = new URL(raw.url);
    const step = raw.purpose?.startsWith("check/") ? steps[raw.purpose.slice(6)] : "discovery";
    const names = [...searchParams.keys(), ...(raw.body?.kind === "text" ? namesIn(raw.body) : [])];
    return {
      id: raw.requestId,
      step: step ?? "discovery",
      method: raw.method,
      address: `${origin}${pathname}`,
      sent: names,
    };
  }
  if (raw.kind !== "response" && raw.kind !== "failure") return undefined;
  const request = known.get(raw.requestId);
  return request && { ...request, ...(raw.kind === "response" ? { status: raw.status } : { error: raw.error }) };
}

function namesIn({ mimeType, text }: { readonly mimeType: string; readonly text: string }): readonly string[] {
  if (mimeType.startsWith("application/x-www-form-urlencoded")) return [...new URLSearchParams(text).keys()];
  try {
    return Object.keys(Object(JSON.parse(text)));
  } catch {
    return [];
  }
}

/** The attempt that this run made; without one, what its metadata requests show. */
async function reportOf(run: string, startedAt: number): Promise<FlowReport | undefined> {
  const asOf = Date.now();
  const stored = await openStore().since(startedAt);
  const isOwn = (requestId: string | undefined) => requestId?.startsWith(`check-${run}-`) === true;
  const reports = diagnose(stored, { asOf });
  const attempt =
    reports.find(({ flow }) => flow.legs.some(({ exchange }) => isOwn(exchange.requestId))) ??
    // In a tab that this page opened the browser may have told of no more than where it ended.
    reports.find(({ flow }) => flow.tabIds.length > 0);
  if (attempt) return attempt;
  const ladder = stored.filter((seen) => "requestId" in seen && seen.requestId?.startsWith(`ladder-${run}-`) === true);
  return diagnoseDiscovery(ladder, { asOf });
}
