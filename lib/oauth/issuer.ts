/** One way in which two issuer identifiers differ, from the most harmless to the most telling. */
export type IssuerDifference =
  | "trailing slash"
  | "case"
  | "default port"
  | "percent-encoding"
  | "query or fragment"
  | "path"
  | "port"
  | "host"
  | "scheme";

export type IssuerComparison =
  | { readonly verdict: "identical" }
  | { readonly verdict: "different"; readonly differences: readonly [IssuerDifference, ...IssuerDifference[]] };

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly rest: string;
}

/** Splits without normalising anything: `new URL` would hide the very differences that are looked for. */
function split(issuer: string): Parts {
  const schemeEnd = issuer.indexOf("://");
  const scheme = schemeEnd < 0 ? "" : issuer.slice(0, schemeEnd);
  const afterScheme = schemeEnd < 0 ? issuer : issuer.slice(schemeEnd + 3);
  const restStart = afterScheme.search(/[?#]/);
  const beforeRest = restStart < 0 ? afterScheme : afterScheme.slice(0, restStart);
  const slash = beforeRest.indexOf("/");
  const authority = slash < 0 ? beforeRest : beforeRest.slice(0, slash);
  const colon = authority.lastIndexOf(":");
  const hasPort = colon > authority.lastIndexOf("]");
  return {
    scheme,
    host: hasPort ? authority.slice(0, colon) : authority,
    port: hasPort ? authority.slice(colon + 1) : "",
    path: slash < 0 ? "" : beforeRest.slice(slash),
    rest: restStart < 0 ? "" : afterScheme.slice(restStart),
  };
}

const defaultPorts: Readonly<Record<string, string>> = { https: "443", http: "80" };
const withoutSlash = (path: string): string => (path.endsWith("/") ? path.slice(0, -1) : path);

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function comparePaths(left: string, right: string): IssuerDifference[] {
  if (left === right) return [];
  const slash: IssuerDifference[] = left.endsWith("/") === right.endsWith("/") ? [] : ["trailing slash"];
  const [a, b] = [withoutSlash(left), withoutSlash(right)];
  if (a === b) return ["trailing slash"];
  if (decoded(a) === decoded(b)) return [...slash, "percent-encoding"];
  if (a.toLowerCase() === b.toLowerCase()) return [...slash, "case"];
  return [...slash, "path"];
}

/**
 * Compares two issuer identifiers as exact strings, without any normalisation, and names how they differ.
 * @see RFC 8414 §3.3, RFC 9207 §2.4, RFC 3986 §6.2.1
 */
export function compareIssuers(expected: string, actual: string): IssuerComparison {
  if (expected === actual) return { verdict: "identical" };
  const [left, right] = [split(expected), split(actual)];
  const differences = new Set<IssuerDifference>(comparePaths(left.path, right.path));
  const [leftScheme, rightScheme] = [left.scheme.toLowerCase(), right.scheme.toLowerCase()];
  if (leftScheme !== rightScheme) differences.add("scheme");
  else if (left.scheme !== right.scheme) differences.add("case");
  if (left.host.toLowerCase() !== right.host.toLowerCase()) differences.add("host");
  else if (left.host !== right.host) differences.add("case");
  if (left.port !== right.port) {
    const isDefault =
      (left.port || defaultPorts[leftScheme]) === (right.port || defaultPorts[rightScheme]) &&
      leftScheme === rightScheme;
    differences.add(isDefault ? "default port" : "port");
  }
  if (left.rest !== right.rest) differences.add("query or fragment");
  const [first, ...others] = differences;
  // Every character belongs to one of the parts, so two unequal strings differ in at least one.
  return { verdict: "different", differences: [first ?? "path", ...others] };
}

/** Whether only spelling differs, so that the two name the same place for a lenient client. */
export function isSpellingOnly(comparison: IssuerComparison): boolean {
  const spelling: readonly IssuerDifference[] = ["trailing slash", "case", "default port", "percent-encoding"];
  return (
    comparison.verdict === "identical" || comparison.differences.every((difference) => spelling.includes(difference))
  );
}
