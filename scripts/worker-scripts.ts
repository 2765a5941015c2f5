import { join } from "node:path";

/**
 * For the worker's own script, which of every page's answers reads headers and cookies for signs of a product: all else that is known of
 * it, and what reads texts for it, only `entrypoints/analysis` and the pages have.
 */
export const withSignsOnly = () => ({
  name: "with-signs-only",
  enforce: "post" as const,
  resolveId: {
    order: "pre" as const,
    handler: (source: string, importer: string | undefined) =>
      source === "./matcher.ts" && importer?.endsWith("/lib/servers/index.ts")
        ? join(import.meta.dirname, "../entrypoints/background/matcher.ts")
        : null,
  },
  transform(this: { parse(code: string): unknown }, code: string, id: string) {
    return /\/lib\/servers\/data\/[\w-]+\.ts$/.test(id) ? { code: keepSigns(code, this.parse(code)), map: null } : null;
  },
});

/**
 * For the script that diagnoses in the worker: what it keeps of a finding is its headline and who must act. The words of the fix, the
 * explanation and the references are left out; the pages, which diagnose what they show, have them.
 */
export const withoutAdvice = () => ({
  name: "without-advice",
  enforce: "post" as const,
  transform(this: { parse(code: string): unknown }, code: string, id: string) {
    return /\/lib\/(?:servers\/data|diagnosis\/rules)\/[\w-]+\.ts$/.test(id)
      ? { code: emptyAdvice(code, this.parse(code)), map: null }
      : null;
  },
});

/** `program` is the ESTree of `code`. */
export const keepSigns = (code: string, program: unknown): string =>
  replace(code, program, { messages: "[]", remedies: "[]", clientStorage: '""', name: '""' }, unreadSigns);
export const emptyAdvice = (code: string, program: unknown): string =>
  replace(code, program, { do: '""', why: '""', references: "[]" });

type Replacements = Readonly<Record<string, string>>;

/** Fingerprints by where they stand. */
const unreadSigns: ReadonlySet<string> = new Set(["metadata", "host", "path", "page"]);

function replace(
  code: string,
  program: unknown,
  replacements: Replacements,
  signs: ReadonlySet<string> = new Set(),
): string {
  let text = "";
  let end = 0;
  for (const { value, by } of propertiesIn(program, replacements, signs)) {
    text += code.slice(end, value.start) + by;
    end = value.end;
  }
  return text + code.slice(end);
}

interface Replaced {
  readonly value: { readonly start: number; readonly end: number };
  readonly by: string;
}

function propertiesIn(node: unknown, replacements: Replacements, signs: ReadonlySet<string>): readonly Replaced[] {
  if (Array.isArray(node)) return node.flatMap((each) => propertiesIn(each, replacements, signs));
  if (typeof node !== "object" || node === null) return [];
  const place = signs.size === 0 ? undefined : placeOf(node);
  // The name of a header is no product's.
  if (place !== undefined) return signs.has(place) ? [{ value: node as Replaced["value"], by: "{}" }] : [];
  // A name that is taken out of an object is no value in one.
  const { type, key, value } = node as { type?: string; key?: { name?: string }; value?: Replaced["value"] };
  if (type === "ObjectPattern") return [];
  const name = type === "Property" ? (key?.name ?? "") : "";
  if (value && Object.hasOwn(replacements, name)) return [{ value, by: replacements[name] ?? "" }];
  return Object.values(node).flatMap((each) => propertiesIn(each, replacements, signs));
}

/** Of a fingerprint: `host` of `{ in: "host", … }`. */
const placeOf = (node: object): string | undefined =>
  "properties" in node
    ? (node.properties as { key?: { name?: string }; value?: { value?: string } }[]).find(
        ({ key }) => key?.name === "in",
      )?.value?.value
    : undefined;
