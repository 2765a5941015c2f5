import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Observation, ObservationOf, RedactedUrl } from "@/lib/exchange/observation.ts";
import { isAborted, originOf } from "@/lib/exchange/print.ts";
import { openFor, resumedAt } from "./attempt.ts";
import { chainKey, frameKey } from "./tracked.ts";

type Draft = { -readonly [Key in keyof Exchange]: Exchange[Key] } & { urlKey: string };

/** Chromium repeats an unreachable page by itself, first after about 1 s, then with growing pauses. */
const retryWindow = 60_000;
const kindOrder = ["request", "response", "failure", "navigation", "page", "tab", "gap"] as const;

/**
 * Folds observations, in any order and with duplicates, into exchanges in order of time. Request and response phases
 * pair by request id and URL; navigations and pages by tab, frame and document. Nothing joins what was quiet for longer than
 * `openFor`, pauses of attempts left out.
 */
export function foldExchanges(observations: readonly Observation[]): Exchange[] {
  const drafts: Draft[] = [];
  const chains = new Map<string, Draft[]>();
  const frames = new Map<string, Draft[]>();
  const withoutTab: Draft[] = [];

  const open = (draft: Draft) => {
    drafts.push(draft);
    if (draft.type !== "fetch" && draft.source === "browser" && draft.tabId === undefined) withoutTab.push(draft);
    if (draft.tabId !== undefined && draft.type !== "fetch") push(frames, frameKey(draft), draft);
    if (draft.requestId !== undefined)
      push(chains, chainKey({ session: draft.session, requestId: draft.requestId }), draft);
  };

  const chainOf = (seen: Observation, requestId: string): readonly Draft[] => {
    const key = chainKey({ session: seen.session, requestId });
    const chain = chains.get(key) ?? [];
    if (chain.length === 0 || chain.some((draft) => isOpen(draft, seen))) return chain;
    chains.delete(key);
    return [];
  };

  for (const observation of inOrder(observations)) {
    switch (observation.kind) {
      case "request": {
        const hop = chainOf(observation, observation.requestId).length;
        open(fromRequest(observation, hop));
        break;
      }
      case "response":
      case "failure": {
        const chain = chainOf(observation, observation.requestId);
        let draft = findInChain(chain, observation);
        if (!draft) {
          // The request phase was lost (the worker started late): what is known of it is its URL.
          draft = empty(observation, observation.url, chain.length);
          draft.requestId = observation.requestId;
          open(draft);
        }
        if (observation.kind === "response") addResponse(draft, observation);
        else draft.error = moreTelling(observation.error, draft.error);
        draft.endedAt = Math.max(draft.endedAt, observation.at);
        break;
      }
      case "navigation": {
        const frame = frames.get(frameKey(observation)) ?? [];
        const key = urlKeyOf(observation.url);
        // A page that rewrites its own URL shows no new document.
        const last = frame.at(-1);
        if (observation.how === "same-document" && last?.navigation && isOpen(last, observation)) break;
        const { documentId } = observation;
        const kept =
          isReturn(observation) && documentId !== undefined
            ? frame.findLast(({ navigation }) => navigation?.documentId === documentId)
            : undefined;
        if (kept) {
          kept.shownAgain = [...(kept.shownAgain ?? []), observation.at];
          break;
        }
        // A document that is there was reached, whatever stopped the rest of it. Only an answer tells that it is: what a starting
        // worker found in the tab may be the browser's own page about this very failure.
        const there = frame.findLast((candidate) => candidate.urlKey === key);
        const isThere =
          there?.navigation?.how === "committed" && there.status !== undefined && isOpen(there, observation);
        if (observation.how === "failed" && isThere) break;
        let draft = frame.findLast(
          (candidate) => candidate.urlKey === key && !candidate.navigation && isOpen(candidate, observation),
        );
        // The first load of launchWebAuthFlow is asked for before its tab exists.
        const early = draft ? -1 : withoutTab.findLastIndex((candidate) => isEarlier(candidate, observation, key));
        const [found] = early < 0 ? [] : withoutTab.splice(early, 1);
        if (found && observation.tabId !== undefined) {
          found.tabId = observation.tabId;
          push(frames, frameKey(found), found);
          draft = found;
        }
        if (!draft) {
          draft = empty(observation, observation.url, 0);
          open(draft);
        }
        draft.navigation = observation;
        if (observation.error !== undefined)
          draft.error = moreTelling(draft.error ?? observation.error, observation.error);
        draft.endedAt = Math.max(draft.endedAt, observation.at);
        break;
      }
      case "page": {
        const { requestId } = observation;
        const chain = requestId === undefined ? undefined : chainOf(observation, requestId);
        const draft = chain ? chain.at(-1) : findForPage(observation, frames.get(frameKey(observation)) ?? []);
        if (draft) addPage(draft, observation);
        else {
          const alone = empty(observation, observation.url, 0);
          addPage(alone, observation);
          open(alone);
        }
        break;
      }
      case "tab":
      case "gap":
        break;
    }
  }
  return withoutRetries(drafts.map(({ urlKey: _, ...exchange }) => exchange));
}

/** Order of time; at equal times the order in which phases of one request happen, then the id: always the same. */
export function inOrder(observations: readonly Observation[]): Observation[] {
  const unique = new Map(observations.map((observation) => [observation.id, observation]));
  return [...unique.values()].sort(
    (left, right) =>
      left.at - right.at ||
      kindOrder.indexOf(left.kind) - kindOrder.indexOf(right.kind) ||
      (left.id < right.id ? -1 : 1),
  );
}

