import type { Parameter, RedactedUrl } from "@/lib/exchange/observation.ts";
import type { IssuerDifference } from "@/lib/oauth/issuer.ts";
import type { ServerMetadata } from "@/lib/oauth/server-metadata.ts";
import type { RungFacts } from "./metadata-facts.ts";

type ComparisonVerdict =
  | "agrees"
  /** The document rules out what was sent, or demands what was not. */
  | "contradicts"
  /** The document has a list without this value, and the list need not be complete (RFC 8414 §2 on scopes). */
  | "notListed"
  /** The document says nothing about it, and no default applies. */
  | "notAdvertised"
  | "cannotTell";

/** One parameter of the hop beside what metadata says about it. */
export interface Comparison {
  /** Name of the parameter, or `authorization_endpoint` for the URL that was asked. */
  readonly parameter: string;
  /** As it was sent; absent when it was not. */
  readonly sent?: string;
  /** Which document says it, and in which member. */
  readonly document: "server" | "resource" | "client" | "challenge";
  readonly member: string;
  readonly exchangeId: string;
  /** What the member holds; absent when the document has no such member. */
  readonly advertised?: string;
  readonly verdict: ComparisonVerdict;
  /** How two strings differ that had to be identical. */
  readonly differences?: readonly IssuerDifference[];
  /** The values of a list that are not in the other list. */
  readonly unlisted?: readonly string[];
  /** The comparison in one sentence. */
  readonly says: string;
}

export interface Sent extends Parameter {
  readonly text: string;
}

/** What of an attempt is compared; the facts of `lib/facts` fit. */
export interface ComparedHop {
  readonly request: { readonly url: RedactedUrl; readonly parameters: readonly Sent[] };
  readonly response?: { readonly parameters: readonly Sent[] };
  readonly tokens?: readonly { readonly grantType?: string; readonly authMethod?: string }[];
}

/** A request beside the server document it is compared with. */
export interface Context {
  readonly parameters: readonly Sent[];
  readonly server: ServerMetadata;
  readonly rung: RungFacts;
}

/** The value of a parameter that went out in clear; `undefined` when it is absent or empty. */
export const textOf = (parameters: readonly Sent[], name: string): string | undefined => {
  const found = parameters.find((parameter) => parameter.name === name && parameter.text !== "");
  return found?.value.kind === "secret" ? undefined : found?.text;
};

/** Where a comparison finds what is advertised. */
export const place = (rung: RungFacts, document: Comparison["document"], member: string) => ({
  document,
  member,
  exchangeId: rung.exchangeId,
});
