import type { Observation, ObservationOf, RedactedUrl } from "@/lib/exchange/observation.ts";
import { originOf, printLocation } from "@/lib/exchange/print.ts";
import { openFor } from "./attempt.ts";
import { bringsAnswer, classify, isAuthorizationResponse, type Shape } from "./classify.ts";
import { inOrder, isReturn } from "./fold.ts";
import { createPauses } from "./pauses.ts";
import {
  asExchange,
  chainKey,
  frameKey,
  goesOn,
  isOf,
  isStart,
  newTrack,
  ofRequest,
  type Seen,
  sentIn,
  type Track,
} from "./tracked.ts";
import type { Range } from "./units.ts";

/** A page that sends the person around for ever must not fill the store: observations kept of one tab's attempt. */
export const mostOfAttempt = 2_000;

/**
 * Decides, while events arrive, which observations belong to an authorization attempt. Everything else is dropped in
 * memory: a list of all navigations is a browsing history that nobody asked for. Rebuilt from stored observations after a
 * worker restart, so it holds no state of its own that could be lost.
 */
export interface Tracker {
  /**
   * The observation as it is to be stored, with the pause of the attempt that it goes on with, if it is. Call once for each, in
   * order of arrival.
   */
  keep(observation: Observation): Observation | undefined;
  /**
   * True when this request, or a way back through the tab's history, takes the tab away from an attempt in progress. Ask before
   * `keep`, which forgets the tab; the caller then records a tab event `left`, which says that it happened and not where to.
   */
  departs(observation: Observation): boolean;
  /**
   * Takes an answer whose request nobody saw, because the worker was killed between the two, as `keep` does when it belongs to an
   * attempt. The caller then records a gap.
   */
  adopt(observation: Observation): Observation | undefined;
  isTracked(session: string, tabId: number): boolean;
  /** When the attempts that wait for their answer began, and were last heard of. */
  waiting(): readonly Range[];
  /** True for the last observation that is kept of an attempt. Ask after `keep`; the caller then records a gap. */
  isFull(observation: Observation): boolean;
}

