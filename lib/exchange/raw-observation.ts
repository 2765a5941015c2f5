/**
 * What an adapter saw, secrets inside. A RawObservation exists only between the adapter that made it and
 * `lib/redaction`: it is never stored, sent in a message, logged or exported.
 */
export type RawObservation = RawRequest | RawResponse | RawFailure | RawNavigation | RawPage | RawTabEvent | RawGap;

/** `browser` is live capture; `discovery` and `probe` are our own requests; `paste` is text the user gave us. */
export type Source = "browser" | "devtools" | "import" | "discovery" | "probe" | "paste";

export interface RawBase {
  readonly source: Source;
  /** Milliseconds since the epoch, taken from the event, never from the handler. */
  readonly at: number;
  /**
   * Scope in which request ids and tab ids are unique: one browser session, one imported file, one run of a check.
   * Chromium counts both from the start again after a restart.
   */
  readonly session: string;
  readonly tabId?: number;
  /** 0 is the main frame. */
  readonly frameId?: number;
}

export interface RawRequest extends RawBase {
  readonly kind: "request";
  /** One id for a whole chain of server redirects (Chromium); the hop is derived in `lib/trace/fold`. */
  readonly requestId: string;
  readonly method: string;
  readonly url: string;
  readonly type: RequestType;
  /** Origin that started the chain; Chromium keeps the original one along redirects. */
  readonly initiator?: string;
  readonly headers?: readonly RawHeader[];
  readonly body?: RawBody;
  /** For our own requests: the name of the rung or probe that sent it, e.g. `known-client/control`. */
  readonly purpose?: string;
  /** For our own requests: id of the flow they were made for. */
  readonly about?: string;
}

export type RequestType = "main_frame" | "sub_frame" | "fetch";

export interface RawHeader {
  readonly name: string;
  readonly value: string;
}

export type RawBody =
  | { readonly kind: "form"; readonly fields: readonly RawHeader[] }
  | { readonly kind: "text"; readonly mimeType: string; readonly text: string }
  | { readonly kind: "unreadable"; readonly mimeType?: string };

export interface RawResponse extends RawBase {
  readonly kind: "response";
  readonly requestId: string;
  readonly url: string;
  readonly status: number;
  readonly headers: readonly RawHeader[];
  /** Absolute target when the browser resolved one (`onBeforeRedirect.redirectUrl`, HAR `redirectURL`). */
  readonly redirectUrl?: string;
  readonly body?: { readonly mimeType: string; readonly text: string };
  /** Set when reading was cut short: `too-large`, `timeout`, … */
  readonly problem?: string;
}

export interface RawFailure extends RawBase {
  readonly kind: "failure";
  readonly requestId: string;
  readonly url: string;
  /** The browser's own code, e.g. `net::ERR_CONNECTION_REFUSED`. */
  readonly error: string;
}

/** webNavigation: what the tab showed, or failed to show. Custom schemes appear only here or in a redirect target. */
export interface RawNavigation extends RawBase {
  readonly kind: "navigation";
  readonly how: "committed" | "failed" | "same-document";
  readonly url: string;
  readonly documentId?: string;
  readonly transition?: string;
  readonly qualifiers?: readonly string[];
  readonly error?: string;
}

/** The document a person saw: either `html` as received, or `text`, `title` and `structure` as rendered. */
export interface RawPage extends RawBase {
  readonly kind: "page";
  readonly url: string;
  readonly documentId?: string;
  /** Ties the page to an exchange when the adapter knows it (HAR entry, our own request). */
  readonly requestId?: string;
  readonly status?: number;
  readonly contentType?: string;
  readonly title?: string;
  readonly text?: string;
  readonly html?: string;
  readonly structure?: PageStructure;
  /** True when the text was cut at the capture limit. */
  readonly isTruncated?: boolean;
}

/** What tells an error page from a login or consent page that merely mentions an error. Counts only, no values. */
export interface PageStructure {
  readonly passwordFields: number;
  /** Inputs that a person fills in (not hidden, not submit). */
  readonly textFields: number;
  readonly hiddenFields: number;
  readonly buttons: number;
  readonly links: number;
  /** Form methods and actions in order of appearance; the action is a raw URL until redaction. */
  readonly forms: readonly { readonly method: string; readonly action: string }[];
}

export interface RawTabEvent extends RawBase {
  readonly kind: "tab";
  readonly event: "closed" | "left" | "opened";
  /** For `opened`: the tab whose page opened this one. */
  readonly openerTabId?: number;
}

/** Something we know we did not see. Rules treat it as missing evidence. */
export interface RawGap extends RawBase {
  readonly kind: "gap";
  readonly reason: GapReason;
}

export const gapReasons = [
  "worker-started-late",
  "access-withheld",
  "quota",
  "truncated",
  "page-text-unreadable",
  "request-unreadable",
  "browser-restarted",
  "paused",
] as const;
export type GapReason = (typeof gapReasons)[number];
