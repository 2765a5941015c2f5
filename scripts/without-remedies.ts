/**
 * For the worker's own script, which recognises products and never says what to do about them: leaves out the steps and code
 * of their remedies. `entrypoints/analysis` and the pages have them.
 */
export const withoutRemedies = () => ({
  name: "without-remedies",
  enforce: "post" as const,
  transform(this: { parse(code: string): unknown }, code: string, id: string) {
    return /\/lib\/servers\/data\/[\w-]+\.ts$/.test(id)
      ? { code: emptyRemedies(code, this.parse(code)), map: null }
      : null;
  },
});

/** `program` is the ESTree of `code`. */
export function emptyRemedies(code: string, program: unknown): string {
  let text = "";
  let end = 0;
  for (const value of remediesIn(program)) {
    text += `${code.slice(end, value.start)}[]`;
    end = value.end;
  }
  return text + code.slice(end);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function remediesIn(node: unknown): readonly Span[] {
  if (Array.isArray(node)) return node.flatMap(remediesIn);
  if (typeof node !== "object" || node === null) return [];
  const { type, key, value } = node as { type?: string; key?: { name?: string }; value?: Span };
  if (type === "Property" && key?.name === "remedies" && value) return [value];
  return Object.values(node).flatMap(remediesIn);
}
