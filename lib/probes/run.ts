import { isRefusedAddress, refusalOf } from "@/lib/discovery/address.ts";
import { answerLimits, type DiscoveryAnswer, type Send } from "@/lib/discovery/ask.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { redirectIn } from "./json-redirect.ts";
import type { ProbeRequest } from "./probe.ts";

export interface ProbeOptions {
  readonly send: Send;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly session: string;
  /** Unique among the runs of this session, when there is more than one: request ids are counted within it. */
  readonly run?: string;
  /** The flow the answers belong to. */
  readonly about: string;
  /** Host names the attempt itself ran on: what is private may be asked there and nowhere else. */
  readonly ranOn: readonly string[];
  /** How many requests are on their way at once. */
  readonly parallel: number;
  readonly isCancelled?: () => boolean;
  readonly onObservation?: (observation: RawObservation) => void;
}

export interface ProbeRun {
  readonly observations: readonly RawObservation[];
  readonly sent: number;
  /** Why fewer than planned were sent: the server asked for fewer (429), or the user cancelled. */
  readonly stopped?: "rate-limited" | "cancelled";
}

/** Sends the requests of a probe, several at a time, and records them. Stops at the first 429. Never throws. */
export async function runProbe(requests: readonly ProbeRequest[], options: ProbeOptions): Promise<ProbeRun> {
  const observations: RawObservation[] = [];
  const record = (observation: RawObservation) => {
    observations.push(observation);
    options.onObservation?.(observation);
  };
  let next = 0;
  let stopped: ProbeRun["stopped"];
  const work = async (): Promise<void> => {
    while (next < requests.length && stopped === undefined) {
      if (options.isCancelled?.()) {
        stopped = "cancelled";
        return;
      }
      const index = next;
      next += 1;
      const request = requests[index];
      if (request && (await sendOne(request, `probe-${options.run ?? "1"}-${index + 1}`, options, record)) === 429)
        stopped = "rate-limited";
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.parallel) }, work));
  return { observations, sent: next, ...(stopped && { stopped }) };
}

async function sendOne(
  request: ProbeRequest,
  requestId: string,
  options: ProbeOptions,
  record: (observation: RawObservation) => void,
): Promise<number | undefined> {
  const { now, session, about } = options;
  const base = { source: "probe" as const, session, requestId, url: request.url };
  record({
    ...base,
    kind: "request",
    at: now(),
    method: request.method,
    type: "fetch",
    headers: request.headers,
    ...(request.body && { body: { kind: "text", ...request.body } }),
    purpose: request.purpose,
    about,
  });
  const answer = await answerTo(request, options);
  if (answer.kind === "failed") {
    record({ ...base, kind: "failure", at: now(), error: answer.error });
    return undefined;
  }
  const { status, headers, body, problem } = answer;
  const redirectUrl =
    answer.redirectUrl ?? (request.method === "GET" && body ? redirectIn(status, body.mimeType, body.text) : undefined);
  record({
    ...base,
    kind: "response",
    at: now(),
    status,
    headers,
    ...(redirectUrl !== undefined && { redirectUrl }),
    ...(body && { body }),
    ...(problem !== undefined && { problem }),
  });
  // What the server says is told apart by its words, so they are read like those of a page that a person saw. What was made
  // is no such words: it is credentials.
  const isMade = request.method === "POST" && status >= 200 && status < 300;
  if (body && redirectUrl === undefined && !isMade) {
    const isHtml = /html/i.test(body.mimeType);
    const shown = isHtml ? { html: body.text } : { text: body.text, title: "" };
    record({ ...base, kind: "page", at: now(), status, contentType: body.mimeType, ...shown });
  }
  return status;
}

async function answerTo(request: ProbeRequest, { send, ranOn }: ProbeOptions): Promise<DiscoveryAnswer> {
  const refusal = refusalOf(request.url, ranOn);
  if (refusal !== undefined) return { kind: "failed", error: `refused:${refusal}` };
  try {
    return await send({
      ...answerLimits,
      url: request.url,
      method: request.method,
      headers: request.headers,
      ...(request.body && { body: request.body }),
      acceptsAddress: (address) => !isRefusedAddress(request.url, address, ranOn),
    });
  } catch (error) {
    return { kind: "failed", error: error instanceof Error ? error.name : "unknown" };
  }
}
