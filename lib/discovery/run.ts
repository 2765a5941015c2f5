import type { RawHeader, RawObservation, Source } from "@/lib/exchange/raw-observation.ts";
import { isMetadataDocumentId } from "@/lib/oauth/client-metadata.ts";
import { memberOf } from "@/lib/oauth/metadata-document.ts";
import { parseResourceMetadata, type ResourceMetadata } from "@/lib/oauth/resource-metadata.ts";
import { challengeParameter, parseChallenges } from "@/lib/oauth/www-authenticate.ts";
import { isRefusedAddress, refusalOf } from "./address.ts";
import {
  challengeRung,
  clientRung,
  fallbackRungs,
  type Hop,
  issuerCandidates,
  misplacedResourceRungs,
  misplacedServerRungs,
  type Rung,
  type RungSuffix,
  recogniseWellKnown,
  resourceRungs,
  serverRungs,
} from "./plan.ts";

/** Milliseconds and bytes after which reading one answer stops. */
export const answerLimits = { timeoutMs: 5_000, maxBytes: 256 * 1024 } as const;
const maximumRequests = 16;
const maximumIssuers = 3;

/** One request without credentials, cookies, cache or redirects followed. */
export interface DiscoveryRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
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
  /** Unique for this run: request ids are counted within it. */
  readonly session: string;
  /** The flow these requests were sent for. */
  readonly about?: string;
  /** Ask the accepted server metadata this many times in all, to see whether the answers agree; 1 when left out. */
  readonly repeats?: number;
  /** Called with each observation as it is made; every one of them also stands in the result. */
  readonly onObservation?: (observation: RawObservation) => void;
}

interface Asked {
  readonly document?: unknown;
  readonly challengeUrl?: string;
}

/**
 * Climbs the metadata ladder with at most 16 requests, each URL once, and records every rung as raw observations with the
 * purpose `ladder/<rung>`. A URL that must not be asked is recorded as a failure `refused:<why>` without a request.
 * Never throws and never follows a redirect by itself: the target of one is a rung of its own, held to the same rules.
 * @see MCP authorization 2026-07-28, Authorization Server Discovery; RFC 9728 §3; RFC 8414 §3
 */
export async function runDiscovery(
  start: DiscoveryStart,
  options: DiscoveryOptions,
): Promise<readonly RawObservation[]> {
  const run = new Run(start, options);
  if (start.from === "hop") await climbFromHop(run, start.hop);
  else await climbFromUrl(run, start);
  return run.observations;
}

async function climbFromUrl(run: Run, start: Extract<DiscoveryStart, { from: "url" }>): Promise<void> {
  const challenge = start.challenge ? await run.ask(challengeRung(start.url)) : {};
  const resource = await climbResource(run, start.url, challenge.challengeUrl);
  const issuers = resource?.authorization_servers?.slice(0, maximumIssuers) ?? [];
  if (issuers.length === 0) {
    // What was typed may be an issuer; if it is an MCP server, this is also where clients of 2025-03-26 look.
    const found =
      (await climbServer(run, serverRungs(start.url))) || (await climbServer(run, fallbackRungs(start.url)));
    if (!found) await climbServer(run, misplacedServerRungs(start.url));
  }
  for (const issuer of issuers) {
    if (!(await climbServer(run, serverRungs(issuer)))) await climbServer(run, misplacedServerRungs(issuer));
  }
  if (start.clientId !== undefined) await climbClient(run, start.clientId);
}

async function climbFromHop(run: Run, hop: Hop): Promise<void> {
  const resource = hop.resource === undefined ? undefined : await climbResource(run, hop.resource);
  const named = resource?.authorization_servers?.slice(0, maximumIssuers) ?? [];
  const candidates = issuerCandidates({ ...hop, seenIssuers: [...named, ...hop.seenIssuers] });
  let found = false;
  for (const { issuer } of candidates) {
    found = await climbServer(run, serverRungs(issuer), hop.endpoint);
    if (found) break;
  }
  if (!found && named[0] !== undefined) found = await climbServer(run, misplacedServerRungs(named[0]));
  const guess = candidates.find(({ from }) => from === "endpoint-path")?.issuer;
  if (!found && guess !== undefined) await climbServer(run, misplacedServerRungs(guess));
  if (hop.clientId !== undefined) await climbClient(run, hop.clientId);
}

async function climbResource(run: Run, mcpUrl: string, fromChallenge?: string): Promise<ResourceMetadata | undefined> {
  const standard = [...resourceRungs(mcpUrl, fromChallenge), ...(fromChallenge ? resourceRungs(mcpUrl) : [])];
  for (const rung of [...standard, ...misplacedResourceRungs(mcpUrl)]) {
    const { document } = await run.ask(rung);
    const { value } = parseResourceMetadata(document);
    if (value.resource !== undefined || value.authorization_servers !== undefined) return value;
  }
  return undefined;
}

/** True when a document was found; with `endpoint`, one that names this authorization endpoint. */
async function climbServer(run: Run, rungs: readonly Rung[], endpoint?: string): Promise<boolean> {
  for (const rung of rungs) {
    const { document } = await run.ask(rung);
    if (!isServerMetadata(document)) continue;
    await run.repeat(rung);
    return endpoint === undefined || memberOf(document, "authorization_endpoint") === endpoint;
  }
  return false;
}

const isServerMetadata = (document: unknown): document is object =>
  typeof document === "object" &&
  document !== null &&
  (memberOf(document, "issuer") !== undefined || memberOf(document, "authorization_endpoint") !== undefined);

async function climbClient(run: Run, clientId: string): Promise<void> {
  if (isMetadataDocumentId(clientId)) await run.ask(clientRung(clientId));
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

class Run {
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
    // One step only, so that a loop of redirects is two requests.
    const followed =
      redirectUrl !== undefined && mayFollow(rung, redirectUrl) && !this.asked.has(redirectUrl)
        ? (await this.send({ ...rung, url: redirectUrl }, "/redirected")).asked
        : asked;
    this.asked.set(rung.url, followed);
    return followed;
  }

  /** The same request again, as often as the caller asked, for answers that differ from one to the next. */
  async repeat(rung: Rung): Promise<void> {
    for (let count = 1; count < (this.options.repeats ?? 1); count += 1) await this.send(rung, "/again");
  }

  private async send(rung: Rung, suffix: RungSuffix): Promise<{ asked: Asked; redirectUrl?: string }> {
    if (this.requests >= maximumRequests) return { asked: {} };
    this.requests += 1;
    const { session, about, now } = this.options;
    // A POST to the MCP server is a probe that the user started; everything else is discovery.
    const source: Source = rung.method === "POST" ? "probe" : "discovery";
    const requestId = `ladder-${this.requests}`;
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

/** Only from one well-known place to another: a login page is no metadata, and nobody follows a client's document. */
const mayFollow = (rung: Rung, target: string): boolean =>
  rung.method === "GET" &&
  URL.canParse(target) &&
  recogniseWellKnown(new URL(target).pathname) !== undefined &&
  recogniseWellKnown(new URL(rung.url).pathname) !== undefined;

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
