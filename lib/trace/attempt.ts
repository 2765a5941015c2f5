import { compareValues, isSameTarget } from "@/lib/exchange/compare.ts";
import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Observation, ObservationOf, Parameter, RedactedUrl } from "@/lib/exchange/observation.ts";
import { findParameter, originOf } from "@/lib/exchange/print.ts";
import { isBrowserCheck } from "@/lib/servers/judge.ts";
import { classify, isAuthorizationResponse, type Shape } from "./classify.ts";
import type { Leg, LegRole } from "./flow.ts";

/**
 * How long an attempt that nothing ended can go on, in milliseconds: a link in an e-mail or the approval of a colleague takes its
 * time, and a clock may be set forward by an hour.
 */
export const openFor = 90 * 60_000;

/**
 * How long an attempt that waits can be resumed where it waits, in milliseconds: on its page, behind a closed lid, or with its
 * own request, over a clock that was set forward.
 */
export const resumableFor = 7 * 24 * 60 * 60_000;

/** When this happened for the attempt that it goes on with: as if nobody had paused. */
export const resumedAt = ({ at, quietFor }: Pick<Observation, "at" | "quietFor">): number => at - (quietFor ?? 0);

/** A flow while it is being put together. */
export interface Attempt {
  readonly id: string;
  readonly session: string;
  readonly legs: Leg[];
  readonly tabEvents: ObservationOf<"tab">[];
  readonly frames: Set<string>;
  /** Request ids of its redirect chains. */
  readonly chains: Set<string>;
  /** Origins of the authorization server and of whoever it sent the person to. */
  readonly origins: Set<string>;
  /** Absent when only the response was seen. */
  readonly request?: Exchange;
  /** The response was seen: later navigations of the tab are no longer the attempt's. */
  isAnswered: boolean;
  /** With an error: what the client asks next is another attempt. */
  isRefused: boolean;
  /** The person went elsewhere. */
  isLeft: boolean;
  /** When its tab began another attempt in its place. */
  replacedAt?: number;
  lastAt: number;
}

export function startAttempt(exchange: Exchange, shape: Shape): Attempt {
  const attempt = emptyAttempt(exchange, shape === "authorization-request" ? exchange : undefined);
  addLeg(attempt, exchange, shape === "authorization-response" ? "redirection-endpoint" : "authorization-request");
  return attempt;
}

/** An attempt of which only a request outside any navigation was seen; more of them to the same server join it. */
export function startAlone(exchange: Exchange, role: LegRole): Attempt {
  const attempt = emptyAttempt(exchange, undefined);
  attempt.origins.add(originOf(exchange.url));
  attempt.legs.push({ role, exchange });
  attempt.lastAt = exchange.endedAt;
  return attempt;
}

const emptyAttempt = (exchange: Exchange, request: Exchange | undefined): Attempt => ({
  id: exchange.id,
  session: exchange.session,
  legs: [],
  tabEvents: [],
  frames: new Set(),
  chains: new Set(),
  origins: new Set(),
  ...(request && { request }),
  isAnswered: false,
  isRefused: false,
  isLeft: false,
  lastAt: exchange.startedAt,
});

export function addLeg(attempt: Attempt, exchange: Exchange, role: LegRole) {
  attempt.legs.push({ role, exchange });
  attempt.lastAt = Math.max(attempt.lastAt, exchange.endedAt);
  attempt.frames.add(frameOf(exchange));
  if (exchange.requestId !== undefined) attempt.chains.add(exchange.requestId);
  if (role === "redirection-endpoint") {
    attempt.isAnswered = true;
    attempt.isRefused ||= parameterOf(exchange, "error") !== undefined;
    return;
  }
  attempt.origins.add(originOf(exchange.url));
  const target = exchange.redirect;
  // Where the server sends the person next is part of the attempt, except back to the client.
  if (target && !isAuthorizationResponse(target.parameters) && !isCallback(target, attempt))
    attempt.origins.add(originOf(target));
}

/** The part that an exchange has in the attempt it belongs to. */
export function roleIn(attempt: Attempt, exchange: Exchange, shape: Shape): LegRole {
  if (shape === "authorization-request") {
    if (!attempt.request) return "authorization-request";
    if (!isSameRequest(exchange, attempt.request)) return "upstream";
    // Login pages carry the parameters along; the endpoint itself, asked again, is the request again.
    return isSameTarget(attempt.request.url, exchange.url) ? "authorization-request" : "interaction";
  }
  if (!attempt.request || isCallback(exchange.url, attempt)) return "redirection-endpoint";
  if (shape === "authorization-response") {
    if (!redirectUriOf(attempt)) return "redirection-endpoint";
    const isOnServer = attempt.origins.has(originOf(exchange.url));
    if (isStateEqual(exchange, attempt)) return isOnServer ? "interaction" : "redirection-endpoint";
    // Where the client goes on from its response it may say so in the same words.
    if (attempt.isAnswered && !isOnServer) return "redirection-endpoint";
    // Neither where the client asked nor its state: an upstream server's answer, or the server's own error page.
    return isOnServer || parameterOf(exchange, "error") ? "interaction" : "redirection-endpoint";
  }
  return attempt.isAnswered ? "redirection-endpoint" : "interaction";
}