/** Back, or forward again: to a document that the browser kept (back/forward cache), nothing is asked for. */
export const isReturn = (observation: Observation): observation is ObservationOf<"navigation"> =>
  observation.kind === "navigation" &&
  observation.how === "committed" &&
  observation.qualifiers?.includes("forward_back") === true;

const isOpen = (draft: Draft, seen: Observation) => resumedAt(seen) - draft.endedAt <= openFor;

const isEarlier = (draft: Draft, navigation: ObservationOf<"navigation">, key: string) =>
  isOpen(draft, navigation) &&
  draft.session === navigation.session &&
  draft.urlKey === key &&
  draft.navigation === undefined &&
  draft.frameId === navigation.frameId;

/** Fingerprints included: two URLs that differ only in a secret are two URLs. */
const urlKeyOf = (url: RedactedUrl) => JSON.stringify(url);

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function empty(observation: Observation, url: RedactedUrl, hop: number): Draft {
  return {
    id: observation.id,
    source: observation.source,
    session: observation.session,
    ...(observation.tabId !== undefined && { tabId: observation.tabId }),
    ...(observation.frameId !== undefined && { frameId: observation.frameId }),
    hop,
    startedAt: observation.at,
    endedAt: observation.at,
    ...(observation.quietFor !== undefined && { quietFor: observation.quietFor }),
    method: "GET",
    type: (observation.frameId ?? 0) === 0 ? "main_frame" : "sub_frame",
    url,
    urlKey: urlKeyOf(url),
    requestHeaders: [],
    requestFields: [],
    headers: [],
    cookies: [],
    repeats: 0,
    isRequestUnseen: true,
  };
}

function fromRequest(observation: ObservationOf<"request">, hop: number): Draft {
  const { isRequestUnseen: _, ...exchange } = empty(observation, observation.url, hop);
  return {
    ...exchange,
    requestId: observation.requestId,
    method: observation.method,
    type: observation.type,
    ...(observation.initiator !== undefined && { initiator: observation.initiator }),
    ...(observation.purpose !== undefined && { purpose: observation.purpose }),
    ...(observation.about !== undefined && { about: observation.about }),
    requestHeaders: observation.headers ?? [],
    requestFields: observation.body?.fields ?? [],
  };
}

/** Of the two who tell of a failure, one may know why. */
const moreTelling = (one: string, other: string | undefined): string =>
  other !== undefined && isAborted(one) ? other : one;

/** The hop of the chain that this answer belongs to: the first with this URL still unanswered, else the last with it. */
function findInChain(chain: readonly Draft[], observation: ObservationOf<"response"> | ObservationOf<"failure">) {
  const key = urlKeyOf(observation.url);
  const candidates = chain.filter((draft) => draft.urlKey === key);
  return candidates.find((draft) => draft.status === undefined && draft.error === undefined) ?? candidates.at(-1);
}

function addResponse(draft: Draft, response: ObservationOf<"response">) {
  draft.status = response.status;
  // Headers and the redirect that the browser resolved from them arrive as two events.
  if (response.headers.length > 0) draft.headers = response.headers;
  if (response.cookies) draft.cookies = response.cookies;
  if (response.body) draft.body = response.body;
  if (response.redirect) draft.redirect = response.redirect;
  if (response.problem !== undefined) draft.problem = response.problem;
}

function addPage(draft: Draft, page: ObservationOf<"page">) {
  // The last reading wins: a page drawn by script has no text at first.
  draft.page = page;
  if (page.status !== undefined) draft.status ??= page.status;
  draft.endedAt = Math.max(draft.endedAt, page.at);
}

function findForPage(page: ObservationOf<"page">, frame: readonly Draft[]) {
  const key = urlKeyOf(page.url);
  const find = (isIts: (draft: Draft) => boolean) => frame.findLast((draft) => isIts(draft) && isOpen(draft, page));
  return (
    find((draft) => page.documentId !== undefined && draft.navigation?.documentId === page.documentId) ??
    find((draft) => draft.urlKey === key && draft.redirect === undefined) ??
    // A page may rewrite its URL before its text is read; it is still the last document of this frame and origin.
    find((draft) => draft.redirect === undefined && originOf(draft.url) === originOf(page.url))
  );
}

/** Collapses the browser's own retries of an unreachable page into the first attempt. */
function withoutRetries(exchanges: readonly Exchange[]): Exchange[] {
  const kept: Exchange[] = [];
  const lastOfFrame = new Map<string, number>();
  for (const exchange of exchanges) {
    const frame = exchange.type === "fetch" || exchange.tabId === undefined ? undefined : frameKey(exchange);
    const index = frame === undefined ? undefined : lastOfFrame.get(frame);
    const previous = index === undefined ? undefined : kept[index];
    if (
      index !== undefined &&
      previous?.error !== undefined &&
      exchange.initiator === previous.initiator &&
      urlKeyOf(previous.url) === urlKeyOf(exchange.url) &&
      exchange.startedAt - previous.endedAt <= retryWindow
    ) {
      // If a retry got through, its answer is what the person saw.
      kept[index] =
        exchange.error === undefined && exchange.status !== undefined
          ? {
              ...exchange,
              id: previous.id,
              startedAt: previous.startedAt,
              hop: previous.hop,
              repeats: previous.repeats + 1,
            }
          : { ...previous, endedAt: exchange.endedAt, repeats: previous.repeats + 1 };
      continue;
    }
    if (frame !== undefined) lastOfFrame.set(frame, kept.length);
    kept.push(exchange);
  }
  return kept;
}
