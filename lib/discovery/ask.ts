import type { RawHeader, RawObservation, Source } from "@/lib/exchange/raw-observation.ts";
import { challengeParameter, parseChallenges } from "@/lib/oauth/www-authenticate.ts";
import { isRefusedAddress, refusalOf } from "./address.ts";
import { type Hop, type Rung, type RungSuffix, recogniseWellKnown } from "./plan.ts";

/** Milliseconds and bytes after which reading one answer stops. */
export const answerLimits = { timeoutMs: 5_000, maxBytes: 256 * 1024 } as const;
/** Of one discovery. */
export const maximumRequests = 16;

/** One request without credentials, cookies, cache or redirects followed. */
export interface DiscoveryRequest {
  readonly url: string;
  readonly method: "GET" | "POST" | "DELETE" | "OPTIONS";
  readonly headers: readonly RawHeader[];
  readonly body?: { readonly mimeType: string; readonly text: string };
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Asked with the address a name resolved to, before anything is sent where the sender can, else before the answer is read. */
  acceptsAddress(address: string): boolean;
}

export type DiscoveryAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: readonly RawHeader[];
      /** Absolute target of a redirect, which was not followed. */
      readonly redirectUrl?: string;
      /** At most `maxBytes`, decoded as UTF-8; absent when nothing could be read. */
      readonly body?: { readonly mimeType: string; readonly text: string };
      /** `too-large` or `timeout` when reading stopped early; there is no body then. */
      readonly problem?: string;
      /** The address the answer came from, where the sender knows it. */
      readonly address?: string;
    }
  | {
      readonly kind: "failed";
      /** The network's own code, `timeout`, or `refused:<why>` when the sender would not send. */
      readonly error: string;
    };

/** Sends one request; rejects never, ends within `timeoutMs`. Passed in: this folder does not touch the network. */
export type Send = (request: DiscoveryRequest) => Promise<DiscoveryAnswer>;

/** Where a discovery starts. */
export type DiscoveryStart =
  | { readonly from: "hop"; readonly hop: Hop }
  /** The URL of an MCP server, or of an issuer when it turns out to be one; `challenge` allows the POST to it. */
  | { readonly from: "url"; readonly url: string; readonly challenge: boolean; readonly clientId?: string };

export interface DiscoveryOptions {
  readonly send: Send;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly session: string;
  /** Unique among the runs of this session, when there is more than one: request ids are counted within it. */
  readonly run?: string;
  /** The flow these requests were sent for. */
  readonly about?: string;
  /** Ask the accepted server metadata this many times in all, to see whether the answers agree; 1 when left out. */
  readonly repeats?: number;
  /** Called with each observation as it is made; every one of them also stands in the result. */
  readonly onObservation?: (observation: RawObservation) => void;
}

/** What one rung gave that the next step depends on. */
export interface Asked {
  readonly document?: unknown;
  readonly challengeUrl?: string;
}

const initialize = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "hopscope", version: "1" } },
});

/** Host names the attempt itself ran on: what is private may be asked there and nowhere else. */
function ranOnOf(start: DiscoveryStart): string[] {
  const url = start.from === "hop" ? start.hop.endpoint : start.url;
  return URL.canParse(url) ? [new URL(url).hostname] : [];
}

/** The requests of one discovery: budget, refusals, each URL once, and the record of everything. */
export class Run {
  readonly observations: RawObservation[] = [];
  private readonly options: DiscoveryOptions;
  private readonly ranOn: readonly string[];
  private readonly asked = new Map<string, Asked>();
  private requests = 0;

  constructor(start: DiscoveryStart, options: DiscoveryOptions) {
    this.options = options;
    this.ranOn = ranOnOf(start);
  }

  async ask(rung: Rung): Promise<Asked> {
    const earlier = this.asked.get(rung.url);
    if (earlier !== undefined && rung.name !== "challenge") return earlier;
    const { asked, redirectUrl } = await this.send(rung, "");
    this.asked.set(rung.url, asked);
    if (redirectUrl === undefined || !mayFollow(rung, redirectUrl) || this.asked.has(redirectUrl)) return asked;
    // One step only, so that a loop of redirects is two requests.
    const { asked: followed } = await this.send({ ...rung, url: redirectUrl }, "/redirected");
    this.asked.set(rung.url, followed);
    this.asked.set(redirectUrl, followed);
    return followed;
  }

  /** The same request again, as often as the caller asked, for answers that differ from one to the next. */
  async repeat(rung: Rung): Promise<void> {
    for (let count = 1; count < (this.options.repeats ?? 1); count += 1) await this.send(rung, "/again");
  }

