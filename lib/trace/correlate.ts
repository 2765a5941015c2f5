import { compareValues, isSameTarget } from "@/lib/exchange/compare.ts";
import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Observation, ObservationOf, Parameter } from "@/lib/exchange/observation.ts";
import { clearText, findParameter, originOf } from "@/lib/exchange/print.ts";
import { classify, isAuthorizationResponse, type Shape } from "./classify.ts";
import type { Flow, Leg, LegRole } from "./flow.ts";
import { foldExchanges, inOrder } from "./fold.ts";

/** An attempt that nothing ended is joined by time and tab alone only this long. */
export const openFor = 30 * 60_000;

interface Draft {
  readonly id: string;
  readonly session: string;
  readonly legs: Leg[];
  readonly tabEvents: ObservationOf<"tab">[];
  readonly frames: Set<string>;
  readonly chains: Set<string>;
  /** Origins of the authorization server and whoever it sent the person to. */
  readonly origins: Set<string>;
  readonly request?: Exchange;
  /** The response was seen: later navigations of the tab are no longer the attempt's. */
  isAnswered: boolean;
  /** The person went elsewhere. */
  isLeft: boolean;
  lastAt: number;
}

/**
 * Joins exchanges into flows. The strategies, strongest first, each with what it was built for and where it fails:
 *
 * 1. Our own request names its flow (`about`). Never wrong; only for requests that we sent.
 * 2. Same redirect chain (request id). Exact; ends at every page that a person or a script leaves.
 * 3. `state` of a response equals that of a request, whatever the tab. For popups, `launchWebAuthFlow`, a callback opened
 *    elsewhere; fails when `state` is absent, changed, or under another fingerprint key.
 * 4. `code` of a token request equals that of a response. For page-made token requests; fails across keys.
 * 5. Redirection endpoint equals the request's `redirect_uri`, same session, newest unanswered attempt first. For a changed or
 *    absent `state`; two parallel attempts of one client can be confused, so a tab match goes before another tab.
 * 6. Same frame, and started by the attempt's own pages or on one of its origins. For login and consent pages; ends when
 *    the person goes elsewhere.
 * 7. `client_id` and server (registration, metadata, token requests without a code): these legs may belong to several flows.
 */
export function correlate(observations: readonly Observation[]): Flow[] {
  const ordered = inOrder(observations);
  const drafts: Draft[] = [];
  const detached: { readonly exchange: Exchange; readonly role: LegRole }[] = [];
  const exchanges = foldExchanges(ordered);
  const ends = ordered.filter((observation) => observation.kind === "tab");
  let nextEnd = 0;

  for (const exchange of exchanges) {
    for (; ends[nextEnd] !== undefined && (ends[nextEnd]?.at ?? 0) <= exchange.startedAt; nextEnd += 1)
      addTabEvent(drafts, ends[nextEnd] as ObservationOf<"tab">);
    const shape = classify(exchange);
    const found = place(exchange, shape, drafts);
    if (found === "detached") detached.push({ exchange, role: shape as LegRole });
    else if (found) addLeg(found.draft, exchange, found.role);
    else if (
      exchange.type !== "fetch" &&
      (shape === "authorization-request" || shape === "authorization-response" || exchange.source === "paste")
    )
      drafts.push(start(exchange, shape));
  }
  for (; nextEnd < ends.length; nextEnd += 1) addTabEvent(drafts, ends[nextEnd] as ObservationOf<"tab">);
  for (const { exchange, role } of detached) attach(exchange, role, drafts);

  const gaps = ordered.filter((observation) => observation.kind === "gap");
  return drafts.map((draft) => finish(draft, gaps));
}

function start(exchange: Exchange, shape: Shape): Draft {
  const isRequest = shape === "authorization-request";
  const draft: Draft = {
    id: exchange.id,
    session: exchange.session,
    legs: [],
    tabEvents: [],
    frames: new Set(),
    chains: new Set(),
    origins: new Set(),
    ...(isRequest && { request: exchange }),
    isAnswered: false,
    isLeft: false,
    lastAt: exchange.startedAt,
  };
  addLeg(draft, exchange, isRequest || shape === "other" ? "authorization-request" : "redirection-endpoint");
  return draft;
}

