import type { RedactedUrl } from "@/lib/exchange/observation.ts";
import { parseClientMetadata } from "@/lib/oauth/client-metadata.ts";
import { compareIssuers } from "@/lib/oauth/issuer.ts";
import { compareUris, isLoopbackPortVariant } from "@/lib/oauth/redirect-uri.ts";
import { parseResourceMetadata } from "@/lib/oauth/resource-metadata.ts";
import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";
import { compareAuthMethod, compareEndpoint, compareWithServer } from "./compare-server.ts";
import { type ComparedHop, type Comparison, type Context, place, type Sent, textOf } from "./comparison.ts";
import type { MetadataFacts, RungFacts } from "./metadata-facts.ts";

export type { Comparison } from "./comparison.ts";

/** The server document of this hop: the one that names its endpoint, else the best one found. */
export function serverOf(metadata: MetadataFacts, request: { readonly url: RedactedUrl }): RungFacts | undefined {
  const isOfHop = (rung: RungFacts) => compareEndpoint(request.url, rung)?.verdict === "agrees";
  return metadata.servers.find(isOfHop) ?? metadata.server;
}

/**
 * Each parameter of the hop beside what the accepted documents say about it, exact strings throughout. Parameters that
 * no metadata speaks of are not in the list. Never throws.
 * @see RFC 8414 §2, RFC 9728 §2, RFC 9207 §2.4, MCP authorization 2026-07-28
 */
export function compareWithMetadata(hop: ComparedHop, metadata: MetadataFacts): Comparison[] {
  const rung = serverOf(metadata, hop.request);
  const comparisons: (Comparison | undefined)[] = [];
  if (rung !== undefined) {
    const context: Context = {
      parameters: hop.request.parameters,
      server: parseServerMetadata(rung.document).value,
      rung,
    };
    comparisons.push(
      compareEndpoint(hop.request.url, rung),
      ...compareWithServer(context, hop.response?.parameters),
      ...(hop.tokens ?? []).map((token) => compareAuthMethod(context, token.authMethod)),
    );
  }
  comparisons.push(compareScope(hop.request.parameters, metadata, rung));
  comparisons.push(
    compareResource(hop.request.parameters, metadata),
    compareRedirectUri(hop.request.parameters, metadata),
  );
  return comparisons.filter((comparison) => comparison !== undefined);
}

function compareScope(
  parameters: readonly Sent[],
  metadata: MetadataFacts,
  rung: RungFacts | undefined,
): Comparison | undefined {
  const sent = textOf(parameters, "scope");
  if (sent === undefined) return undefined;
  const server = rung && parseServerMetadata(rung.document).value.scopes_supported;
  const resource = metadata.resource && parseResourceMetadata(metadata.resource.document).value.scopes_supported;
  const challenged = metadata.challenge?.scope?.split(" ");
  const source = (server && rung) ?? (resource && metadata.resource);
  if (source === undefined) return undefined;
  const member = place(source, source === rung ? "server" : "resource", "scopes_supported");
  const offered = new Set([...(server ?? []), ...(resource ?? []), ...(challenged ?? [])]);
  const unlisted = [...new Set(sent.split(" "))].filter((scope) => scope !== "" && !offered.has(scope));
  const base = { parameter: "scope", sent, advertised: [...offered].join(" "), ...member };
  return unlisted.length === 0
    ? { ...base, verdict: "agrees", says: "Every scope is listed" }
    : { ...base, verdict: "notListed", unlisted, says: `No list of the server has ${unlisted.join(", ")}` };
}

function compareResource(parameters: readonly Sent[], metadata: MetadataFacts): Comparison | undefined {
  const rung = metadata.resource;
  const advertised = rung && parseResourceMetadata(rung.document).value.resource;
  if (rung === undefined || advertised === undefined) return undefined;
  const sent = textOf(parameters, "resource");
  const base = { parameter: "resource", advertised, ...place(rung, "resource", "resource") };
  if (sent === undefined) {
    if (parameters.some(({ name }) => name === "resource" || name === "request" || name === "request_uri"))
      return undefined;
    return { ...base, verdict: "notListed", says: "The request does not name the resource it wants access to" };
  }
  const comparison = compareIssuers(advertised, sent);
  return comparison.verdict === "identical"
    ? { ...base, sent, verdict: "agrees", says: "resource is that of the resource metadata" }
    : {
        ...base,
        sent,
        verdict: "contradicts",
        differences: comparison.differences,
        says: `resource is not that of the resource metadata (different ${comparison.differences.join(", ")})`,
      };
}

function compareRedirectUri(parameters: readonly Sent[], metadata: MetadataFacts): Comparison | undefined {
  const rung = metadata.client;
  const sent = textOf(parameters, "redirect_uri");
  if (rung === undefined || sent === undefined) return undefined;
  const registered = parseClientMetadata(rung.document, rung.urlText).value.redirect_uris;
  if (registered === undefined) return undefined;
  const base = {
    parameter: "redirect_uri",
    sent,
    advertised: registered.join(", "),
    ...place(rung, "client", "redirect_uris"),
  };
  const matches = registered.some((uri) => compareUris(sent, uri).length === 0 || isLoopbackPortVariant(sent, uri));
  return matches
    ? { ...base, verdict: "agrees", says: "redirect_uri is one of the client's document" }
    : { ...base, verdict: "contradicts", unlisted: [sent], says: "redirect_uri is none of the client's document" };
}
