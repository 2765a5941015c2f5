import type { Exchange } from "@/lib/exchange/exchange.ts";
import { clearText, printLocation, printUrl } from "@/lib/exchange/print.ts";
import { parseClientMetadata } from "@/lib/oauth/client-metadata.ts";
import type { MetadataProblem } from "@/lib/oauth/metadata-document.ts";
import { parseResourceMetadata } from "@/lib/oauth/resource-metadata.ts";
import { parseServerMetadata } from "@/lib/oauth/server-metadata.ts";
import { challengeParameter, parseChallenges } from "@/lib/oauth/www-authenticate.ts";
import { addExpectations } from "./expect.ts";
import { findAuthorizationRequest } from "./hop.ts";
import type { ChallengeFacts, MetadataFacts, NamedIssuer, RungFacts } from "./metadata-facts.ts";
import { isOpenidPath, isPlaceOf, type RungRole, rungKinds } from "./plan.ts";
import { rungNameOf } from "./rung-name.ts";
import { verdictOf } from "./verdict.ts";

/** The value of a header in clear; several fields of one name are joined as RFC 9110 §5.3 allows. */
function headerOf(exchange: Exchange, name: string): string | undefined {
  const values = exchange.headers
    .filter((header) => header.name.toLowerCase() === name)
    .flatMap((header) => clearText(header) ?? []);
  return values.length === 0 ? undefined : values.join(", ");
}

function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

