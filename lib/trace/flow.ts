import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { ObservationOf } from "@/lib/exchange/observation.ts";

/** What an exchange is in an authorization attempt. */
export type LegRole =
  | "challenge"
  | "resource-metadata"
  | "server-metadata"
  | "client-metadata"
  | "registration"
  | "pushed-request"
  | "authorization-request"
  | "interaction"
  | "upstream"
  | "redirection-endpoint"
  | "token"
  | "refresh"
  | "resource"
  | "probe";

export interface Leg {
  readonly role: LegRole;
  readonly exchange: Exchange;
}

/** One authorization attempt: its legs in order of time, and what happened around them. */
export interface Flow {
  /** Id of its authorization request's exchange, or of its first exchange when no request was seen. */
  readonly id: string;
  readonly session: string;
  readonly tabIds: readonly number[];
  readonly legs: readonly Leg[];
  readonly tabEvents: readonly ObservationOf<"tab">[];
  readonly gaps: readonly ObservationOf<"gap">[];
  /** When its tab began another attempt before this one had a response. */
  readonly replacedAt?: number;
  readonly startedAt: number;
  readonly lastAt: number;
}
