import * as z from "zod/mini";

/** What is wrong with one member of a metadata document. */
type ProblemKind =
  | "notAnObject"
  | "missing"
  /** Present with the JSON type of something else; `null` counts, because strict clients refuse it. */
  | "wrongType"
  /** An array without elements: RFC 8414 §3.2 and RFC 9728 §3.2 want such members left out. */
  | "empty"
  | "notAUrl"
  /** A URL of a scheme that no request can or may go to, such as `javascript:`. */
  | "forbiddenScheme"
  | "hasFragment"
  | "hasQuery"
  | "forbidden"
  | "different";

export interface MetadataProblem {
  /** Member name; empty for the document as a whole. */
  readonly field: string;
  readonly kind: ProblemKind;
  /** `must`: a conforming client may refuse the document; `should`: it is out of line but usable. */
  readonly level: "must" | "should";
  /** One clause with the value, for a report: `issuer is missing`. */
  readonly says: string;
  /** The text that demands otherwise, e.g. `RFC 8414 §2`. */
  readonly demandedBy: string;
}

/** A document read as far as it can be: `value` holds the members that can be used, `problems` everything that cannot. */
export interface ParsedMetadata<Value> {
  readonly value: Value;
  readonly problems: readonly MetadataProblem[];
}

type FieldKind = "url" | "urls" | "string" | "strings" | "boolean" | "number";
export type FieldTable = Readonly<Record<string, FieldKind>>;

interface FieldShapes {
  readonly url: string;
  readonly urls: readonly string[];
  readonly string: string;
  readonly strings: readonly string[];
  readonly boolean: boolean;
  readonly number: number;
}

/** The members of a document that are present and well-formed. */
export type FieldValues<Table extends FieldTable> = {
  readonly [Name in keyof Table]?: FieldShapes[Table[Name]] | undefined;
};

const schemas = {
  url: z.string(),
  urls: z.array(z.string()),
  string: z.string(),
  strings: z.array(z.string()),
  boolean: z.boolean(),
  number: z.number(),
} as const;

const expected: Readonly<Record<FieldKind, string>> = {
  url: "a URL",
  urls: "a list of URLs",
  string: "a string",
  strings: "a list of strings",
  boolean: "true or false",
  number: "a number",
};

const longest = 200;
/** A value in a sentence, cut so that a hostile document cannot fill a report. */
export const quote = (value: string): string =>
  `"${value.length > longest ? `${value.slice(0, longest)}… (${value.length} characters)` : value}"`;

const nameOfType = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;

/** A URL parsed as every client will parse it, or `undefined`. */
export function parseUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

function checkUrl(field: string, value: string, spec: string): MetadataProblem | undefined {
  const url = parseUrl(value);
  if (url === undefined) {
    return {
      field,
      kind: "notAUrl",
      level: "must",
      says: `${field} is ${quote(value)}, not an absolute URL`,
      demandedBy: spec,
    };
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return {
      field,
      kind: "forbiddenScheme",
      level: "must",
      says: `${field} is ${quote(value)}, which is neither https nor http`,
      demandedBy: spec,
    };
  }
  return undefined;
}

/** Own members only and never by assignment, so that `__proto__` in a document is a name like any other. */
export function memberOf(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/**
 * Reads the listed members of a metadata document. Unlisted members are ignored, malformed ones are left out of `value`
 * and listed as problems. Never throws, whatever `document` is.
 */
export function readFields<Table extends FieldTable>(
  document: unknown,
  table: Table,
  spec: string,
): ParsedMetadata<FieldValues<Table>> {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    const says = `the document is ${nameOfType(document)}, not a JSON object`;
    return { value: {}, problems: [{ field: "", kind: "notAnObject", level: "must", says, demandedBy: spec }] };
  }
  const problems: MetadataProblem[] = [];
  const entries: [string, unknown][] = [];
  for (const [field, kind] of Object.entries(table)) {
    const member = memberOf(document, field);
    if (member === undefined) continue;
    const parsed = schemas[kind].safeParse(member);
    if (!parsed.success) {
      const says = `${field} is ${nameOfType(member)}, not ${expected[kind]}`;
      problems.push({ field, kind: "wrongType", level: "must", says, demandedBy: spec });
      continue;
    }
    const value = parsed.data;
    if (Array.isArray(value) && value.length === 0) {
      problems.push({ field, kind: "empty", level: "should", says: `${field} is an empty list`, demandedBy: spec });
    }
    if (kind === "url" || kind === "urls") {
      const urls = typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
      const found = urls.flatMap((url) => checkUrl(field, url, spec) ?? []);
      problems.push(...found);
      if (kind === "url" && found.length > 0) continue;
    }
    entries.push([field, value]);
  }
  return { value: Object.fromEntries(entries) as FieldValues<Table>, problems };
}

/** Problems for members that are required and not in the document at all. */
export function missingFields(
  document: unknown,
  required: readonly { readonly field: string; readonly demandedBy: string }[],
): MetadataProblem[] {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return [];
  return required
    .filter(({ field }) => memberOf(document, field) === undefined)
    .map(({ field, demandedBy }) => ({
      field,
      kind: "missing",
      level: "must",
      says: `${field} is missing`,
      demandedBy,
    }));
}
