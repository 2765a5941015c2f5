import type { MetadataFacts } from "@/lib/discovery/metadata-facts.ts";
import type { MessageMatch, OAuthError, Parameter, RedactedUrl } from "@/lib/exchange/observation.ts";
import type { PageStructure } from "@/lib/exchange/raw-observation.ts";
import type { ProbeReadings } from "@/lib/probes/read.ts";
import type { Cause } from "@/lib/servers/server.ts";
import type { LegRole } from "@/lib/trace/flow.ts";
import type { Fact } from "./fact.ts";

export type { MetadataFacts, RungFacts } from "@/lib/discovery/metadata-facts.ts";

/** A parameter with the words a report prints for it: the value, or `state 1 (43 characters, base64url)`. */
export interface FactParameter extends Parameter {
  readonly text: string;
}

/** Where something was seen; evidence is built from it. */
export interface SeenIn {
  readonly exchangeId: string;
  readonly role: LegRole;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What `judgeAnswer` of `lib/servers` makes of an answer, given the request that it answers. */
export interface Judgement {
  /** Most likely first; empty when nothing failed. */
  readonly causes: readonly Cause[];
  readonly certainty: "likely" | "possible";
  /** What the judgement rests on, in words: the OAuth error code, a message template, the lexicon, the status. */
  readonly basis: readonly string[];
}

/** The authorization request (RFC 6749 §4.1.1), front channel; with `request_uri` or `request` most of it is hidden. */
export interface AuthorizationRequestFacts extends SeenIn {
  readonly method: string;
  readonly url: RedactedUrl;
  /** All parameters in order, duplicates kept. */
  readonly parameters: readonly FactParameter[];
  /** Names sent more than once (RFC 6749 §3.1 forbids that). */
  readonly duplicates: readonly string[];
  /** `request` (RFC 9101) or `request_uri` (RFC 9126) stands for parameters that cannot be seen here. */
  readonly hiddenBy?: "request" | "request_uri";
  readonly clientId?: string;
  readonly redirectUri?: { readonly url: RedactedUrl; readonly text: string };
}

/** A page or answer of the authorization server that did not lead back to the client. */
export interface AnswerFacts extends SeenIn {
  readonly url: RedactedUrl;
  readonly status?: number;
  readonly contentType?: string;
  /** The browser's network error code when there was no answer at all. */
  readonly networkError?: string;
  /** The browser gave up following its redirects; the code with which it did. */
  readonly endless?: string;
  readonly title?: string;
  readonly excerpt?: string;
  readonly oauthError?: OAuthError;
  readonly matches: readonly MessageMatch[];
  readonly structure?: Omit<PageStructure, "forms">;
  /** True when it asks something of a person: a login or consent page rather than the end of the attempt. */
  readonly isInteraction: boolean;
  readonly judgement: Judgement;
  /** `Location` that the browser did not follow (a 400 with Location). */
  readonly unfollowedRedirect?: RedactedUrl;
}

/** The authorization response (RFC 6749 §4.1.2) as it left the authorization server. */
export interface AuthorizationResponseFacts extends SeenIn {
  readonly url: RedactedUrl;
  readonly mode: "query" | "fragment" | "form_post" | "jarm";
  readonly parameters: readonly FactParameter[];
  readonly duplicates: readonly string[];
  readonly hasCode: boolean;
  readonly error?: OAuthError;
  /** A JWT that only the client can read carries it: whether it is a code or an error cannot be seen. */
  readonly isSealed?: true;
  readonly judgement: Judgement;
  /** Comparison of `state` by fingerprints; `cannotTell` across fingerprint keys. */
  readonly state: StateComparison;
}

export type StateComparison =
  | { readonly verdict: "equal" | "bothAbsent" }
  | { readonly verdict: "absentInResponse" | "absentInRequest"; readonly sent?: string; readonly received?: string }
  | { readonly verdict: "different"; readonly sent: string; readonly received: string; readonly explainedBy?: string }
  | { readonly verdict: "cannotTell"; readonly why: string };

/** What became of the response at the redirection endpoint. */
export interface DeliveryFacts extends SeenIn {
  readonly url: RedactedUrl;
  readonly outcome:
    | { readonly kind: "answered"; readonly status: number /** As `AnswerFacts.endless`. */; readonly endless?: string }
    | { readonly kind: "unreachable"; readonly error: string }
    | { readonly kind: "privateUseScheme"; readonly scheme: string }
    /** The navigation committed, but its status is hidden: the host is not granted. Or the browser stopped it, with this code. */
    | { readonly kind: "statusHidden"; readonly stopped?: string };
  readonly page?: Pick<AnswerFacts, "title" | "excerpt" | "oauthError" | "matches" | "judgement">;
  /** What the client said had failed, in the address of its own to which it sent the browser on. */
  readonly passedOn?: OAuthError;
}

/** Recorded ends of an attempt that nothing else ended. Elapsed time alone is never one. */
export interface TimelineFacts {
  readonly startedAt: number;
  readonly lastAt: number;
  readonly ended?: { readonly how: "tab-closed" | "left"; readonly at: number };
  readonly gaps: readonly { readonly reason: string; readonly at: number }[];
}

/** Token or refresh request made where it can be seen (a page, an imported trace, our own check). */
export interface TokenFacts extends SeenIn {
  readonly grantType?: string;
  readonly status?: number;
  readonly parameters: readonly FactParameter[];
  readonly authMethod?: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | "none";
  readonly hasAccessToken?: boolean;
  readonly error?: OAuthError;
  readonly networkError?: string;
  readonly matches: readonly MessageMatch[];
  readonly judgement: Judgement;
  readonly contentType?: string;
  /** Where it was sent. */
  readonly url?: RedactedUrl;
  /** Members of the answer. */
  readonly response?: readonly FactParameter[];
  /** Why the answer could not be read as a JSON object: `html`, `not-json`, `empty`, … */
  readonly problem?: string;
}

export interface RegistrationFacts extends SeenIn {
  readonly status?: number;
  readonly request: readonly FactParameter[];
  readonly response: readonly FactParameter[];
  readonly error?: OAuthError;
  readonly matches: readonly MessageMatch[];
  readonly judgement: Judgement;
}

/** One leg as the wire showed it. */
export interface LegFacts extends SeenIn {
  readonly method: string;
  readonly url: RedactedUrl;
  /** Not a navigation: made by a page, by an imported trace's client or by us. */
  readonly isFetch: boolean;
  readonly status?: number;
  readonly networkError?: string;
  readonly redirect?: RedactedUrl;
  readonly cookies: readonly { readonly name: string; readonly attributes: readonly string[] }[];
  /** Origin of the page that made the request. */
  readonly initiator?: string;
  readonly referer?: RedactedUrl;
  readonly error?: OAuthError;
}

/** An earlier or later attempt of the same client at the same authorization endpoint, accepted or refused. */
export interface AttemptFacts {
  readonly flowId: string;
  readonly at: number;
  readonly clientAccepted: boolean;
}

export interface FlowFacts {
  readonly request: Fact<AuthorizationRequestFacts>;
  /** The last thing the authorization server itself showed. */
  readonly answer: Fact<AnswerFacts>;
  /** All pages and answers on the way, in order. */
  readonly answers: readonly AnswerFacts[];
  readonly response: Fact<AuthorizationResponseFacts>;
  readonly delivery: Fact<DeliveryFacts>;
  readonly timeline: Fact<TimelineFacts>;
  readonly registration: Fact<RegistrationFacts>;
  readonly tokens: Fact<readonly TokenFacts[]>;
  readonly metadata: Fact<MetadataFacts>;
  readonly probes: Fact<ProbeReadings>;
  readonly attempts: readonly AttemptFacts[];
  /** Every leg in order of time. */
  readonly legs: readonly LegFacts[];
  /** Product of the authorization server and client application, when recognised. */
  readonly server: Fact<{ readonly id: string; readonly name: string }>;
  readonly client: Fact<{ readonly id: string; readonly name: string }>;
}