  private async send(rung: Rung, suffix: RungSuffix): Promise<{ asked: Asked; redirectUrl?: string }> {
    if (this.requests >= maximumRequests) return { asked: {} };
    this.requests += 1;
    const { session, about, now, run = "1" } = this.options;
    // A POST to the MCP server is a probe that the user started; everything else is discovery.
    const source: Source = rung.method === "POST" ? "probe" : "discovery";
    const requestId = `ladder-${run}-${this.requests}`;
    const base = { source, session, requestId, url: rung.url };
    const headers = headersOf(rung);
    this.record({
      ...base,
      kind: "request",
      at: now(),
      method: rung.method,
      type: "fetch",
      headers,
      purpose: `ladder/${rung.name}${suffix}`,
      ...(about === undefined ? {} : { about }),
    });
    const answer = await this.answerTo(rung, headers);
    if (answer.kind === "failed") {
      this.record({ ...base, kind: "failure", at: now(), error: answer.error });
      return { asked: {} };
    }
    const { status, redirectUrl, body, problem } = answer;
    const isTooLarge = body !== undefined && body.text.length > answerLimits.maxBytes;
    const cut = isTooLarge ? "too-large" : problem;
    const kept = cut === undefined ? body : undefined;
    this.record({
      ...base,
      kind: "response",
      at: now(),
      status,
      headers: answer.headers,
      ...(redirectUrl === undefined ? {} : { redirectUrl }),
      ...(kept === undefined ? {} : { body: kept }),
      ...(cut === undefined ? {} : { problem: cut }),
    });
    // Why it refused instead of asking for a token stands in its words.
    if (rung.name === "challenge" && kept !== undefined && status >= 400 && status < 500 && status !== 401) {
      const shown = /html/i.test(kept.mimeType) ? { html: kept.text } : { text: kept.text, title: "" };
      this.record({ ...base, kind: "page", at: now(), status, contentType: kept.mimeType, ...shown });
    }
    const asked =
      rung.name === "challenge" ? readChallenge(answer.headers) : { document: readJson(status, kept?.text) };
    return { asked, ...(redirectUrl === undefined ? {} : { redirectUrl }) };
  }

  private async answerTo(rung: Rung, headers: readonly RawHeader[]): Promise<DiscoveryAnswer> {
    const refusal = refusalOf(rung.url, this.ranOn);
    if (refusal !== undefined) return { kind: "failed", error: `refused:${refusal}` };
    const acceptsAddress = (address: string) => !isRefusedAddress(rung.url, address, this.ranOn);
    try {
      const answer = await this.options.send({
        url: rung.url,
        method: rung.method,
        headers,
        ...(rung.method === "POST" ? { body: { mimeType: "application/json", text: initialize } } : {}),
        ...answerLimits,
        acceptsAddress,
      });
      const isDiscarded = answer.kind === "answered" && answer.address !== undefined && !acceptsAddress(answer.address);
      return isDiscarded ? { kind: "failed", error: "refused:private-address" } : answer;
    } catch (error) {
      return { kind: "failed", error: error instanceof Error ? error.name : "unknown" };
    }
  }

  private record(observation: RawObservation): void {
    this.observations.push(observation);
    this.options.onObservation?.(observation);
  }
}

/**
 * Only from one well-known place to another, or within the host of the MCP server (`/mcp/` to `/mcp`): a login page is no
 * metadata, and nobody follows a redirect of a client's document.
 */
function mayFollow(rung: Rung, target: string): boolean {
  if (!URL.canParse(target) || !URL.canParse(rung.url)) return false;
  const [from, to] = [new URL(rung.url), new URL(target)];
  if (rung.name === "challenge") return from.host === to.host && from.protocol === to.protocol;
  return recogniseWellKnown(from.pathname) !== undefined && recogniseWellKnown(to.pathname) !== undefined;
}

const headersOf = (rung: Rung): readonly RawHeader[] =>
  rung.method === "POST"
    ? [{ name: "accept", value: "application/json, text/event-stream" }]
    : [{ name: "accept", value: "application/json" }];

function readChallenge(headers: readonly RawHeader[]): Asked {
  const field = headers
    .filter(({ name }) => name.toLowerCase() === "www-authenticate")
    .map(({ value }) => value)
    .join(", ");
  const url = challengeParameter(parseChallenges(field), "Bearer", "resource_metadata");
  return url === undefined ? {} : { challengeUrl: url };
}

function readJson(status: number, text: string | undefined): unknown {
  if (text === undefined || status < 200 || status > 299) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
