import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Observation, ObservationOf, Parameter, RedactedUrl } from "@/lib/exchange/observation.ts";
import { originOf, printLocation } from "@/lib/exchange/print.ts";
import { isAuthorizationResponse, isTellingAlone } from "./classify.ts";
import type { Range } from "./units.ts";

/** An attempt as the tracker knows it. */
export interface Track {
  readonly chains: Set<string>;
  readonly origins: Set<string>;
  /** Where its requests went and documents it showed: what may still be kept once the response is delivered. */
  readonly places: Set<string>;
  readonly documents: Set<string>;
  /** Where its requests asked for the response. */
  readonly callbacks: Set<string>;
  readonly startedAt: number;
  lastAt: number;
  /** The last one that was longer than attempts stay open. */
  pause?: Range;
  isAnswered: boolean;
  /** What its frame was last sent to is not there yet. */
  isLoading: boolean;
  /** Observations that were kept of it. */
  kept: number;
}

export const newTrack = (at: number): Track => ({
  chains: new Set(),
  origins: new Set(),
  places: new Set(),
  documents: new Set(),
  callbacks: new Set(),
  startedAt: at,
  lastAt: at,
  isAnswered: false,
  isLoading: false,
  kept: 0,
});

export const frameKey = (at: Pick<Observation, "session" | "tabId" | "frameId">): string =>
  `${at.session}|${at.tabId}|${at.frameId ?? 0}`;

export const chainKey = (at: { readonly session: string; readonly requestId: string }): string =>
  `${at.session}|${at.requestId}`;

/** What is known under the request of this. */
export const ofRequest = <Known>(known: ReadonlyMap<string, Known>, { session, ...seen }: Observation) =>
  "requestId" in seen && seen.requestId !== undefined
    ? known.get(chainKey({ session, requestId: seen.requestId }))
    : undefined;

export const sentIn = ({ url, body }: ObservationOf<"request">, parameter: string): Parameter | undefined =>
  [...url.parameters, ...(body?.fields ?? [])].find(({ name }) => name === parameter);

/** Whether this is made by a page of an attempt that was not answered. */
export const goesOn = (track: Track, url: RedactedUrl, initiator: string | undefined): boolean =>
  !track.isAnswered && track.origins.has(initiator ?? originOf(url));

/** Whether what a frame shows, or an answer of which the request was not seen, is its attempt's. */
export const isOf = (
  track: Track,
  { url, documentId }: { readonly url: RedactedUrl; readonly documentId?: string | undefined },
): boolean =>
  track.places.has(printLocation(url)) ||
  (!track.isAnswered && track.origins.has(originOf(url))) ||
  isAuthorizationResponse(url.parameters) ||
  (documentId !== undefined && track.documents.has(documentId));

/** A response whose request was not seen. */
export const isStart = (parameters: readonly Parameter[]): boolean =>
  parameters.some(({ name }) => name === "state") && isTellingAlone(parameters);

export type Seen = Pick<Exchange, "url" | "method" | "type" | "requestFields">;

export const asExchange = (observation: ObservationOf<"request">): Seen => ({
  url: observation.url,
  method: observation.method,
  type: observation.type,
  requestFields: observation.body?.fields ?? [],
});
