/** The parts of a URI as written: nothing is decoded, lower-cased or resolved, since comparison is of strings. */
export interface UriParts {
  readonly scheme: string;
  /** Absent when there is no `//`. */
  readonly userinfo?: string;
  readonly host?: string;
  /** Digits as written; absent when there is no `:`, empty for a bare `:`. */
  readonly port?: string;
  readonly path: string;
  readonly query?: string;
  readonly fragment?: string;
}

type UriPart =
  | "scheme"
  | "userinfo"
  | "host"
  | "host case"
  | "port"
  | "path"
  | "path case"
  | "trailing slash"
  | "percent-encoding"
  | "query"
  | "fragment";

export interface UriDifference {
  readonly part: UriPart;
  /** The part with its delimiter, as written on each side (`:8080`, `?a=1`, `#`); empty when that side has none. */
  readonly sent: string;
  readonly registered: string;
}

/**
 * Cuts an absolute URI into its parts without normalising any of them; undefined when it has no scheme.
 * @see RFC 3986 §3
 */
export function parseUri(text: string): UriParts | undefined {
  const colon = text.indexOf(":");
  const scheme = text.slice(0, Math.max(colon, 0));
  if (!/^[a-z][a-z0-9+.-]*$/i.test(scheme)) return undefined;
  const [beforeFragment, fragment] = cut(text.slice(colon + 1), "#");
  const [hierarchy, query] = cut(beforeFragment, "?");
  const tail = { ...(query !== undefined && { query }), ...(fragment !== undefined && { fragment }) };
  if (!hierarchy.startsWith("//")) return { scheme, path: hierarchy, ...tail };
  const slash = hierarchy.indexOf("/", 2);
  const authority = hierarchy.slice(2, slash < 0 ? undefined : slash);
  const path = slash < 0 ? "" : hierarchy.slice(slash);
  const at = authority.lastIndexOf("@");
  const hostAndPort = authority.slice(at + 1);
  // The colons within the brackets of an IPv6 literal are not the one before the port.
  const portColon = hostAndPort.indexOf(":", hostAndPort.startsWith("[") ? hostAndPort.indexOf("]") : 0);
  return {
    scheme,
    ...(at >= 0 && { userinfo: authority.slice(0, at) }),
    host: portColon < 0 ? hostAndPort : hostAndPort.slice(0, portColon),
    ...(portColon >= 0 && { port: hostAndPort.slice(portColon + 1) }),
    path,
    ...tail,
  };
}

/**
 * Which parts make two URIs different strings; empty when they are identical. A URI that cannot be cut into parts
 * differs as a whole, in its `scheme`.
 * @see RFC 9700 §2.1 (exact string matching)
 */
export function compareUris(sent: string, registered: string): readonly UriDifference[] {
  if (sent === registered) return [];
  const left = parseUri(sent);
  const right = parseUri(registered);
  if (!left || !right) return [{ part: "scheme", sent, registered }];
  return [
    ...comparePart("scheme", left.scheme, right.scheme),
    ...comparePart("userinfo", delimited("", left.userinfo, "@"), delimited("", right.userinfo, "@")),
    ...compareHost(left.host, right.host),
    ...comparePart("port", delimited(":", left.port), delimited(":", right.port)),
    ...comparePath(left.path, right.path),
    ...comparePart("query", delimited("?", left.query), delimited("?", right.query)),
    ...comparePart("fragment", delimited("#", left.fragment), delimited("#", right.fragment)),
  ];
}

/**
 * Whether two URIs differ in nothing but the port of a loopback IP literal, which the authorization server must let
 * vary. `localhost` is a name and not covered: that it is often accepted is the server's courtesy.
 * @see RFC 8252 §7.3
 */
export function isLoopbackPortVariant(sent: string, registered: string): boolean {
  const parts = parseUri(sent);
  const differences = compareUris(sent, registered);
  return (
    parts?.scheme.toLowerCase() === "http" &&
    parts.host !== undefined &&
    isLoopbackAddress(parts.host) &&
    differences.every((difference) => difference.part === "port")
  );
}

