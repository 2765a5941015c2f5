/**
 * The scope tokens of a space-delimited `scope`, in order, each once.
 * @see RFC 6749 §3.3
 */
export const parseScope = (text: string): readonly string[] => [
  ...new Set(text.split(" ").filter((token) => token !== "")),
];

/** The requested tokens that a list does not have; scope tokens are case-sensitive strings. */
export const scopesOutside = (requested: readonly string[], listed: readonly string[]): readonly string[] =>
  requested.filter((token) => !listed.includes(token));

/** The requested tokens that a text names as whole words: what an error description complains about. */
export function scopesNamedIn(text: string, requested: readonly string[]): readonly string[] {
  const words = new Set(text.split(/[\s,;'"`()[\]]+/).map((word) => word.replace(/[.!?]+$/, "")));
  return requested.filter((token) => words.has(token));
}
