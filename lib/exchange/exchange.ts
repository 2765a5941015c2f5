import type { ObservationOf, Parameter, RedactedBody, RedactedUrl } from "./observation.ts";
import type { RequestType, Source } from "./raw-observation.ts";

/** One request and what came back: one hop of a redirect chain, one navigation, one fetch. Built by `lib/trace/fold`. */
export interface Exchange {
  /** Id of the first observation it was built from; evidence and deep links name it. */
  readonly id: string;
  readonly source: Source;
  readonly session: string;
  readonly tabId?: number;
  readonly frameId?: number;
  /** All hops of one server-redirect chain share it. */
  readonly requestId?: string;
  /** 0 for the first hop of its chain. */
  readonly hop: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Of its first observation: milliseconds for which the attempt that it goes on with had been quiet. */
  readonly quietFor?: number;
  readonly method: string;
  readonly type: RequestType;
  readonly url: RedactedUrl;
  readonly initiator?: string;
  readonly purpose?: string;
  /** Id of the flow that one of our own requests was made for. */
  readonly about?: string;
  readonly requestHeaders: readonly Parameter[];
  readonly requestFields: readonly Parameter[];
  readonly status?: number;
  readonly headers: readonly Parameter[];
  readonly cookies: readonly { readonly name: string; readonly attributes: readonly string[] }[];
  readonly body?: RedactedBody;
  readonly redirect?: RedactedUrl;
  /** Set when only its answer, or the document it led to, was seen: what it carried in its body is unknown. */
  readonly isRequestUnseen?: true;
  /** Network error code, e.g. `net::ERR_CONNECTION_REFUSED`. */
  readonly error?: string;
  /** Why reading the answer stopped: `too-large`, `timeout`, … */
  readonly problem?: string;
  readonly page?: ObservationOf<"page">;
  readonly navigation?: ObservationOf<"navigation">;
  /** How many times the browser repeated it by itself (Chromium retries an unreachable loopback page). */
  readonly repeats: number;
  /** When the browser showed its document again without asking for it (back/forward cache), in milliseconds since the epoch. */
  readonly shownAgain?: readonly number[];
}