/** Whether a URI leads back to this machine: `localhost`, a name below it, or a loopback IP literal. */
export function isLoopback(uri: string): boolean {
  const host = parseUri(uri)?.host?.toLowerCase();
  return host !== undefined && (host === "localhost" || host.endsWith(".localhost") || isLoopbackAddress(host));
}

/** Whether a host is a loopback IP literal: 127.0.0.0/8 or `[::1]`. */
function isLoopbackAddress(host: string): boolean {
  return host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The candidate that differs least from what was sent; undefined when there is none. */
export function closestUri(sent: string, candidates: readonly string[]): string | undefined {
  let closest: { readonly uri: string; readonly distance: number } | undefined;
  for (const uri of candidates) {
    const distance = compareUris(sent, uri).reduce((sum, { part }) => sum + weights[part], 0);
    if (!closest || distance < closest.distance) closest = { uri, distance };
  }
  return closest?.uri;
}

/** What makes two URIs unalike: another host is another place, another port or slash is a slip. */
const weights: Readonly<Record<UriPart, number>> = {
  host: 16,
  scheme: 8,
  path: 8,
  query: 4,
  userinfo: 4,
  fragment: 4,
  port: 3,
  "path case": 2,
  "host case": 1,
  "trailing slash": 1,
  "percent-encoding": 1,
};

/**
 * What forbids a string as a redirection endpoint whatever is registered, in words; empty when nothing does.
 * @see RFC 6749 §3.1.2
 */
export function redirectUriProblems(text: string): readonly string[] {
  const problems: string[] = [];
  const parts = parseUri(text);
  if (!parts) problems.push("it is not an absolute URI: it has no scheme");
  else {
    if (parts.fragment !== undefined) problems.push("it has a fragment");
    if (parts.userinfo !== undefined) problems.push("it has user information before the host");
    if (parts.host === "") problems.push("its host is empty");
    if (parts.host?.includes("*")) problems.push("its host has a wildcard");
    if (parts.port !== undefined && !isPort(parts.port)) problems.push(`its port "${parts.port}" is not a port number`);
    if (scriptSchemes.has(parts.scheme.toLowerCase())) problems.push(`its scheme "${parts.scheme}" runs script`);
    if (/^https?$/i.test(parts.scheme) && parts.host === undefined) problems.push("it has no // and no host");
  }
  if (/\s/.test(text)) problems.push("it has white space");
  if (text.includes("\\")) problems.push("it has a backslash");
  if (/%(?![0-9a-f]{2})/i.test(text)) problems.push("it has a % that is not followed by two hexadecimal digits");
  return problems;
}

const scriptSchemes: ReadonlySet<string> = new Set(["javascript", "data", "vbscript"]);
const isPort = (port: string): boolean => /^\d{1,5}$/.test(port) && Number(port) <= 65535;

function comparePart(part: UriPart, sent: string, registered: string): readonly UriDifference[] {
  return sent === registered ? [] : [{ part, sent, registered }];
}

/** An empty part is not an absent one: `/cb?` and `/cb` are different strings. */
function delimited(before: string, value: string | undefined, after = ""): string {
  return value === undefined ? "" : `${before}${value}${after}`;
}

function compareHost(left: string | undefined, right: string | undefined): readonly UriDifference[] {
  const [sent, registered] = [left || delimited("//", left), right || delimited("//", right)];
  const isCase = sent.toLowerCase() === registered.toLowerCase();
  return comparePart(isCase ? "host case" : "host", sent, registered);
}

function comparePath(sent: string, registered: string): readonly UriDifference[] {
  if (sent === registered) return [];
  const part =
    trimSlash(sent) === trimSlash(registered)
      ? "trailing slash"
      : decodeOnce(sent) === decodeOnce(registered)
        ? "percent-encoding"
        : sent.toLowerCase() === registered.toLowerCase()
          ? "path case"
          : "path";
  return [{ part, sent, registered }];
}

const trimSlash = (path: string): string => (path.endsWith("/") ? path.slice(0, -1) : path);

function decodeOnce(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function cut(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
