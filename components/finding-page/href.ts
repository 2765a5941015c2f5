/** Address of a finding's page, the same from every page of the extension. */
export const hrefOfFinding = (id: string): string => `inspector.html#/finding/${encodeURIComponent(id)}`;

/** The id in `#/finding/<id>`, or undefined for every other place. */
export function findingOf(hash: string): string | undefined {
  const id = /^#?\/?finding\/([^/?]+)/.exec(hash)?.[1];
  try {
    return id === undefined ? undefined : decodeURIComponent(id);
  } catch {
    return id;
  }
}