function place(
  exchange: Exchange,
  shape: Shape,
  drafts: readonly Draft[],
): { readonly draft: Draft; readonly role: LegRole } | "detached" | undefined {
  if (exchange.type === "fetch" || exchange.about !== undefined) return shape === "other" ? undefined : "detached";

  const newestFirst = drafts.filter((draft) => draft.session === exchange.session).reverse();
  const chain =
    exchange.requestId === undefined
      ? undefined
      : newestFirst.find((draft) => draft.chains.has(exchange.requestId as string));
  if (chain) return { draft: chain, role: roleInFlow(exchange, shape, chain) };

  const inFrame = newestFirst.find((draft) => draft.frames.has(frameOf(exchange)));
  const current = inFrame && isOpen(inFrame, exchange) ? inFrame : undefined;
  if (shape === "authorization-request") {
    if (!current || !isContinuation(exchange, current)) return undefined;
    return { draft: current, role: roleInFlow(exchange, shape, current) };
  }
  if (shape === "authorization-response" || isPrivateUseScheme(exchange)) {
    const answered =
      byState(exchange, drafts) ??
      byRedirectUri(exchange, current ? [current, ...newestFirst] : newestFirst) ??
      (current && isContinuation(exchange, current) ? current : undefined);
    if (answered) return { draft: answered, role: roleInFlow(exchange, shape, answered) };
    return undefined;
  }
  if (current && isExpectedCallback(exchange, current)) return { draft: current, role: "redirection-endpoint" };
  if (current && isContinuation(exchange, current))
    return { draft: current, role: roleInFlow(exchange, shape, current) };
  // The redirect named a target and the navigation there follows as an event of its own (custom schemes, lost request ids).
  const expected = newestFirst.find(
    (draft) => draft.frames.has(frameOf(exchange)) && isRedirectTarget(exchange, draft),
  );
  if (expected) return { draft: expected, role: roleInFlow(exchange, shape, expected) };
  if (current && exchange.source !== "import") current.isLeft = true;
  return undefined;
}

function roleInFlow(exchange: Exchange, shape: Shape, draft: Draft): LegRole {
  if (shape === "authorization-request") {
    if (!draft.request) return "authorization-request";
    if (isSameRequest(exchange, draft.request))
      return isSameTarget(draft.request.url, exchange.url) ? "authorization-request" : "interaction";
    return "upstream";
  }
  // The response of the upstream server goes to the proxy's own callback, not to the client's.
  if (isExpectedCallback(exchange, draft)) return "redirection-endpoint";
  if (shape === "authorization-response") {
    const isOnServer = draft.origins.has(originOf(exchange.url));
    const expected = redirectUriOf(draft);
    if (!draft.request || !expected) return "redirection-endpoint";
    if (stateEquals(exchange, draft)) return isOnServer ? "interaction" : "redirection-endpoint";
    // Neither where the client asked nor its state: an upstream server's answer, or the server's own error page.
    return isOnServer || parameterOf(exchange, "error") ? "interaction" : "redirection-endpoint";
  }
  return draft.isAnswered ? "redirection-endpoint" : "interaction";
}

/** The same attempt asked again on its way through login: equal client, state and redirect URI. */
function isSameRequest(exchange: Exchange, request: Exchange): boolean {
  return ["client_id", "state", "redirect_uri", "code_challenge"].every((name) => {
    const left = parameterOf(request, name);
    const right = parameterOf(exchange, name);
    // A login page may carry only some of them on.
    return left === undefined || right === undefined || compareValues(left.value, right.value).verdict === "equal";
  });
}

/** Started by the attempt's own pages, or on a server that it has been on. */
function isContinuation(exchange: Exchange, draft: Draft): boolean {
  const last = draft.legs.findLast(({ exchange: leg }) => frameOf(leg) === frameOf(exchange))?.exchange;
  if (last?.redirect && isSameTarget(last.redirect, exchange.url)) return true;
  const isRepeat =
    draft.request !== undefined &&
    classify(exchange) === "authorization-request" &&
    isSameTarget(draft.request.url, exchange.url);
  const transition = exchange.navigation?.transition;
  if (transition === "reload" || transition === "typed" || transition === "auto_bookmark") return false;
  // Back to the authorization endpoint after a login page is the same attempt; straight after its own answer it is a new one.
  if (isRepeat && last === draft.legs.findLast(({ role }) => role === "authorization-request")?.exchange) return false;
  if (isRepeat && draft.request && !isSameRequest(exchange, draft.request)) return false;
  if (exchange.initiator !== undefined) return draft.origins.has(exchange.initiator);
  return draft.origins.has(originOf(exchange.url));
}

