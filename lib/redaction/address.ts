import type { RedactedUrl, RedactedValue } from "@/lib/exchange/observation.ts";

/**
 * A URL taken apart as sent. `new URL` would lower-case the host, drop a default port and add a slash, and each of those
 * decides whether a `redirect_uri` or an issuer is accepted (RFC 3986 §6.2.1, simple string comparison).
 */
export interface Address {
  /** Empty for a relative reference. */
  readonly scheme: string;
  /** Host and port; absent when there is no `//`. */
  readonly host?: string;
  readonly userinfo?: string;
  readonly path: string;
  readonly query?: string;
  readonly fragment?: string;
}

export function parseAddress(raw: string): Address {
  const scheme = /^([a-z][a-z0-9+.-]{0,127}):/i.exec(raw)?.[1];
  let rest = scheme === undefined ? raw : raw.slice(scheme.length + 1);
  const parts: { fragment?: string; query?: string; host?: string; userinfo?: string } = {};
  const hash = rest.indexOf("#");
  if (hash >= 0) {
    parts.fragment = rest.slice(hash + 1);
    rest = rest.slice(0, hash);
  }
  const mark = rest.indexOf("?");
  if (mark >= 0) {
    parts.query = rest.slice(mark + 1);
    rest = rest.slice(0, mark);
  }
  if (rest.startsWith("//")) {
    const end = /[/\\]/.exec(rest.slice(2))?.index;
    const authority = end === undefined ? rest.slice(2) : rest.slice(2, end + 2);
    const at = authority.lastIndexOf("@");
    parts.host = authority.slice(at + 1);
    if (at >= 0) parts.userinfo = authority.slice(0, at);
    rest = end === undefined ? "" : rest.slice(end + 2);
  }
  return { scheme: scheme?.toLowerCase() ?? "", path: rest, ...parts };
}

/** `reference` made absolute against `base`, which a browser would also do; as sent when it is absolute already. */
export function resolveReference(reference: string, base: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return reference;
  const { scheme, host = "", path, query } = parseAddress(base);
  if (reference.startsWith("//")) return `${scheme}:${reference}`;
  const origin = `${scheme}://${host}`;
  if (reference.startsWith("/")) return origin + reference;
  if (reference.startsWith("?")) return origin + path + reference;
  if (reference === "" || reference.startsWith("#"))
    return `${origin}${path}${query === undefined ? "" : `?${query}`}${reference}`;
  try {
    return new URL(reference, base).href;
  } catch {
    return `${origin}${path.slice(0, path.lastIndexOf("/") + 1)}${reference}`;
  }
}

export const isAbsolute = (raw: string): boolean => /^[a-z][a-z0-9+.-]{1,127}:\/\//i.test(raw);

/** Scheme, host and path as text; empty parts leave no trace (`com.example:/cb`, a relative reference). */
export function printAddress(url: Pick<RedactedUrl, "scheme" | "host" | "path">): string {
  const scheme = url.scheme === "" ? "" : `${url.scheme}:`;
  return url.host === "" ? scheme + url.path : `${scheme}//${url.host}${url.path}`;
}

/** A redacted URL as one line: what is public in clear, replaced values as `~<length>.<charset>~`. */
export function printUrl(url: RedactedUrl): string {
  let text = printAddress(url);
  let place = "path";
  for (const parameter of url.parameters) {
    const opens = parameter.place === "fragment" ? "#" : "?";
    text += parameter.place === place ? "&" : opens;
    place = parameter.place;
    text += `${encodeLightly(parameter.name)}=${encodeLightly(printValue(parameter.value))}`;
  }
  if (url.fragment && place !== "fragment") text += url.fragment.length === 0 ? "#" : `#~${url.fragment.length}.text~`;
  return text;
}

function printValue(value: RedactedValue): string {
  switch (value.kind) {
    case "clear":
      return value.value;
    case "url":
      return printUrl(value.url);
    case "secret":
      return `~${value.length}.${value.charset}~`;
  }
}

/** Escapes what would end a parameter; a lone surrogate becomes U+FFFD. */
const encodeLightly = (value: string): string =>
  value.toWellFormed().replace(/[%&#+\s"'<>`\\]/gu, (character) => encodeURIComponent(character).replace("'", "%27"));