const maxAgeOf = (cacheControl: string | undefined): number | undefined =>
  secondsOf(/(?:^|[\s,])max-age="?(\d{1,10})/i.exec(cacheControl ?? "")?.[1]);

function parseDocument(
  role: RungRole,
  exchange: Exchange,
): { readonly problems: readonly MetadataProblem[]; readonly isUsable: boolean } | undefined {
  if (exchange.body?.kind !== "document" || role === "challenge") return undefined;
  const { document, omitted } = exchange.body;
  // A member that redaction left out is there, only not readable here.
  const here = (problems: readonly MetadataProblem[]) => problems.filter(({ field }) => !omitted.includes(field));
  switch (role) {
    case "server-metadata": {
      const { value, problems } = parseServerMetadata(document, isOpenidPath(exchange.url.path) ? "openid" : "oauth");
      const isUsable = [value.issuer, value.authorization_endpoint, value.token_endpoint].some(
        (url) => url !== undefined,
      );
      return { problems: here(problems), isUsable };
    }
    case "resource-metadata": {
      const { value, problems } = parseResourceMetadata(document);
      return { problems: here(problems), isUsable: (value.resource ?? value.authorization_servers) !== undefined };
    }
    case "client-metadata": {
      const { value, problems } = parseClientMetadata(document, printUrl(exchange.url));
      return { problems: here(problems), isUsable: (value.client_id ?? value.redirect_uris) !== undefined };
    }
  }
}

function readRung(exchange: Exchange): Omit<RungFacts, "isDemanded" | "expectedIssuer"> | undefined {
  const rung = rungNameOf(exchange);
  if (rung === undefined) return undefined;
  const { isStandard, role, why } = rungKinds[rung.name];
  const parsed = parseDocument(role, exchange);
  const challenge = headerOf(exchange, "www-authenticate");
  const { outcome, verdict } = verdictOf(exchange, role, parsed, challenge);
  const { body, error, redirect, status } = exchange;
  const age = secondsOf(headerOf(exchange, "age"));
  const maxAge = maxAgeOf(headerOf(exchange, "cache-control"));
  const contentType = headerOf(exchange, "content-type") ?? body?.mimeType;
  return {
    exchangeId: exchange.id,
    role,
    at: exchange.startedAt,
    rung: `${rung.name}${rung.suffix}`,
    url: exchange.url,
    urlText: printUrl(exchange.url),
    ...(status === undefined ? {} : { status }),
    ...(error === undefined ? {} : { networkError: error }),
    outcome,
    verdict,
    why: rung.suffix === "/redirected" ? "Where the place before it redirects to" : why,
    isStandard,
    askedBy: exchange.purpose === undefined ? "client" : "hopscope",
    ...(body?.kind === "document" && outcome === "accepted" ? { document: body.document, bytes: body.bytes } : {}),
    problems: parsed?.problems ?? [],
    ...(contentType === undefined ? {} : { contentType }),
    ...(redirect === undefined ? {} : { redirect: printUrl(redirect) }),
    ...(age === undefined ? {} : { age }),
    ...(maxAge === undefined ? {} : { maxAge }),
  };
}

function readChallenge(exchange: Exchange): ChallengeFacts {
  const field = headerOf(exchange, "www-authenticate");
  const parsed = parseChallenges(field ?? "");
  const resourceMetadata = challengeParameter(parsed, "Bearer", "resource_metadata");
  const scope = challengeParameter(parsed, "Bearer", "scope");
  return {
    exchangeId: exchange.id,
    status: exchange.status ?? 0,
    urlText: printUrl(exchange.url),
    ...(field === undefined ? {} : { field }),
    challenges: parsed.challenges,
    problems: parsed.problems,
    ...(resourceMetadata === undefined ? {} : { resourceMetadata }),
    ...(scope === undefined ? {} : { scope }),
    ...readOriginCheck(exchange),
  };
}

/** Servers answer a foreign Origin with 403 (MCP 2025-11-25) or 400, before they look at anything else. */
function readOriginCheck({ status, page, requestHeaders }: Exchange): Partial<ChallengeFacts> {
  if (status !== 403 && status !== 400) return {};
  const said = page?.oauthError?.error_description ?? page?.excerpt ?? "";
  if (!/\borigin\b/i.test(said)) return {};
  const sent = requestHeaders.find(({ name }) => name.toLowerCase() === "origin");
  const sentOrigin = sent && clearText(sent);
  return { refusedOrigin: said, ...(sentOrigin !== undefined && { sentOrigin }) };
}

const namesOf = (resource: Pick<RungFacts, "document" | "exchangeId"> | undefined): NamedIssuer[] =>
  (parseResourceMetadata(resource?.document).value.authorization_servers ?? []).map((issuer) => ({
    issuer,
    exchangeId: resource?.exchangeId ?? "",
  }));

/** How much better a server document belongs to this attempt than another one; the first of the highest is taken. */
function rankOf(rung: RungFacts, endpoint: string | undefined, named: readonly NamedIssuer[]): number {
  const { value } = parseServerMetadata(rung.document);
  const isOfHop = endpoint !== undefined && value.authorization_endpoint === endpoint;
  const place = named.findIndex(({ issuer }) => issuer === value.issuer || isPlaceOf(issuer, rung.urlText));
  return (isOfHop ? 100 : 0) + (place < 0 ? 0 : 50 - Math.min(place, 40)) + (rung.isStandard ? 1 : 0);
}

/**
 * Reads the metadata requests among `exchanges` (our own ladder, and what a page or an import shows under
 * `/.well-known/`) and says for each why its answer was taken or left. Other exchanges are passed over; the authorization
 * request, when it is among them, decides which of several server documents belongs to the attempt. Never throws.
 */
export function readMetadata(exchanges: readonly Exchange[]): MetadataFacts {
  const read = exchanges.flatMap((exchange) => readRung(exchange) ?? []);
  const named = namesOf(read.find(({ role, outcome }) => role === "resource-metadata" && outcome === "accepted"));
  const challenged = exchanges.findLast(
    (exchange) => rungNameOf(exchange)?.name === "challenge" && exchange.status !== undefined,
  );
  const challenge = challenged && readChallenge(challenged);
  const rungs = addExpectations(read, named, challenge);
  const accepted = rungs.filter(({ outcome, rung }) => outcome === "accepted" && !rung.endsWith("/again"));
  const resource = accepted.find(({ role }) => role === "resource-metadata");
  const client = accepted.find(({ role }) => role === "client-metadata");
  const request = findAuthorizationRequest(exchanges);
  const endpoint = request === undefined ? undefined : printLocation(request.url);
  const servers = accepted
    .filter(({ role }) => role === "server-metadata")
    .map((rung) => ({ rung, rank: rankOf(rung, endpoint, named) }))
    .sort((left, right) => right.rank - left.rank)
    .map(({ rung }) => rung);
  const [server] = servers;
  return {
    rungs,
    ...(challenge === undefined ? {} : { challenge }),
    ...(resource === undefined ? {} : { resource }),
    ...(server === undefined ? {} : { server }),
    ...(client === undefined ? {} : { client }),
    servers,
    namedIssuers: named,
  };
}
