import { browser } from "wxt/browser";
import { type ConnectionInput, type ConnectionResult, runConnection, type Step } from "@/lib/probes/connection.ts";
import type { ProbePlan, Random } from "@/lib/probes/probe.ts";
import { type ProbeRun, runProbe } from "@/lib/probes/run.ts";
import { hideOwnOrigin } from "./own-requests.ts";
import { startPageRecorder } from "./page-recorder.ts";
import { receiveResponse } from "./receive-response.ts";
import { type Sender, startSender } from "./sender.ts";

/** A browser opens at most six connections to a host over HTTP/1.1, so more at once would only queue. */
const parallel = 6;

/** Unguessable text, 43 base64url characters. */
export const random: Random = () =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

let sender: Promise<Sender> | undefined;

/** Of this page, so that its listeners live as long as it does and hear nothing else. */
function ownSender(): Promise<Sender> {
  sender ??= (async () => {
    await hideOwnOrigin();
    const tab = await browser.tabs.getCurrent();
    return startSender(tab?.id);
  })();
  return sender;
}

/** Sends the requests of a plan the user agreed to, writes included only when `isAllowedToWrite`. */
export async function askServer(
  plan: ProbePlan,
  about: string,
  options: { readonly isAllowedToWrite: boolean; readonly isCancelled: () => boolean },
): Promise<ProbeRun> {
  const { send } = await ownSender();
  const recorder = await startPageRecorder();
  const run = await runProbe([...plan.requests, ...(options.isAllowedToWrite ? plan.writes : [])], {
    send,
    now: Date.now,
    session: "",
    run: String(Date.now()),
    about,
    ranOn: plan.hosts.map((host) => new URL(`http://${host}`).hostname),
    parallel,
    isCancelled: options.isCancelled,
    onObservation: recorder.record,
  });
  await recorder.settled();
  return run;
}

export interface CheckOptions {
  readonly onStep: (step: Step) => void;
  readonly mayWrite: (request: { readonly url: string; readonly body: string }) => Promise<boolean>;
  readonly isCancelled: () => boolean;
}

/** Runs the whole identity step from this page; its tokens live here and nowhere else. */
export async function checkServer(input: ConnectionInput, options: CheckOptions): Promise<ConnectionResult> {
  const { send } = await ownSender();
  const recorder = await startPageRecorder();
  const result = await runConnection(input, {
    ...options,
    send,
    now: Date.now,
    run: String(Date.now()),
    random,
    record: recorder.record,
    authorize: (url) => receiveResponse(url, input.redirectUri).response,
  });
  await recorder.settled();
  return result;
}
