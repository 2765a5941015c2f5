/** What a metadata request asks for; equals the role of its leg. */
export type RungRole = "challenge" | "resource-metadata" | "server-metadata" | "client-metadata";

interface RungKind {
  readonly role: RungRole;
  /** Why this place is asked, for the ladder as people read it. */
  readonly why: string;
  /** False for places where no specification puts the document: looked at only to say where it really is. */
  readonly isStandard: boolean;
}

/** Every place the ladder looks at; the names are also the `purpose` of its requests, behind `ladder/`. */
export const rungKinds = {
  challenge: {
    role: "challenge",
    why: "An MCP server answers a request without a token with 401 and says in WWW-Authenticate where its metadata is",
    isStandard: true,
  },
  "resource-metadata/challenge": {
    role: "resource-metadata",
    why: "The URL that WWW-Authenticate names in resource_metadata (RFC 9728 §5.1)",
    isStandard: true,
  },
  "resource-metadata/inserted": {
    role: "resource-metadata",
    why: "The well-known path inserted before the path of the MCP server (RFC 9728 §3.1)",
    isStandard: true,
  },
  "resource-metadata/root": {
    role: "resource-metadata",
    why: "The well-known path at the root of the MCP server's host (MCP 2025-11-25)",
    isStandard: true,
  },
  "resource-metadata/appended": {
    role: "resource-metadata",
    why: "The well-known path appended to the path, where a mounted application puts it by mistake",
    isStandard: false,
  },
  "server-metadata/oauth-inserted": {
    role: "server-metadata",
    why: "oauth-authorization-server inserted before the issuer's path (RFC 8414 §3.1)",
    isStandard: true,
  },
  "server-metadata/openid-inserted": {
    role: "server-metadata",
    why: "openid-configuration inserted before the issuer's path (RFC 8414 §5)",
    isStandard: true,
  },
  "server-metadata/openid-appended": {
    role: "server-metadata",
    why: "openid-configuration appended to the issuer's path (OpenID Connect Discovery 1.0 §4)",
    isStandard: true,
  },
  "server-metadata/oauth-root": {
    role: "server-metadata",
    why: "oauth-authorization-server at the root of an issuer without a path (RFC 8414 §3.1)",
    isStandard: true,
  },
  "server-metadata/openid-root": {
    role: "server-metadata",
    why: "openid-configuration at the root of an issuer without a path (OpenID Connect Discovery 1.0 §4)",
    isStandard: true,
  },
  "server-metadata/mcp-origin": {
    role: "server-metadata",
    why: "oauth-authorization-server at the root of the MCP server's own host (MCP 2025-03-26, without resource metadata)",
    isStandard: true,
  },
  "server-metadata/oauth-appended": {
    role: "server-metadata",
    why: "oauth-authorization-server appended to the issuer's path, where a mounted application puts it by mistake",
    isStandard: false,
  },
  "server-metadata/host-root": {
    role: "server-metadata",
    why: "oauth-authorization-server at the root of the host although the issuer has a path",
    isStandard: false,
  },
  "client-metadata/document": {
    role: "client-metadata",
    why: "client_id is a URL: the client ID metadata document behind it",
    isStandard: true,
  },
} as const satisfies Readonly<Record<string, RungKind>>;
export type RungName = keyof typeof rungKinds;

/** What may follow a rung's name: the target of its redirect, or the same request once more to compare the answers. */
export type RungSuffix = "" | "/redirected" | "/again";

/** One request of the ladder, ready to be sent. */
export interface Rung {
  readonly name: RungName;
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly why: string;
}

const rung = (name: RungName, url: string): Rung => ({
  name,
  method: name === "challenge" ? "POST" : "GET",
  url,
  why: rungKinds[name].why,
});

const wellKnown = {
  oauth: "/.well-known/oauth-authorization-server",
  openid: "/.well-known/openid-configuration",
  resource: "/.well-known/oauth-protected-resource",
} as const;

/** Origin and path without its last slash; both well-known rules remove it first (RFC 8414 §3.1, RFC 9728 §3.1). */
function partsOf(url: string): { origin: string; path: string; query: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname, search } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  return {
    origin: `${protocol}//${host}`,
    path: pathname.endsWith("/") ? pathname.slice(0, -1) : pathname,
    query: search,
  };
}

/** The request without a token that an MCP server answers with its challenge. A POST: only in a check the user started. */
export const challengeRung = (mcpUrl: string): Rung => rung("challenge", mcpUrl);

/**
 * Where protected resource metadata of `mcpUrl` must be, in order. With a URL from the challenge only that one counts.
 * @see RFC 9728 §3.1 and §5.1, MCP authorization 2025-11-25, Protected Resource Metadata Discovery Requirements
 */
export function resourceRungs(mcpUrl: string, fromChallenge?: string): Rung[] {
  if (fromChallenge !== undefined) return [rung("resource-metadata/challenge", fromChallenge)];
  const parts = partsOf(mcpUrl);
  if (parts === undefined) return [];
  const { origin, path, query } = parts;
  const root = rung("resource-metadata/root", `${origin}${wellKnown.resource}`);
  if (path === "") return [root];
  return [rung("resource-metadata/inserted", `${origin}${wellKnown.resource}${path}${query}`), root];
}

/** Where resource metadata is found by mistake: asked only when every place of {@link resourceRungs} had nothing. */
export function misplacedResourceRungs(mcpUrl: string): Rung[] {
  const parts = partsOf(mcpUrl);
  if (parts === undefined || parts.path === "") return [];
  const parent = parts.path.slice(0, parts.path.lastIndexOf("/"));
  const urls = [`${parts.origin}${parts.path}${wellKnown.resource}`];
  // A sub-application mounted at /api with its MCP endpoint at /api/mcp.
  if (parent !== "") urls.push(`${parts.origin}${parent}${wellKnown.resource}${parts.path.slice(parent.length)}`);
  return urls.map((url) => rung("resource-metadata/appended", url));
}

