import { generalCodes } from "./lexicon/error-codes.ts";

/** Says that something failed, not what: any other statement about the same answer tells more. */
export const isGeneral = ({
  server,
  template,
  means,
}: {
  readonly server?: string | undefined;
  readonly template: string;
  readonly means: readonly string[];
}): boolean =>
  server === undefined &&
  (generalCauses.has(means[0] ?? "") || isNamedParameter(template) || generalCodes.has(codeIn(template) ?? ""));
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
