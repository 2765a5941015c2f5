import { memberOf, parseUrl } from "@/lib/oauth/metadata-document.ts";
import { endpointFields } from "@/lib/oauth/server-metadata.ts";
import { classifyHost } from "./address.ts";
import type { RungFacts } from "./metadata-facts.ts";

/** A URL in a document that cannot be used from where the document is, or must not be. */
export interface EndpointHazard {
  readonly field: string;
  readonly url: string;
  readonly kind: /** Plain http beside a document that came over https, or on a public host. */
    | "plain-http"
    /** A private address or local name in a document of a public host. */
    | "internal-host"
    /** Neither https nor http, such as `javascript:`. */
    | "forbidden-scheme";
}

const linkFields = ["issuer", ...endpointFields, "resource", "authorization_servers"] as const;

const stringsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");

function hazardOf(field: string, text: string, document: URL): EndpointHazard | undefined {
  const url = parseUrl(text);
  if (url === undefined) return undefined;
  if (url.protocol !== "https:" && url.protocol !== "http:") return { field, url: text, kind: "forbidden-scheme" };
  if (classifyHost(url.hostname) !== "public" && classifyHost(document.hostname) === "public") {
    return { field, url: text, kind: "internal-host" };
  }
  const isPlain =
    url.protocol === "http:" && (document.protocol === "https:" || classifyHost(url.hostname) === "public");
  return isPlain ? { field, url: text, kind: "plain-http" } : undefined;
}

/**
 * The URLs of an accepted document that lead to plain http, to hosts that only the server itself can reach, or to no
 * request at all. A document of a local machine may name local machines, over http as it came.
 * @see MCP authorization 2025-03-26 and later, Communication Security; RFC 8414 §2
 */
export function findHazards(rung: RungFacts): EndpointHazard[] {
  const document = parseUrl(rung.urlText);
  const members = rung.document;
  if (document === undefined || members === undefined || rung.role === "client-metadata") return [];
  return linkFields.flatMap((field) =>
    stringsOf(memberOf(members, field)).flatMap((text) => hazardOf(field, text, document) ?? []),
  );
}