/** Started by the attempt's own pages, or on a server that it has been on. */
export function isContinuation(exchange: Exchange, attempt: Attempt): boolean {
  const last = lastInFrame(attempt, exchange);
  if (last?.redirect && isSameTarget(last.redirect, exchange.url)) return true;
  if (last && isAskedAgain(exchange, attempt, last)) return true;
  if (["reload", "typed", "auto_bookmark"].includes(exchange.navigation?.transition ?? "")) return false;
  const isRequestAgain =
    attempt.request !== undefined &&
    isSameTarget(attempt.request.url, exchange.url) &&
    classify(exchange) === "authorization-request";
  if (isRequestAgain && attempt.request) {
    // Back at the endpoint from a login page it is the same attempt; straight after the endpoint's own answer, a new one.
    const isAfterAnswer = attempt.legs.at(-1)?.role === "authorization-request";
    if (isAfterAnswer || !isSameRequest(exchange, attempt.request)) return false;
  }
  return attempt.origins.has(exchange.initiator ?? originOf(exchange.url));
}

/**
 * The very request once more, by a reload, its link, or at the host of the tenant that the person chose, while the page before it
 * shows no failure, or is a gate that lets the browser through to it.
 */
function isAskedAgain(exchange: Exchange, { request }: Attempt, last: Exchange): boolean {
  if (!request || classify(exchange) !== "authorization-request" || !isSameRequest(exchange, request)) return false;
  const isFailure = last.error !== undefined || (last.status ?? 400) >= 400 || last.page?.oauthError !== undefined;
  const isGate = last.page !== undefined && isBrowserCheck({ title: last.page.title, text: last.page.excerpt });
  if (!isGate && (isFailure || (last.page?.matches.length ?? 0) > 0)) return false;
  return ["state", "code_challenge"].some((name) => parameterOf(request, name) && parameterOf(exchange, name));
}

/** The navigation that a redirect already named; custom schemes have no request of their own. */
export function isRedirectTarget(exchange: Exchange, attempt: Attempt): boolean {
  const last = lastInFrame(attempt, exchange);
  return last?.redirect !== undefined && isSameTarget(last.redirect, exchange.url);
}

/** Equal as far as both carry it: a login page may carry only some parameters on. */
function isSameRequest(exchange: Exchange, request: Exchange): boolean {
  return ["client_id", "state", "redirect_uri", "code_challenge"].every((name) => {
    const sent = parameterOf(request, name);
    const again = parameterOf(exchange, name);
    return !sent || !again || compareValues(sent.value, again.value).verdict === "equal";
  });
}

export function isStateEqual(exchange: Exchange, attempt: Attempt): boolean {
  const received = parameterOf(exchange, "state");
  const sent = attempt.request && parameterOf(attempt.request, "state");
  return received !== undefined && sent !== undefined && compareValues(sent.value, received.value).verdict === "equal";
}

/**
 * An authorization request made with, or after, the answer to this attempt: the client tries again after an error, or goes on to
 * another server. With a code, the same request once more is a lap of the same attempt.
 */
export function isNextRequest(exchange: Exchange, shape: Shape, attempt: Attempt): boolean {
  if (shape !== "authorization-request" || !attempt.isAnswered) return false;
  if (attempt.isRefused || !attempt.request || !isSameTarget(attempt.request.url, exchange.url)) return true;
  const [before, now] = [parameterOf(attempt.request, "client_id"), parameterOf(exchange, "client_id")];
  return before !== undefined && now !== undefined && compareValues(before.value, now.value).verdict === "different";
}

/** Whether this is where the client asked the response to go. */
export function isCallback(url: RedactedUrl, attempt: Attempt): boolean {
  const expected = redirectUriOf(attempt);
  return expected !== undefined && isSameTarget(expected, url);
}

function redirectUriOf(attempt: Attempt): RedactedUrl | undefined {
  const value = attempt.request && parameterOf(attempt.request, "redirect_uri")?.value;
  return value?.kind === "url" ? value.url : undefined;
}

const lastInFrame = (attempt: Attempt, exchange: Exchange) =>
  attempt.legs.findLast(({ exchange: leg }) => frameOf(leg) === frameOf(exchange))?.exchange;

export const frameOf = (at: { readonly tabId?: number | undefined; readonly frameId?: number | undefined }) =>
  `${at.tabId}|${at.frameId ?? 0}`;

export const parameterOf = (exchange: Exchange, name: string): Parameter | undefined =>
  findParameter(exchange.url, name) ?? exchange.requestFields.find((field) => field.name === name);
