import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { isMetadataDocumentId } from "@/lib/oauth/client-metadata.ts";
import { memberOf } from "@/lib/oauth/metadata-document.ts";
import { parseResourceMetadata, type ResourceMetadata } from "@/lib/oauth/resource-metadata.ts";
import { type DiscoveryOptions, type DiscoveryStart, Run } from "./ask.ts";
import {
  challengeRung,
  clientRung,
  fallbackRungs,
  type Hop,
  issuerCandidates,
  misplacedResourceRungs,
  misplacedServerRungs,
  type Rung,
  resourceRungs,
  serverRungs,
} from "./plan.ts";

export type { DiscoveryAnswer, DiscoveryOptions, DiscoveryRequest, DiscoveryStart, Send } from "./ask.ts";

const maximumIssuers = 3;

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
