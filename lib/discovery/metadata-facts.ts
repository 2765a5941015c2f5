import type { RedactedUrl } from "@/lib/exchange/observation.ts";
import type { MetadataProblem } from "@/lib/oauth/metadata-document.ts";
import type { Challenge } from "@/lib/oauth/www-authenticate.ts";
import type { RungName, RungRole } from "./plan.ts";

/** What became of one rung. */
export type RungOutcome =
  /** A document that can be used, problems or not. */
  | "accepted"
  /** A 401 with a challenge, or (`notChallenged`) anything else, where the MCP server was asked without a token. */
  | "challenged"
  | "notChallenged"
  /** 404, 405 or 410: nothing is published there. */
  | "absent"
  /** 401, 403 or 407: metadata behind a login. */
  | "denied"
  | "redirected"
  | "serverError"
  /** A success whose body is not JSON: a page, an application's fallback, a login wall. */
  | "notJson"
  /** JSON without any member that this document is for. */
  | "unusable"
  | "tooLarge"
  | "timedOut"
  | "unreachable"
  /** We would not ask: a private address, plain http, a host without permission. */
  | "notAsked"
  /** The client asked, and the browser shows us its status but not its body. */
  | "unread"
  | "otherStatus";

/** An issuer that a document is to be compared with, and how exactly it is known. */
export interface ExpectedIssuer {
  readonly issuer: string;
  /** Exchange that shows it: resource metadata, or the request itself. */
  readonly exchangeId: string;
  /** `url`: derived from the URL that was asked, which does not show a trailing slash (RFC 8414 §3.1). */
  readonly from: "resource-metadata" | "url";
}

/** One metadata request and why its answer was taken or left. */
export interface RungFacts {
  readonly exchangeId: string;
  readonly role: RungRole;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Name of the rung, with `/redirected` or `/again` behind it. */
  readonly rung: `${RungName}${"" | "/redirected" | "/again"}`;
  readonly url: RedactedUrl;
  /** As it was asked. */
  readonly urlText: string;
  readonly status?: number;
  readonly networkError?: string;
  readonly outcome: RungOutcome;
  /** The outcome as a sentence for the ladder. */
  readonly verdict: string;
  /** Why this place was asked. */
  readonly why: string;
  /** Whether a specification puts the document there. */
  readonly isStandard: boolean;
  /**
   * Whether a document must be here for this attempt: the client asked for it, the MCP server's challenge or resource
   * metadata leads here. A place that was only guessed from an endpoint's path proves nothing by being empty.
   */
  readonly isDemanded: boolean;
  /** For server metadata: the issuer that belongs to this place, as exactly as it is known. */
  readonly expectedIssuer?: ExpectedIssuer;
  /** `client` when the attempt itself asked, seen in the browser or an import; `hopscope` for our own requests. */
  readonly askedBy: "client" | "hopscope";
  /** Members in clear, when the answer was accepted. */
  readonly document?: Readonly<Record<string, unknown>>;
  readonly problems: readonly MetadataProblem[];
  /** Fingerprint of the bytes of the answer; equal bytes, equal fingerprints. */
  readonly bytes?: string;
  readonly contentType?: string;
  readonly redirect?: string;
  /** `Age` of the answer and `max-age` of its Cache-Control, in seconds. */
  readonly age?: number;
  readonly maxAge?: number;
}

/** The answer of the MCP server to a request without a token. */
export interface ChallengeFacts {
  readonly exchangeId: string;
  readonly status: number;
  readonly urlText: string;
  /** The value of WWW-Authenticate; absent when there was no such header. */
  readonly field?: string;
  readonly challenges: readonly Challenge[];
  readonly problems: readonly string[];
  /** `resource_metadata` (RFC 9728 §5.1) and `scope` (RFC 6750 §3) of the Bearer challenge. */
  readonly resourceMetadata?: string;
  readonly scope?: string;
  /** What a refusal other than 401 said that speaks of the `Origin` header. */
  readonly refusedOrigin?: string;
  /** `Origin` that the request carried. */
  readonly sentOrigin?: string;
}

/** An issuer that protected resource metadata names: what strict clients compare the server's own `issuer` with. */
export interface NamedIssuer {
  readonly issuer: string;
  readonly exchangeId: string;
}

export interface MetadataFacts {
  /** In the order asked. */
  readonly rungs: readonly RungFacts[];
  readonly challenge?: ChallengeFacts;
  /** The document each kind came from, once accepted. */
  readonly resource?: RungFacts;
  readonly server?: RungFacts;
  readonly client?: RungFacts;
  /** Every accepted server document, the one in `server` first. */
  readonly servers: readonly RungFacts[];
  readonly namedIssuers: readonly NamedIssuer[];
}
