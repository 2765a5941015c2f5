import { definitions, generalCodes } from "./lexicon/error-codes.ts";
import type { Cause, MessagePlace } from "./server.ts";

interface Statement {
  readonly server?: string | undefined;
  readonly template: string;
  readonly means: readonly string[];
}

/** Says that something failed, not what: any other statement about the same answer tells more. */
export const isGeneral = ({ server, template, means }: Statement): boolean =>
  server === undefined &&
  (isVague({ means }) || isNamedParameter(template) || generalCodes.has(codeIn(template) ?? ""));

/** The definition of a code says no more than the code; whatever definite stands beside it does. */
export function withoutDefinition<Said extends Statement>(statements: readonly Said[]): readonly Said[] {
  const isDefinition = ({ template }: Said) => definitions.has(template.toLowerCase());
  const meant = statements.find(isDefinition)?.means[0];
  const isTold = statements.some((said) => !isGeneral(said) && said.means[0] !== meant);
  return meant !== undefined && isTold ? statements.filter((said) => !isDefinition(said)) : statements;
}

const generalCauses: ReadonlySet<string> = new Set([
  "authorization-request-invalid",
  "authorization-server-error",
  "authorization-server-unavailable",
  "authorization-endpoint-not-found",
]);

/** The OAuth error code that the lexicon read in a text. */
export const codeIn = (template: string): string | undefined => /^lexicon:error-code\+(.*)$/.exec(template)?.[1];

/** A parameter was named, and nothing was said of it. */
export const isNamedParameter = (template: string): boolean => template.startsWith("lexicon:parameter+");

/** The first thing it can mean is no more than that the request, or the server, failed. */
export const isVague = ({ means }: { readonly means: readonly string[] }): boolean => generalCauses.has(means[0] ?? "");

const ofBackChannel: readonly Cause[] = [
  "authorization-code-invalid",
  "token-redirect-uri-mismatch",
  "grant-type-not-allowed",
  "refresh-token-invalid",
];
const ofRegistration: readonly Cause[] = [
  "registration-rejected",
  "registration-redirect-uri-rejected",
  "registration-not-open",
];
const ofServerItself: readonly Cause[] = ["authorization-server-error", "authorization-server-unavailable"];
const atToken: ReadonlySet<Cause> = new Set<Cause>([
  ...ofBackChannel,
  ...ofServerItself,
  "client-authentication-failed",
  "client-not-allowed",
  "pkce-verifier-mismatch",
  "pkce-required",
  "scope-invalid",
  "resource-invalid",
  "policy-denied",
  "interaction-required",
  "upstream-authorization-failed",
]);
const atRegistration: ReadonlySet<Cause> = new Set<Cause>([...ofRegistration, ...ofServerItself]);
const notInFront: ReadonlySet<Cause> = new Set<Cause>([
  ...ofBackChannel,
  ...ofRegistration,
  "client-authentication-failed",
  "pkce-verifier-mismatch",
]);

/** A text is often matched before its place is known; what cannot happen at that place is not meant. */
export function isPossibleAt(cause: Cause, where: MessagePlace): boolean {
  switch (where) {
    case "token":
      return atToken.has(cause);
    case "registration":
      return atRegistration.has(cause);
    case "authorize":
      return !notInFront.has(cause);
    case "callback":
      // The client reports there what its token request met.
      return !ofRegistration.includes(cause);
  }
}

/** Turned away before anything looked at the request: too many requests, or a gateway without a server (520 to 530: Cloudflare's own). */
export const isUnavailableStatus = (status: number | undefined): boolean =>
  status === 429 || (status !== undefined && ((status >= 502 && status <= 504) || (status >= 520 && status <= 530)));
