import type { Cause } from "../server.ts";

/** What a sentence can be about. */
export type Concept =
  | "client"
  | "client-id"
  | "client-document"
  | "client-secret"
  | "redirect"
  | "scope"
  | "pkce"
  | "pkce-method"
  | "verifier"
  | "state"
  | "nonce"
  | "response-type"
  | "response-mode"
  | "resource"
  | "resource-indicator"
  | "transaction"
  | "cookie"
  | "server"
  | "user"
  | "consent"
  | "policy"
  | "code"
  | "refresh-token"
  | "grant-type"
  | "registration"
  | "request-object"
  | "pushed-request"
  | "upstream"
  | "request";

/** What it can say of it. */
export type Predicate =
  | "unknown"
  | "unregistered"
  | "mismatch"
  | "missing"
  | "invalid"
  | "malformed"
  | "unsupported"
  | "expired"
  | "denied"
  | "disabled"
  | "forbidden"
  | "failed"
  | "unavailable";

/** Words of one language. Phrases are compared word by word; punctuation and case do not matter. */
export interface Language {
  readonly concepts: Readonly<Partial<Record<Concept, readonly string[]>>>;
  /** Said of what stands before: "the client was not found". */
  readonly predicates: Readonly<Partial<Record<Predicate, readonly string[]>>>;
  /** Predicates that can stand before their noun too: "unknown client". */
  readonly adjectives?: Readonly<Partial<Record<Predicate, readonly string[]>>>;
  /** Predicates that say nothing of what stands before them: "this page has no mapping". */
  readonly leading?: readonly string[];
  /** Words between an adjective and its noun: "invalid value for redirect_uri". */
  readonly links?: readonly string[];
  /** Words that make what follows an attribute: in "not registered for this client" the client is not the subject. */
  readonly prepositions?: readonly string[];
  /** A sentence with one of these is help, a login error or documentation, never the failure itself. */
  readonly guards: readonly string[];
  /** Words that join two subjects: "unknown client or redirect_uri". */
  readonly coordinators?: readonly string[];
  /** Particles that mark the subject before them. */
  readonly topics?: readonly string[];
  /** "The redirect URI is incorrect, check the application": what follows is not what is incorrect. */
  readonly copulas?: readonly string[];
  /** Words that turn a predicate round: "not required". */
  readonly negators?: readonly string[];
  /** Sentences that are a whole statement by themselves. */
  readonly phrases?: readonly { readonly text: string; readonly means: readonly [Cause, ...Cause[]] }[];
}
