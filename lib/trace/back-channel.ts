import { compareValues } from "@/lib/exchange/compare.ts";
import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Parameter } from "@/lib/exchange/observation.ts";
import { clearText, originOf } from "@/lib/exchange/print.ts";
import { type Attempt, frameOf, openFor, parameterOf } from "./attempt.ts";
import type { LegRole } from "./flow.ts";

/**
 * The attempts that a request outside any navigation belongs to: of our own requests the one they name, of a token request
 * the one whose `code` it sends, of the rest those of the same client and server. Metadata and a registration may serve several.
 */
export function ownersOf(exchange: Exchange, role: LegRole, attempts: readonly Attempt[]): readonly Attempt[] {
  if (exchange.about === undefined) return foundOwners(exchange, role, attempts);
  // Nothing in a recording is about an attempt that was seen here.
  const isElsewhere = ({ session }: Attempt) => exchange.source === "import" && session !== exchange.session;
  const named = attempts.filter((attempt) => attempt.id === exchange.about && !isElsewhere(attempt));
  // What one attempt's server publishes holds for the others there; what was asked about one client does not.
  const others = role.endsWith("-metadata") ? foundOwners(exchange, role, attempts) : [];
  return [...new Set([...named, ...others])];
}

/**
 * Whether one attempt can hold what two sessions saw: a browser that was restarted in between, never two imported files, whose
 * values may be equal because somebody made them up or recorded the same example twice.
 */
export const mayShare = (attempt: Attempt, exchange: Exchange) =>
  attempt.session === exchange.session ||
  (exchange.source !== "import" && attempt.legs[0]?.exchange.source !== "import");

/** What a server said on another day says nothing of this attempt; a recording is all of one time. */
export const isNear = (attempt: Attempt, exchange: Exchange) =>
  exchange.source === "import" ||
  (exchange.startedAt - (exchange.quietFor ?? 0) - attempt.lastAt <= openFor &&
    startOf(attempt) - exchange.endedAt <= openFor);

export const hasFailed = ({ error, status }: Exchange) =>
  error !== undefined || (status !== undefined && status >= 400);

function foundOwners(exchange: Exchange, role: LegRole, all: readonly Attempt[]): readonly Attempt[] {
  const shared = all.filter((attempt) => mayShare(attempt, exchange));
  // A client goes on using what it once registered.
  if (role === "registration" && clientIdOf(exchange) !== undefined && !hasFailed(exchange))
    return registrationOwners(exchange, shared);
  const attempts = shared.filter((attempt) => isNear(attempt, exchange));
  switch (role) {
    case "token":
    case "refresh":
      return [tokenOwner(exchange, attempts)].filter((attempt) => attempt !== undefined);
    case "registration":
    case "pushed-request":
      return registrationOwners(exchange, attempts);
    case "client-metadata":
      return attempts.filter(({ request }) => request !== undefined && isDocumentOf(exchange, request));
    case "server-metadata":
    case "resource-metadata":
    case "challenge":
      return attempts.filter(({ request }) => request !== undefined && isMetadataOf(exchange, request));
    case "resource":
    case "probe":
      // Requests of one check are numbered within it; the token request found its attempt by its code.
      return attempts.filter(({ legs }) => legs.some((leg) => isSameCheck(leg.exchange, exchange)));
    default:
      return [];
  }
}

const checkOf = ({ requestId }: Exchange) => /^(check-.+)-\d+$/.exec(requestId ?? "")?.[1];
const isSameCheck = (one: Exchange, other: Exchange) => checkOf(one) !== undefined && checkOf(one) === checkOf(other);

const startOf = (attempt: Attempt) => attempt.legs[0]?.exchange.startedAt ?? 0;

function tokenOwner(exchange: Exchange, attempts: readonly Attempt[]): Attempt | undefined {
  const byCode = attempts.find(({ legs }) =>
    legs.some((leg) => codesOf(leg.exchange).some((code) => sends(exchange, code))),
  );
  if (byCode) return byCode;
  const earlier = attempts.filter((attempt) => startOf(attempt) <= exchange.startedAt);
  const clientId = clientIdOf(exchange);
  // Without a client id (it may stand in the Authorization header) the server it is sent to has to do, and where the browser
  // does not show what was sent, the page that the response has just brought.
  return clientId === undefined
    ? (earlier.findLast(({ origins }) => origins.has(originOf(exchange.url))) ??
        earlier.findLast((attempt) => exchange.requestFields.length === 0 && isFromCallback(exchange, attempt)))
    : earlier.findLast(({ request }) => request !== undefined && clientIdOf(request) === clientId);
}

/** Milliseconds. A code is redeemed at once; what its page asks for later is other business. */
const redeemedWithin = 60_000;

const isFromCallback = (exchange: Exchange, { isAnswered, frames, lastAt }: Attempt): boolean =>
  isAnswered &&
  exchange.tabId !== undefined &&
  frames.has(frameOf(exchange)) &&
  exchange.startedAt - lastAt <= redeemedWithin;

const codesOf = ({ url, requestFields, redirect }: Exchange): Parameter[] =>
  [...url.parameters, ...requestFields, ...(redirect?.parameters ?? [])].filter(({ name }) => name === "code");
const sends = ({ requestFields }: Exchange, code: Parameter) =>
  requestFields.some(({ name, value }) => name === "code" && compareValues(code.value, value).verdict === "equal");

/** A registration made before the attempt, or a refused one at the same server. */
function registrationOwners(exchange: Exchange, attempts: readonly Attempt[]): readonly Attempt[] {
  const clientId = clientIdOf(exchange);
  if (clientId === undefined) return attempts.filter(({ origins }) => origins.has(originOf(exchange.url)));
  return attempts.filter(
    (attempt) => attempt.request && clientIdOf(attempt.request) === clientId && startOf(attempt) >= exchange.startedAt,
  );
}

/** Sent in the request, or given in a registration answer (RFC 7591 §3.2.1). */
function clientIdOf(exchange: Exchange): string | undefined {
  const given = exchange.body?.kind === "fields" ? exchange.body.fields : [];
  return clearText(parameterOf(exchange, "client_id") ?? given.find(({ name }) => name === "client_id"));
}

const isDocumentOf = (exchange: Exchange, request: Exchange) =>
  clientIdOf(request)?.startsWith(`${originOf(exchange.url)}${exchange.url.path}`) === true;

function isMetadataOf(exchange: Exchange, request: Exchange): boolean {
  const origin = originOf(exchange.url);
  const resource = parameterOf(request, "resource")?.value;
  if (origin === originOf(request.url) || (resource?.kind === "url" && originOf(resource.url) === origin)) return true;
  const endpoint = exchange.body?.kind === "document" ? exchange.body.document.authorization_endpoint : undefined;
  return typeof endpoint === "string" && endpoint.startsWith(`${originOf(request.url)}${request.url.path}`);
}
