import type { RawHeader } from "@/lib/exchange/raw-observation.ts";
import { isDuration } from "@/lib/oauth/parameters.ts";
import { servers } from "@/lib/servers/index.ts";
import { type Redaction, replaceWhole } from "./redaction.ts";
import { hasCapitalCode, isFamiliar, isIdentifier, isOrdinary, isPlaceholder } from "./shape.ts";
import { redactUrl } from "./url.ts";

const longestCookie = 8_192;

/** A cookie's name: parts that a program made up (`….Correlation.<random>`) are measured. */
export function redactCookieName(name: string, redaction: Redaction): string {
  if (isIdentifier(name) || commonCookies.has(name)) return name;
  const prefix = productCookies.find((known) => name.startsWith(known)) ?? "";
  const rest = name.slice(prefix.length, 512);
  if (rest.includes("@") || hasCapitalCode(rest)) return prefix + replaceWhole(rest, redaction);
  const parts = rest.split(/(~\d{1,8}\.[a-z0-9]{1,9}~|[._-])/);
  // Behind a product's own start, or beside something made up, only words of ours are sure to be no part of it.
  const isDrawn = prefix !== "" || parts.some((part, index) => index % 2 === 0 && !isNamePart(part));
  return (
    prefix +
    parts
      .map((part, index) =>
        index % 2 === 1 || (isDrawn ? isSurePart(part) : isNamePart(part)) ? part : replaceWhole(part, redaction),
      )
      .join("")
  );
}

/** A word of a cookie's name, or the number of a chunk; what a program counts up or draws has more digits. */
const isNamePart = (part: string): boolean => part === "" || (isOrdinary(part) && !/\d{2}/.test(part));
const isSurePart = (part: string): boolean => part === "" || /^\d$/.test(part) || isFamiliar(part);

/** Names in capitals or with numbers that frameworks give. */
const commonCookies = new Set(
  "JSESSIONID PHPSESSID ASPSESSIONID ASP.NET_SessionId XSRF-TOKEN AWSALB AWSALBCORS AWSALBTG AWSALBTGCORS ARRAffinity SESSIONID".split(
    " ",
  ),
);

/** Starts of the cookie names by which `lib/servers` knows a product. */
const productCookies = servers
  .flatMap((server) => server.fingerprints)
  .flatMap((print) => (print.in === "cookie" ? print.prefix : []));

export interface RedactedCookie {
  readonly name: string;
  readonly attributes: string[];
}

/** `Set-Cookie` down to its name and attributes (RFC 6265 §4.1); the value is never kept, not even its fingerprint. */
export function redactCookies(headers: readonly RawHeader[], host: string, redaction: Redaction): RedactedCookie[] {
  const cookies: RedactedCookie[] = [];
  for (const header of headers.slice(0, 200)) {
    if (header.name.toLowerCase() !== "set-cookie") continue;
    // Chromium joins several of them with line breaks.
    for (const line of header.value.split("\n", 50)) {
      const [pair = "", ...attributes] = line.slice(0, longestCookie).split(";");
      const equals = pair.indexOf("=");
      if (equals < 0) continue;
      redaction.replaced(pair.slice(equals + 1).trim());
      cookies.push({
        name: redactCookieName(pair.slice(0, equals).trim(), redaction),
        attributes: attributes.flatMap((attribute) => redactAttribute(attribute.trim(), host, redaction) ?? []),
      });
    }
  }
  return cookies;
}

/** `Domain` stays when it covers `host` or reads as a name: a cookie for another domain is one that a browser refuses. */
export function redactAttribute(attribute: string, host: string, redaction: Redaction): string | undefined {
  const equals = attribute.indexOf("=");
  const name = (equals < 0 ? attribute : attribute.slice(0, equals)).trim();
  const value = equals < 0 ? "" : attribute.slice(equals + 1).trim();
  switch (name.toLowerCase()) {
    case "secure":
    case "httponly":
    case "partitioned":
      return name;
    case "samesite":
      return /^(?:strict|lax|none)$/i.test(value) ? `${name}=${value}` : name;
    case "max-age":
      return /^-?\d{1,9}$/.test(value) && isDuration(value.replace("-", "")) ? `${name}=${value}` : name;
    case "expires":
      return name;
    case "path":
      return `${name}=${redactUrl(value, redaction).path}`;
    case "domain":
      return isPlaceholder(value) || isDomainOf(value, host) || isOrdinary(value) ? `${name}=${value}` : name;
    default:
      return undefined;
  }
}

function isDomainOf(domain: string, host: string): boolean {
  const bare = domain.replace(/^\./, "").toLowerCase();
  const name = host.replace(/:\d{1,5}$/, "").toLowerCase();
  return bare !== "" && (name === bare || name.endsWith(`.${bare}`));
}
