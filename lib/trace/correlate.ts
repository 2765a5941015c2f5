import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Observation, ObservationOf } from "@/lib/exchange/observation.ts";
import {
  type Attempt,
  addLeg,
  frameOf,
  isCallback,
  isContinuation,
  isNextRequest,
  isRedirectTarget,
  isStateEqual,
  openFor,
  roleIn,
  startAlone,
  startAttempt,
} from "./attempt.ts";
import { hasFailed, isNear, mayShare, ownersOf } from "./back-channel.ts";
import { bringsAnswer, classify, isTellingAlone, type Shape } from "./classify.ts";
import type { Flow } from "./flow.ts";
import { foldExchanges, inOrder } from "./fold.ts";

interface Strategy {
  readonly name: string;
  /** Newest attempt first. */
  find(exchange: Exchange, shape: Shape, attempts: readonly Attempt[]): Attempt | undefined;
}

/**
 * How a navigation finds its attempt, strongest first. Requests that no tab shows are joined afterwards by what they
 * carry (`back-channel.ts`: our own by the flow they name, token requests by `code`, the rest by client and server).
 */
const strategies: readonly Strategy[] = [
  {
    // 1. Built for server redirects: one request id for the whole chain. Exact; ends at every page a person or script leaves.
    name: "redirect chain",
    find: ({ session, requestId }, _, attempts) =>
      requestId === undefined
        ? undefined
        : attempts.find((attempt) => attempt.session === session && attempt.chains.has(requestId)),
  },
  {
    // 2. Built for popups, `launchWebAuthFlow` and callbacks in another tab. Fails when `state` is absent, changed, or
    // fingerprinted under another key.
    name: "state",
    find: (exchange, shape, attempts) =>
      isBack(exchange, shape) ? attempts.find((attempt) => isStateEqual(exchange, attempt)) : undefined,
  },
  {
    // 3. Built for a changed or absent `state`, and for a browser restarted in between. Two parallel attempts of one client
    // look alike to it, so the attempt in this very frame goes first, and an answered one never takes a second response.
    name: "redirect_uri",
    find: (exchange, shape, attempts) => {
      const waiting = attempts.filter(
        (attempt) =>
          isCallback(exchange.url, attempt) && (attempt.session === exchange.session || exchange.source === "browser"),
      );
      const here = waiting.find((attempt) => isHere(attempt, exchange));
      const isAnswer = isBack(exchange, shape) || bringsAnswer([...exchange.url.parameters, ...exchange.requestFields]);
      if (here || !isAnswer) return here;
      return waiting.find((attempt) => !attempt.isAnswered);
    },
  },
  {
    // 4. Built for login, consent and error pages. Fails when two attempts share a tab within one page, and ends when the
    // person goes elsewhere.
    name: "frame",
    find: (exchange, _, attempts) => {
      const here = attempts.find((attempt) => isHere(attempt, exchange));
      if (!here || here.isLeft) return undefined;
      return (!here.isAnswered && isContinuation(exchange, here)) || isRedirectTarget(exchange, here)
        ? here
        : undefined;
    },
  },
];

const isHere = (attempt: Attempt, exchange: Exchange) =>
  attempt.session === exchange.session && attempt.frames.has(frameOf(exchange));

/** A response on its way back to the client, or any hand-over to another program. */
const isBack = (exchange: Exchange, shape: Shape) =>
  shape === "authorization-response" || !["http", "https", "about", "blob", "data"].includes(exchange.url.scheme);

/** Joins observations, in any order and with duplicates, into flows in order of their start. */
export function correlate(observations: readonly Observation[]): Flow[] {
  const ordered = inOrder(observations);
  const attempts: Attempt[] = [];
  const apart: Exchange[] = [];
  const exchanges = foldExchanges(ordered);
  const changes: Change[] = [
    ...ordered.flatMap((event) => (event.kind === "tab" ? { at: event.at, event } : [])),
    ...exchanges.flatMap(({ id, shownAgain = [] }) => shownAgain.map((at) => ({ at, id }))),
  ].sort((left, right) => left.at - right.at);

  let recent: Attempt[] = [];
  const catchUp = (until: number) => {
    while (changes[0] && changes[0].at <= until) recent = applyChange(changes.shift(), recent);
  };
  for (const exchange of exchanges) {
    const { startedAt, quietFor } = exchange;
    catchUp(startedAt);
    // Nothing joins an attempt that has been quiet for so long; without this every event would look at all of them.
    const quiet = quietFor === undefined ? [] : attempts.filter((attempt) => !recent.includes(attempt));
    recent = [...quiet, ...recent].filter(({ lastAt }) => startedAt - (quietFor ?? 0) - lastAt <= openFor);
    if (exchange.type === "fetch" || exchange.about !== undefined) apart.push(exchange);
    else {
      const started = placeNavigation(exchange, recent);
      if (started) {
        attempts.push(started);
        recent.push(started);
      }
    }
  }
  catchUp(Number.POSITIVE_INFINITY);
  for (const exchange of apart) {
    const shape = classify(exchange);
    if (shape === "other" || shape === "authorization-response") continue;
    const owners = ownersOf(exchange, shape, attempts);
    for (const owner of owners) {
      owner.legs.push({ role: shape, exchange });
      if ((shape === "token" || shape === "refresh") && isNear(owner, exchange))
        owner.lastAt = Math.max(owner.lastAt, exchange.endedAt);
    }
    if (owners.length === 0 && standsAlone(exchange, shape)) attempts.push(startAlone(exchange, shape));
  }
  const gaps = ordered.filter((observation) => observation.kind === "gap");
  return attempts.map((attempt) => finish(attempt, gaps));
}