export function createTracker(recent: readonly Observation[]): Tracker {
  const tracks = new Map<string, Track>();
  const chains = new Map<string, Track>();
  /** Requests of pages belong to an attempt only by what they carry, so their answers are kept with them. */
  const fetches = new Map<string, Pick<Track, "lastAt" | "pause">>();
  const pauses = createPauses({ tracks, chains, fetches });
  /** Documents with the attempt that showed them, which the browser may show again after the person left. */
  const shown = new Map<string, Track>();

  /** The attempt in this frame, unless it was left alone too long. */
  const current = (observation: Observation) => {
    const track = tracks.get(frameKey(observation));
    return track && observation.at - track.lastAt <= openFor ? track : undefined;
  };

  const join = (track: Track, observation: ObservationOf<"request">, shape: Shape) => {
    track.chains.add(observation.requestId);
    track.places.add(printLocation(observation.url));
    const callback = sentIn(observation, "redirect_uri");
    if (callback?.value.kind === "url") {
      track.places.add(printLocation(callback.value.url));
      track.callbacks.add(printLocation(callback.value.url));
    }
    pauses.note(observation, shape, track);
    chains.set(chainKey(observation), track);
    track.lastAt = Math.max(track.lastAt, observation.at);
    track.isLoading = true;
    if (observation.type !== "fetch") tracks.set(frameKey(observation), track);
  };

  /** An attempt in another tab asked for its response here: a link in an e-mail opens a tab of its own. */
  const isAwaited = ({ session, at, url }: Pick<Observation, "session" | "at"> & { readonly url: RedactedUrl }) =>
    [...tracks].some(
      ([key, track]) =>
        key.startsWith(`${session}|`) &&
        !track.isAnswered &&
        at - track.lastAt <= openFor &&
        track.callbacks.has(printLocation(url)),
    );

  /** Where a response is waited for, less says that this is one. */
  const shapeOf = (seen: Seen, observation: Pick<Observation, "session" | "at">): Shape => {
    const shape = classify(seen);
    const isBare =
      shape === "other" && seen.type !== "fetch" && bringsAnswer([...seen.url.parameters, ...seen.requestFields]);
    return isBare && isAwaited({ ...observation, url: seen.url }) ? "authorization-response" : shape;
  };

  function keepRequest(observation: ObservationOf<"request">): boolean {
    const chained = chains.get(chainKey(observation));
    const shape = shapeOf(asExchange(observation), observation);
    // Where the client asks again at once, another attempt begins in the same chain.
    const chain = chained?.isAnswered && shape === "authorization-request" ? undefined : chained;
    if (chain) {
      join(chain, observation, shape);
      if (shape === "authorization-response") chain.isAnswered = true;
      else if (!chain.isAnswered) chain.origins.add(originOf(observation.url));
      return true;
    }
    const track = current(observation);
    // Requests of pages are kept for what they are, wherever they come from: token, registration, metadata.
    if (observation.type === "fetch") {
      const isKept = shape !== "other" && shape !== "authorization-response" && observation.method !== "OPTIONS";
      if (isKept) fetches.set(chainKey(observation), { lastAt: observation.at });
      return isKept;
    }
    if (shape === "authorization-request") {
      const origin = originOf(observation.url);
      const attempt = track && goesOn(track, observation.url, observation.initiator) ? track : newTrack(observation.at);
      attempt.origins.add(origin);
      join(attempt, observation, shape);
      return true;
    }
    if (
      shape === "authorization-response" &&
      (track || isStart([...observation.url.parameters, ...(observation.body?.fields ?? [])]) || isAwaited(observation))
    ) {
      const attempt = track ?? newTrack(observation.at);
      // A proxy's own callback or the server's own error page is still on the server.
      attempt.isAnswered = !attempt.origins.has(originOf(observation.url));
      join(attempt, observation, shape);
      return true;
    }
    if (track && goesOn(track, observation.url, observation.initiator)) {
      track.origins.add(originOf(observation.url));
      join(track, observation, shape);
      return true;
    }
    if (observation.type === "main_frame") tracks.delete(frameKey(observation));
    return false;
  }

  const note = (track: Track, { documentId }: { readonly documentId?: string | undefined }) => {
    if (documentId === undefined) return;
    track.documents.add(documentId);
    shown.set(documentId, track);
  };

  function keepInFrame(observation: ObservationOf<"navigation"> | ObservationOf<"page">): boolean {
    const back = isReturn(observation) && shown.get(observation.documentId ?? "");
    if (back) tracks.set(frameKey(observation), back);
    const track = current(observation);
    const { url } = observation;
    if (!track) {
      // Without the host granted, webNavigation alone shows the attempt.
      const seen = { url, method: "GET", type: "main_frame", requestFields: [] } as const;
      const shape = observation.kind === "navigation" ? shapeOf(seen, observation) : "other";
      const isResponse = shape === "authorization-response" && (isStart(url.parameters) || isAwaited(observation));
      if (shape !== "authorization-request" && !isResponse) return false;
      const started = newTrack(observation.at);
      started.isAnswered = shape === "authorization-response";
      started.origins.add(originOf(url));
      note(started, observation);
      tracks.set(frameKey(observation), started);
      return true;
    }
    const belongs = isOf(track, observation);
    if (belongs) {
      track.lastAt = Math.max(track.lastAt, observation.at);
      note(track, observation);
      if (observation.kind === "page" || observation.how === "failed") track.isLoading = false;
    } else if (observation.kind === "navigation" && observation.how === "committed" && track.isAnswered) {
      tracks.delete(frameKey(observation));
    }
    return belongs;
  }

  function isPart(observation: Observation): boolean {
    if (observation.source !== "browser") return true;
    switch (observation.kind) {
      case "request":
        return keepRequest(observation);
      case "response": {
        const track = chains.get(chainKey(observation));
        if (!track) return fetches.has(chainKey(observation));
        const target = observation.redirect;
        const isBack =
          target && (isAuthorizationResponse(target.parameters) || track.callbacks.has(printLocation(target)));
        if (target && isBack && !track.origins.has(originOf(target))) track.isAnswered = true;
        else if (target && !track.isAnswered) track.origins.add(originOf(target));
        if (target) track.places.add(printLocation(target));
        return true;
      }
      case "failure":
        return chains.has(chainKey(observation)) || fetches.has(chainKey(observation));
      case "navigation":
      case "page":
        return keepInFrame(observation);
      case "tab": {
        const track = current(observation);
        // A tab may be told of after what it was opened for.
        if (observation.event !== "opened")
          for (const key of tracks.keys())
            if (key.startsWith(`${observation.session}|${observation.tabId}|`)) tracks.delete(key);
        return track !== undefined && !track.isAnswered;
      }
      case "gap":
        return observation.tabId === undefined || current(observation) !== undefined;
    }
  }

  const trackOf = (observation: Observation) => ofRequest(chains, observation) ?? current(observation);

  function isBeyond(observation: Observation): boolean {
    const track = isCounted(observation) ? trackOf(observation) : undefined;
    if (track) track.kept += 1;
    return track !== undefined && track.kept > mostOfAttempt;
  }

  const tracker: Tracker = {
    keep(arrived) {
      const observation = pauses.end(arrived);
      return isPart(observation) && !isBeyond(observation) ? observation : undefined;
    },
    departs(observation) {
      if (isReturn(observation) && (observation.frameId ?? 0) === 0) {
        const track = current(observation);
        return track !== undefined && !track.isAnswered && !isOf(track, observation);
      }
      if (observation.kind !== "request" || observation.type !== "main_frame" || chains.has(chainKey(observation)))
        return false;
      const track = current(observation);
      if (!track || track.isAnswered) return false;
      const shape = shapeOf(asExchange(observation), observation);
      return shape !== "authorization-response" && !goesOn(track, observation.url, observation.initiator);
    },
    adopt(arrived) {
      const observation = pauses.end(arrived, true);
      if (observation.kind !== "response" && observation.kind !== "failure") return undefined;
      if (observation.source !== "browser" || observation.tabId === undefined) return undefined;
      const { url } = observation;
      const shape = shapeOf({ url, method: "GET", type: "main_frame", requestFields: [] }, observation);
      const here = current(observation);
      if (
        !(here && isOf(here, observation)) &&
        shape !== "authorization-request" &&
        !(shape === "authorization-response" && (isStart(url.parameters) || isAwaited(observation)))
      )
        return undefined;
      const track = here ?? newTrack(observation.at);
      if (shape === "authorization-response") track.isAnswered = !track.origins.has(originOf(url));
      else if (!track.isAnswered) track.origins.add(originOf(url));
      track.places.add(printLocation(url));
      track.lastAt = Math.max(track.lastAt, observation.at);
      chains.set(chainKey(observation), track);
      tracks.set(frameKey(observation), track);
      return tracker.keep(observation);
    },
    isTracked(session, tabId) {
      return tracks.has(`${session}|${tabId}|0`);
    },
    waiting: () =>
      [...new Set(tracks.values())].flatMap(({ isAnswered, startedAt, lastAt }) =>
        isAnswered ? [] : { from: startedAt, to: lastAt },
      ),
    isFull: (observation) => isCounted(observation) && trackOf(observation)?.kept === mostOfAttempt,
  };
  for (const observation of inOrder(recent)) if (!tracker.keep(observation)) tracker.adopt(observation);
  return tracker;
}

const isCounted = ({ kind, source }: Observation) => source === "browser" && kind !== "tab" && kind !== "gap";
