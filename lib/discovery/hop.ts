import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Parameter } from "@/lib/exchange/observation.ts";
import { clearText, findParameter, printLocation } from "@/lib/exchange/print.ts";
import { memberOf } from "@/lib/oauth/metadata-document.ts";
import type { Hop } from "./plan.ts";

const parameterOf = (exchange: Exchange, name: string): Parameter | undefined =>
  findParameter(exchange.url, name) ?? exchange.requestFields.find((field) => field.name === name);

/** The first authorization request among the exchanges of a flow: a navigation with `client_id` or `response_type`. */
export const findAuthorizationRequest = (exchanges: readonly Exchange[]): Exchange | undefined =>
  exchanges.find(
    (exchange) =>
      exchange.type !== "fetch" &&
      (parameterOf(exchange, "response_type") !== undefined || parameterOf(exchange, "client_id") !== undefined),
  );

/** `iss` of the authorization response, from where it was sent to or from the redirect that sent it (RFC 9207 §2). */
function findIss(exchanges: readonly Exchange[]): string | undefined {
  const places = exchanges.flatMap((exchange) => [exchange.redirect, exchange.url]);
  for (const url of places) {
    const isResponse = url?.parameters.some(({ name }) => name === "code" || name === "error" || name === "response");
    const iss = isResponse && url ? clearText(findParameter(url, "iss")) : undefined;
    if (iss !== undefined) return iss;
  }
  return undefined;
}

const stringsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");

/** Issuers that metadata among the exchanges names: `authorization_servers` entries before `issuer` members. */
function seenIssuers(exchanges: readonly Exchange[]): string[] {
  const documents = exchanges.flatMap(({ body }) => (body?.kind === "document" ? [body.document] : []));
  const named = documents.flatMap((document) => stringsOf(memberOf(document, "authorization_servers")));
  return [...new Set([...named, ...documents.flatMap((document) => stringsOf(memberOf(document, "issuer")))])];
}

/**
 * What a flow's exchanges tell about where its metadata is; `undefined` when no authorization request was seen, or its
 * path was replaced at redaction and so cannot be asked.
 */
export function hopOf(exchanges: readonly Exchange[]): Hop | undefined {
  const request = findAuthorizationRequest(exchanges);
  if (request === undefined || request.url.pathFingerprint !== undefined) return undefined;
  const resource = clearText(parameterOf(request, "resource"));
  const clientId = clearText(parameterOf(request, "client_id"));
  const iss = findIss(exchanges);
  return {
    endpoint: printLocation(request.url),
    ...(iss === undefined ? {} : { iss }),
    ...(resource === undefined ? {} : { resource }),
    ...(clientId === undefined ? {} : { clientId }),
    seenIssuers: seenIssuers(exchanges),
  };
}