const isRedirectTarget = (exchange: Exchange, draft: Draft) => {
  const last = draft.legs.findLast(({ exchange: leg }) => frameOf(leg) === frameOf(exchange))?.exchange;
  return last?.redirect !== undefined && isSameTarget(last.redirect, exchange.url);
};

function isExpectedCallback(exchange: Exchange, draft: Draft): boolean {
  const expected = redirectUriOf(draft);
  return expected !== undefined && isSameTarget(expected, exchange.url);
}

function byState(exchange: Exchange, drafts: readonly Draft[]): Draft | undefined {
  return drafts.findLast(
    (draft) =>
      draft.request !== undefined && stateEquals(exchange, draft) && exchange.startedAt >= draft.request.startedAt,
  );
}

function stateEquals(exchange: Exchange, draft: Draft): boolean {
  const received = parameterOf(exchange, "state");
  const sent = draft.request && parameterOf(draft.request, "state");
  return received !== undefined && sent !== undefined && compareValues(sent.value, received.value).verdict === "equal";
}

function byRedirectUri(exchange: Exchange, candidates: readonly Draft[]): Draft | undefined {
  const matching = candidates.filter(
    (draft) => isExpectedCallback(exchange, draft) && exchange.startedAt - draft.lastAt <= openFor,
  );
  return (
    matching.find((draft) => !draft.isAnswered) ?? matching.find((draft) => draft.chains.has(exchange.requestId ?? ""))
  );
}

const redirectUriOf = (draft: Draft) => {
  const value = draft.request && parameterOf(draft.request, "redirect_uri")?.value;
  return value?.kind === "url" ? value.url : undefined;
};

const isOpen = (draft: Draft, exchange: Exchange) => !draft.isLeft && exchange.startedAt - draft.lastAt <= openFor;
const isPrivateUseScheme = (exchange: Exchange) =>
  !["http", "https", "about", "blob", "data"].includes(exchange.url.scheme);
const frameOf = (exchange: Exchange) => `${exchange.tabId}|${exchange.frameId ?? 0}`;
const parameterOf = (exchange: Exchange, name: string): Parameter | undefined =>
  findParameter(exchange.url, name) ?? exchange.requestFields.find((field) => field.name === name);

function addLeg(draft: Draft, exchange: Exchange, role: LegRole) {
  draft.legs.push({ role, exchange });
  draft.lastAt = Math.max(draft.lastAt, exchange.endedAt);
  if (exchange.type === "fetch") return;
  draft.frames.add(frameOf(exchange));
  if (exchange.requestId !== undefined) draft.chains.add(exchange.requestId);
  if (role === "redirection-endpoint") {
    draft.isAnswered = true;
    return;
  }
  draft.origins.add(originOf(exchange.url));
  const target = exchange.redirect;
  const isHandedBack =
    target !== undefined && (isAuthorizationResponse(target.parameters) || isSameAsRedirectUri(draft, target));
  // Where the server sends the person next is part of the attempt, except back to the client.
  if (target && !isHandedBack) draft.origins.add(originOf(target));
}

const isSameAsRedirectUri = (draft: Draft, target: Exchange["url"]) => {
  const expected = redirectUriOf(draft);
  return expected !== undefined && isSameTarget(expected, target);
};

function addTabEvent(drafts: readonly Draft[], event: ObservationOf<"tab">) {
  const draft = drafts.findLast(
    (candidate) => candidate.session === event.session && candidate.frames.has(`${event.tabId}|${event.frameId ?? 0}`),
  );
  if (!draft || draft.isLeft) return;
  draft.tabEvents.push(event);
  if (event.event !== "opened") draft.isLeft = true;
}

/** Legs that no tab ties to an attempt: requests of pages and our own, joined by what they carry. */
function attach(exchange: Exchange, role: LegRole, drafts: readonly Draft[]) {
  for (const draft of owners(exchange, role, drafts)) {
    draft.legs.push({ role, exchange });
    if (role === "token" || role === "refresh") draft.lastAt = Math.max(draft.lastAt, exchange.endedAt);
  }
}

