import type { Observation, ObservationOf } from "@/lib/exchange/observation.ts";
import { printLocation } from "@/lib/exchange/print.ts";
import { openFor, resumableFor } from "./attempt.ts";
import { classify, isAuthorizationResponse, type Shape } from "./classify.ts";
import { asExchange, frameKey, goesOn, ofRequest, sentIn, type Track } from "./tracked.ts";

/** What the tracker knows, each with the time at which it was last heard of. */
interface Known {
  readonly tracks: ReadonlyMap<string, Track>;
  readonly chains: ReadonlyMap<string, Track>;
  readonly fetches: ReadonlyMap<string, Pick<Track, "lastAt" | "pause">>;
}

/**
 * Tells what goes on with an attempt that has been quiet for longer than attempts stay open: the person closed the lid on its
 * login page, or the computer's clock was set forward.
 */
export interface Pauses {
  /** Takes note of what this request of an attempt will be answered with. */
  note(observation: ObservationOf<"request">, shape: Shape, track: Track): void;
  /**
   * Ends the pause of the attempt that this goes on with, which is under way again, and says how long it was. An orphan is an answer whose request nobody
   * saw.
   */
  end(observation: Observation, isOrphan?: boolean): Observation;
}

export function createPauses({ tracks, chains, fetches }: Known): Pauses {
  /** By the `state` that was sent and not yet brought back, and the `code` that was brought and not yet used. */
  const awaited = new Map<string, Track>();

  /** The attempt that waits for this value, which comes once only. */
  function awaiting(observation: ObservationOf<"request">, name: "code" | "state"): Track | undefined {
    const key = keyOf(observation, name) ?? "";
    const track = awaited.get(key);
    awaited.delete(key);
    return track;
  }

  /**
   * The attempt that waits for this, however long: it brings its `state` or `code`, or in its frame it can be meant for nothing
   * else. What follows from a page as any link does is not enough: it may be the person's browsing.
   */
  function waitingFor(observation: Observation, isOrphan: boolean): Track | undefined {
    const track = tracks.get(frameKey(observation));
    const here = track?.isAnswered && !track.isLoading ? undefined : track;
    switch (observation.kind) {
      case "request": {
        const { url, initiator, method, type } = observation;
        const shape = classify(asExchange(observation));
        if (type === "fetch") return shape === "token" ? awaiting(observation, "code") : undefined;
        if (shape === "authorization-response") {
          const asked = awaiting(observation, "state");
          return asked && !asked.isAnswered ? asked : here;
        }
        const isIts = here && goesOn(here, url, initiator) && (method !== "GET" || here.places.has(printLocation(url)));
        return isIts ? here : undefined;
      }
      case "response":
      case "failure":
        return isOrphan && here?.places.has(printLocation(observation.url)) ? here : undefined;
      case "navigation":
      case "page": {
        const { url, documentId } = observation;
        const isIts =
          here?.places.has(printLocation(url)) ||
          isAuthorizationResponse(url.parameters) ||
          here?.documents.has(documentId ?? "");
        return isIts ? here : undefined;
      }
      default:
        return undefined;
    }
  }

  return {
    note(observation, shape, track) {
      const key = keyOf(observation, shape === "authorization-response" ? "code" : "state");
      if (key !== undefined) awaited.set(key, track);
    },
    end(observation, isOrphan = false) {
      if (observation.source !== "browser") return observation;
      const { at } = observation;
      const waiting =
        ofRequest(chains, observation) ?? ofRequest(fetches, observation) ?? waitingFor(observation, isOrphan);
      const quietFor = waiting ? at - waiting.lastAt : 0;
      if (waiting && quietFor > openFor && quietFor <= resumableFor) {
        waiting.pause = { from: waiting.lastAt, to: at };
        waiting.lastAt = at;
      }
      // What comes late may have happened before what ended the pause.
      const pause = (waiting ?? tracks.get(frameKey(observation)))?.pause;
      return pause && at <= pause.to && at - pause.from > openFor
        ? { ...observation, quietFor: at - pause.from }
        : observation;
    },
  };
}

function keyOf(observation: ObservationOf<"request">, name: "code" | "state"): string | undefined {
  const value = sentIn(observation, name)?.value;
  // Encoded in another way it is the same value; what is too short to be told from others waits for nobody.
  return value?.kind === "secret" && value.fingerprint !== undefined
    ? JSON.stringify([observation.session, name, value.fingerprint])
    : undefined;
}
