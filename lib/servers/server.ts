/** What a message means: the causes this folder can name. Ids equal the finding ids of `lib/diagnosis`. */
export const causes = [
  "unknown-client",
  "client-id-missing",
  "client-not-allowed",
  "client-metadata-unreachable",
  "redirect-uri-not-registered",
  "redirect-uri-missing",
  "redirect-uri-invalid",
  "pkce-required",
  "pkce-method-unsupported",
  "state-required",
  "nonce-required",
  "scope-invalid",
  "response-type-unsupported",
  "response-mode-unsupported",
  "resource-invalid",
  "request-object-invalid",
  "pushed-request-invalid",
  "authorization-request-invalid",
  "access-denied",
  "interaction-required",
  "policy-denied",
  "transaction-lost",
  "session-cookie-refused",
  "upstream-authorization-failed",
  "authorization-server-error",
  "authorization-server-unavailable",
  "authorization-endpoint-not-found",
  "callback-failed",
  "state-mismatch",
  "client-authentication-failed",
  "authorization-code-invalid",
  "pkce-verifier-mismatch",
  "token-redirect-uri-mismatch",
  "grant-type-not-allowed",
  "refresh-token-invalid",
  "registration-rejected",
  "registration-redirect-uri-rejected",
  "registration-not-open",
] as const;
export type Cause = (typeof causes)[number];

/** Where a message is shown. */
export type MessagePlace = "authorize" | "callback" | "token" | "registration";

/**
 * A plain template, not a regular expression: `{name}` matches up to 200 characters without a line break, matching is
 * case-insensitive over text with white space folded, and linear in the text.
 */
export interface MessageTemplate {
  readonly where: MessagePlace;
  readonly text: string;
  /** One cause, or all the causes that share these words, most likely first. */
  readonly means: readonly [Cause, ...Cause[]];
  /** True when the wording is this product's own and nobody else's. */
  readonly distinctive?: true;
}

/** How a product is recognised. Weights add up; 1 or more recognises it. */
export type Fingerprint =
  | { readonly in: "metadata"; readonly field: string; readonly includes?: string; readonly weight: number }
  | { readonly in: "header"; readonly name: string; readonly includes?: string; readonly weight: number }
  | { readonly in: "path"; readonly includes: string; readonly weight: number }
  | { readonly in: "host"; readonly endsWith: string; readonly weight: number }
  | { readonly in: "page"; readonly text: string; readonly weight: number }
  | { readonly in: "cookie"; readonly prefix: string; readonly weight: number };

/** A step of a fix, in the words of this product. */
export interface Remedy {
  readonly for:
    | Cause
    | "client-known-to-some-instances"
    | "client-store-key-differs"
    | "client-registration-lost"
    | "upstream-client-id-used";
  readonly steps: readonly RemedyStep[];
}

export interface RemedyStep {
  readonly by: Actor;
  readonly do: string;
  readonly code?: { readonly language: string; readonly text: string };
}

/** Who must act. */
export type Actor = "client" | "authorization server" | "operator" | "user";

export interface Server {
  /** Kebab-case, equals the file name. */
  readonly id: string;
  readonly name: string;
  readonly fingerprints: readonly Fingerprint[];
  readonly messages: readonly MessageTemplate[];
  readonly remedies: readonly Remedy[];
  /** Where registered clients are kept unless configured otherwise, in one sentence. */
  readonly clientStorage?: string;
  /**
   * For servers that sign tokens of their own with a key that instances may not share, which shows only with a token:
   * what happens then, in one sentence, and the log line or command that settles it.
   */
  readonly signingKey?: { readonly says: string; readonly settledBy: string };
}