function owners(exchange: Exchange, role: LegRole, drafts: readonly Draft[]): readonly Draft[] {
  if (exchange.about !== undefined) return drafts.filter((draft) => draft.id === exchange.about);
  const clientId = clearText(parameterOf(exchange, "client_id")) ?? clearText(fieldOf(exchange, "client_id"));
  const ofClient = drafts.filter(
    (draft) =>
      clientId !== undefined && draft.request && clearText(parameterOf(draft.request, "client_id")) === clientId,
  );
  const before = (draft: Draft) => (draft.request ?? draft.legs[0]?.exchange)?.startedAt ?? 0;
  switch (role) {
    case "token":
    case "refresh": {
      const byCode = drafts.find((draft) =>
        draft.legs.some(({ exchange: leg }) =>
          [...leg.url.parameters, ...leg.requestFields, ...(leg.redirect?.parameters ?? [])].some(
            (sent) => sent.name === "code" && isSameCode(sent, exchange),
          ),
        ),
      );
      const earlier = ofClient.findLast((draft) => before(draft) <= exchange.startedAt);
      const sameServer = drafts.findLast(
        (draft) => draft.origins.has(originOf(exchange.url)) && before(draft) <= exchange.startedAt,
      );
      return [byCode ?? earlier ?? (clientId === undefined ? sameServer : undefined)].filter(
        (draft) => draft !== undefined,
      );
    }
    case "registration":
    case "pushed-request": {
      const later = ofClient.filter((draft) => before(draft) >= exchange.startedAt);
      return later.length > 0
        ? later
        : drafts.filter((draft) => clientId === undefined && draft.origins.has(originOf(exchange.url)));
    }
    case "client-metadata":
      return drafts.filter((draft) => draft.request && isSameDocument(draft.request, exchange));
    case "server-metadata":
    case "resource-metadata":
    case "challenge":
      return drafts.filter((draft) => draft.request && isMetadataOf(exchange, draft.request));
    default:
      return [];
  }
}

const fieldOf = (exchange: Exchange, name: string) =>
  exchange.body?.kind === "fields" ? exchange.body.fields.find((field) => field.name === name) : undefined;
const isSameCode = (sent: Parameter, exchange: Exchange) =>
  exchange.requestFields.some(
    (field) => field.name === "code" && compareValues(sent.value, field.value).verdict === "equal",
  );
const isSameDocument = (request: Exchange, document: Exchange) => {
  const clientId = clearText(parameterOf(request, "client_id"));
  return clientId !== undefined && clientId.startsWith(`${originOf(document.url)}${document.url.path}`);
};

function isMetadataOf(exchange: Exchange, request: Exchange): boolean {
  const origin = originOf(exchange.url);
  const resource = parameterOf(request, "resource")?.value;
  if (origin === originOf(request.url)) return true;
  if (resource?.kind === "url" && originOf(resource.url) === origin) return true;
  const endpoint = exchange.body?.kind === "document" ? exchange.body.document["authorization_endpoint"] : undefined;
  return typeof endpoint === "string" && endpoint.startsWith(`${originOf(request.url)}${request.url.path}`);
}

function finish(draft: Draft, gaps: readonly ObservationOf<"gap">[]): Flow {
  const legs = [...draft.legs].sort((left, right) => left.exchange.startedAt - right.exchange.startedAt);
  const tabIds = [...new Set(legs.flatMap(({ exchange }) => exchange.tabId ?? []))];
  const navigations = legs.filter(({ exchange }) => exchange.type !== "fetch");
  const startedAt = Math.min(...navigations.map(({ exchange }) => exchange.startedAt));
  return {
    id: draft.id,
    session: draft.session,
    tabIds,
    legs,
    tabEvents: draft.tabEvents,
    gaps: gaps.filter(
      (gap) =>
        gap.session === draft.session &&
        (gap.tabId === undefined || tabIds.includes(gap.tabId)) &&
        gap.at >= startedAt &&
        gap.at <= draft.lastAt + openFor,
    ),
    startedAt,
    lastAt: Math.max(draft.lastAt, ...draft.tabEvents.map((event) => event.at)),
  };
}