/**
 * Where authorization server metadata of `issuer` must be, in the order clients ask.
 * @see MCP authorization 2025-11-25, Authorization Server Metadata Discovery
 */
export function serverRungs(issuer: string): Rung[] {
  const parts = partsOf(issuer);
  if (parts === undefined) return [];
  const { origin, path } = parts;
  if (path === "") {
    return [
      rung("server-metadata/oauth-root", `${origin}${wellKnown.oauth}`),
      rung("server-metadata/openid-root", `${origin}${wellKnown.openid}`),
    ];
  }
  return [
    rung("server-metadata/oauth-inserted", `${origin}${wellKnown.oauth}${path}`),
    rung("server-metadata/openid-inserted", `${origin}${wellKnown.openid}${path}`),
    rung("server-metadata/openid-appended", `${origin}${path}${wellKnown.openid}`),
  ];
}

/** Where server metadata is found by mistake: asked only when every place of {@link serverRungs} had nothing. */
export function misplacedServerRungs(issuer: string): Rung[] {
  const parts = partsOf(issuer);
  if (parts === undefined || parts.path === "") return [];
  return [
    rung("server-metadata/oauth-appended", `${parts.origin}${parts.path}${wellKnown.oauth}`),
    rung("server-metadata/host-root", `${parts.origin}${wellKnown.oauth}`),
  ];
}

/**
 * Without resource metadata the MCP server's own host is taken as the authorization server, its path discarded.
 * @see MCP authorization 2025-03-26, Server Metadata Discovery
 */
export function fallbackRungs(mcpUrl: string): Rung[] {
  const parts = partsOf(mcpUrl);
  return parts === undefined ? [] : [rung("server-metadata/mcp-origin", `${parts.origin}${wellKnown.oauth}`)];
}

export const clientRung = (clientId: string): Rung => rung("client-metadata/document", clientId);

/** What is known of an authorization request before any metadata. */
export interface Hop {
  /** Authorization endpoint without query and fragment. */
  readonly endpoint: string;
  /** `iss` of the authorization response (RFC 9207). */
  readonly iss?: string;
  /** `resource` of the request (RFC 8707): for MCP the URL of the MCP server. */
  readonly resource?: string;
  readonly clientId?: string;
  /** Issuers named by metadata seen in the trace: `authorization_servers` entries first, then `issuer` members. */
  readonly seenIssuers: readonly string[];
}

export interface IssuerCandidate {
  readonly issuer: string;
  readonly from: "iss" | "seen-metadata" | "endpoint-path";
}

const maximumCandidates = 4;

/** Path segments that products put between their issuer and the authorization endpoint. */
const endpointSegments = new Set(["oauth", "oauth2", "openid-connect", "protocol", "connect", "login", "v1", "as"]);

/** Issuers for which the endpoint's path is the usual one: the path without its endpoint words, the root, the parent. */
function guessedIssuers(endpoint: string): string[] {
  const parts = partsOf(endpoint);
  if (parts === undefined) return [];
  const segments = parts.path.split("/").filter((segment) => segment !== "");
  segments.pop();
  const parent = segments.join("/");
  const paths: string[] = [];
  // Entra ID is the one product whose issuer has a segment of its own behind what it shares with the endpoint.
  if (segments.at(-1) === "v2.0" && segments.at(-2) === "oauth2")
    paths.push([...segments.slice(0, -2), "v2.0"].join("/"));
  while (endpointSegments.has(segments.at(-1) ?? "")) segments.pop();
  paths.push(segments.join("/"), "", parent);
  return [...new Set(paths)].map((path) => (path === "" ? parts.origin : `${parts.origin}/${path}`));
}

/**
 * Issuers that may stand behind an authorization request, most certain first: `iss` of the response, what metadata in
 * the trace names, then what the endpoint's path suggests. At most four, each once (as an exact string).
 */
export function issuerCandidates(hop: Hop): IssuerCandidate[] {
  const all: IssuerCandidate[] = [
    ...(hop.iss === undefined ? [] : [{ issuer: hop.iss, from: "iss" } as const]),
    ...hop.seenIssuers.map((issuer) => ({ issuer, from: "seen-metadata" }) as const),
    ...guessedIssuers(hop.endpoint).map((issuer) => ({ issuer, from: "endpoint-path" }) as const),
  ];
  const first = new Map<string, IssuerCandidate>();
  for (const candidate of all) {
    if (partsOf(candidate.issuer) !== undefined && !first.has(candidate.issuer)) first.set(candidate.issuer, candidate);
  }
  return [...first.values()].slice(0, maximumCandidates);
}

/** The role and rung that a URL under `/.well-known/` stands for when somebody else asked it. */
export function recogniseWellKnown(path: string): RungRole | undefined {
  if (path.includes(wellKnown.resource)) return "resource-metadata";
  return path.includes(wellKnown.oauth) || path.includes(wellKnown.openid) ? "server-metadata" : undefined;
}

/** Whether a document at this path is held to OpenID Connect Discovery or to RFC 8414. */
export const isOpenidPath = (path: string): boolean => path.includes(wellKnown.openid);

/** Whether metadata of `issuer` belongs at `url` by any of the rules, in any order of trying. */
export const isPlaceOf = (issuer: string, url: string): boolean => serverRungs(issuer).some((rung) => rung.url === url);
