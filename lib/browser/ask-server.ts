import { browser } from "wxt/browser";
import type { Send } from "@/lib/discovery/run.ts";
import type { ProbeRequest, Random } from "@/lib/probes/probe.ts";
import type { Question } from "@/lib/probes/questions.ts";
import { deletionRequest, type MadeRegistration, readMadeRegistration } from "@/lib/probes/registration.ts";
import { type ProbeRun, runProbe } from "@/lib/probes/run.ts";
import { hideOwnOrigin } from "./own-requests.ts";
import { createSend } from "./sender.ts";

/** A browser opens at most six connections to a host over HTTP/1.1, so more at once would only queue. */
const parallel = 6;

/** Unguessable text, 43 base64url characters. */
export const random: Random = () =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

let send: Promise<Send> | undefined;

/** Of this page. */
export function ownSend(): Promise<Send> {
  send ??= (async () => {
    await hideOwnOrigin();
    const tab = await browser.tabs.getCurrent();
    return createSend(tab?.id);
  })();
  return send;
}

let runs = 0;
/** Unique on this page; the time alone is not. */
export const nextRun = (): string => `${Date.now()}-${++runs}`;

export interface AskOptions {
  readonly about: string;
  /** Host names the attempt itself ran on. */
  readonly ranOn: readonly string[];
  readonly isCancelled: () => boolean;
  /** Requests sent so far. */
  readonly onSent: (count: number) => void;
}

export interface Asked {
  readonly sent: number;
  /** Why fewer than planned were sent. */
  readonly stopped?: "rate-limited" | "cancelled";
  /** Registrations of ours that were deleted again, and those that are still on the server. */
  readonly deleted: readonly string[];
  readonly leftBehind: readonly string[];
}

/** Sends what the user agreed to, writes included, and deletes what it registered where the server lets it. */
export async function askServer({ plan, followUp }: Question, options: AskOptions): Promise<Asked> {
  // What makes answers safe to store is large, and only who asks needs it.
  const { startPageRecorder } = await import("./page-recorder.ts");
  const recorder = await startPageRecorder();
  const plainSend = await ownSend();
  const made: (MadeRegistration & { readonly endpoint: string })[] = [];
  const bodies = new Set(plan.writes.map(({ body }) => body?.text));
  let sent = 0;
  const send: Send = async (request) => {
    options.onSent(++sent);
    const answer = await plainSend(request);
    const isOurs = request.method === "POST" && bodies.has(request.body?.text);
    const registration = isOurs && answer.kind === "answered" && readMadeRegistration(answer.body?.text ?? "");
    if (registration) made.push({ ...registration, endpoint: request.url });
    return answer;
  };
  const run = (requests: readonly ProbeRequest[], isCancelled = options.isCancelled): Promise<ProbeRun> =>
    runProbe(requests, {
      send,
      now: Date.now,
      session: "",
      run: nextRun(),
      about: options.about,
      ranOn: options.ranOn,
      parallel,
      isCancelled,
      onObservation: recorder.record,
    });
  let { stopped } = await run([...plan.requests, ...plan.writes]);
  const [first] = made;
  if (stopped === undefined && first && followUp) ({ stopped } = await run(followUp(first.clientId).requests));

  const deleted: string[] = [];
  for (const each of made) {
    const deletion = stopped === "rate-limited" ? undefined : deletionRequest(each, each.endpoint);
    // Cancelling stops the questions, not the clean-up.
    const { observations } = deletion ? await run([deletion], () => false) : { observations: [] };
    const isGone = observations.some((seen) => seen.kind === "response" && seen.status >= 200 && seen.status < 300);
    if (isGone) deleted.push(each.clientId);
  }
  await recorder.settled();
  const leftBehind = made.map(({ clientId }) => clientId).filter((id) => !deleted.includes(id));
  return { sent, ...(stopped && { stopped }), deleted, leftBehind };
}