/**
 * A registration or token request whose authorization request nobody saw. In a trace it is what the person wants explained; of
 * what pages do all day only the failed ones are.
 */
function standsAlone(exchange: Exchange, shape: Shape): boolean {
  // What we asked about an attempt that is no longer there is none by itself.
  if (exchange.about !== undefined) return false;
  if (shape !== "registration" && shape !== "token" && shape !== "refresh" && shape !== "pushed-request") return false;
  // An address alone does not tell what was asked there.
  return exchange.source === "import" || (hasFailed(exchange) && exchange.requestFields.length > 0);
}

/** Adds the exchange to its attempt, or starts one. */
function placeNavigation(exchange: Exchange, attempts: readonly Attempt[]): Attempt | undefined {
  const shape = classify(exchange);
  const newestFirst = attempts
    .filter((attempt) => mayShare(attempt, exchange) && !isNextRequest(exchange, shape, attempt))
    .reverse();
  for (const { find } of strategies) {
    const attempt = find(exchange, shape, newestFirst);
    if (!attempt) continue;
    addLeg(attempt, exchange, roleIn(attempt, exchange, shape));
    return undefined;
  }
  const isStart =
    shape === "authorization-request" ||
    (shape === "authorization-response" && isTellingAlone([...exchange.url.parameters, ...exchange.requestFields]));
  const here = newestFirst.find((attempt) => isHere(attempt, exchange));
  if (isStart || exchange.source === "paste") {
    // A file may hold several tabs without saying so.
    if (here && !here.isAnswered && !here.isLeft && exchange.source === "browser" && exchange.type === "main_frame")
      here.replacedAt = exchange.startedAt;
    return startAttempt(exchange, shape);
  }
  if (here) here.isLeft = true;
  return undefined;
}

/** What happened to a tab, or the return of a document that one of its exchanges brought. */
type Change = { readonly at: number } & ({ readonly event: ObservationOf<"tab"> } | { readonly id: string });

function applyChange(change: Change | undefined, recent: Attempt[]): Attempt[] {
  if (change && "id" in change) return reopen(change, recent);
  if (change) addTabEvent(recent, change.event);
  return recent;
}

/** The person is back on a page of this attempt, and no longer on that of another one in its tab. */
function reopen({ at, id }: { readonly at: number; readonly id: string }, recent: Attempt[]): Attempt[] {
  const shown = ({ legs }: Attempt) => legs.find(({ exchange }) => exchange.id === id)?.exchange;
  const attempt = recent.findLast(shown);
  const exchange = attempt && shown(attempt);
  if (!attempt || !exchange) return recent;
  const others = recent.filter((other) => other !== attempt);
  for (const other of others) if (isHere(other, exchange)) other.isLeft = true;
  attempt.isLeft = false;
  delete attempt.replacedAt;
  attempt.tabEvents.splice(0, attempt.tabEvents.length, ...attempt.tabEvents.filter(({ event }) => event !== "left"));
  attempt.lastAt = Math.max(attempt.lastAt, at);
  return [...others, attempt];
}

function addTabEvent(attempts: readonly Attempt[], event: ObservationOf<"tab">) {
  const attempt = attempts.findLast(({ session, frames }) => session === event.session && frames.has(frameOf(event)));
  if (!attempt || attempt.isLeft || event.at - attempt.lastAt > openFor) return;
  attempt.tabEvents.push(event);
  if (event.event !== "opened") attempt.isLeft = true;
}

function finish(attempt: Attempt, gaps: readonly ObservationOf<"gap">[]): Flow {
  const legs = attempt.legs.toSorted((left, right) => left.exchange.startedAt - right.exchange.startedAt);
  const navigations = legs.filter(({ exchange }) => exchange.type !== "fetch");
  const tabIds = [...new Set(navigations.flatMap(({ exchange }) => exchange.tabId ?? []))];
  const timed = navigations.length > 0 ? navigations : legs;
  const startedAt = Math.min(...timed.map(({ exchange }) => exchange.startedAt));
  const left = attempt.tabEvents.find(({ event }) => event !== "opened")?.at;
  const until = left ?? attempt.replacedAt ?? attempt.lastAt + openFor;
  // Where the beginning was not seen, what its tab missed before may be that beginning.
  const isBeginningSeen = attempt.request !== undefined && !attempt.request.isRequestUnseen;
  const isDuring = ({ at, tabId }: ObservationOf<"gap">) =>
    at >= (tabId === undefined || isBeginningSeen ? startedAt : startedAt - openFor) && at <= until;
  return {
    id: attempt.id,
    session: attempt.session,
    tabIds,
    legs,
    tabEvents: attempt.tabEvents,
    ...(attempt.replacedAt !== undefined && !attempt.isAnswered && { replacedAt: attempt.replacedAt }),
    gaps: gaps.filter(
      (gap) =>
        gap.session === attempt.session && isDuring(gap) && (gap.tabId === undefined || tabIds.includes(gap.tabId)),
    ),
    startedAt,
    lastAt: Math.max(attempt.lastAt, ...attempt.tabEvents.map((event) => event.at)),
  };
}
