import type { Parameter } from "@/lib/exchange/observation.ts";
import type { RawHeader } from "@/lib/exchange/raw-observation.ts";
import { parseBase64Text } from "@/lib/oauth/base64url.ts";
import { isClientId, isDuration } from "@/lib/oauth/parameters.ts";
import { servers } from "@/lib/servers/index.ts";
import { isAbsolute, printUrl } from "./address.ts";
import { redactChallenge } from "./challenge.ts";
import { redactCookieName } from "./cookies.ts";
import { decodePercent } from "./decode.ts";
import { type Redaction, replaceWhole } from "./redaction.ts";
import { isNamed, isOrdinary, isPlaceholder, placeholderFor } from "./shape.ts";
import { redactOrigin, redactParameter, redactUrl } from "./url.ts";
import { isKnownWord } from "./vocabulary.ts";

type HeaderRule = (value: string, redaction: Redaction) => string | undefined;

const longestHeader = 8_192;
const keptIf =
  (pattern: RegExp): HeaderRule =>
  (value) =>
    pattern.test(value) ? value : undefined;

const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Items of a list that read as names or small numbers; anything else is measured in place. */
const words: HeaderRule = (value, redaction) => {
  if (publicLists.has(value)) return value;
  const sent = value.split(/([\s,;=()"]+)/);
  const isReplaced = sent.map((part, index) => index % 2 === 0 && part !== "" && !isPublicPart(part));
  // What only white space parts from a replaced word belongs to it: a pass phrase has words too.
  const isBeside = (index: number, step: 2 | -2): boolean =>
    isReplaced[index + step] === true && /^\s+$/.test(sent[index + step / 2] ?? "");
  for (const step of [-2, 2] as const)
    for (let at = step < 0 ? 0 : sent.length - 1; at >= 0 && at < sent.length; at -= step)
      if (isBeside(at, step) && !isKnownWord(sent[at] ?? "")) isReplaced[at] = true;
  const printed = sent.map((part, index) => (isReplaced[index] ? replaceWhole(part, redaction) : part)).join("");
  if (printed === value) {
    if (publicLists.size >= rememberedLists) publicLists.clear();
    publicLists.add(value);
  }
  return printed;
};

/** The same lists come with every request. Only what stays in clear is remembered. */
const publicLists = new Set<string>();
const rememberedLists = 512;

const isPublicPart = (part: string): boolean =>
  isPlaceholder(part) || isHeaderWord(part) || isRelation(part) || isMediaRange(part);

const wordOrMeasure = (part: string, redaction: Redaction): string =>
  isPublicPart(part) ? part : replaceWhole(part, redaction);

/** In ASCII (RFC 9110 §5.5), no number by itself, and a word of ours in it: names of headers, methods and servers are made of them. */
const isHeaderWord = (part: string): boolean =>
  software.has(part.toLowerCase()) || (/^[!-?A-~]+$/.test(part) && isNamed(part) && isOrdinary(part));
/** Names of programs that `Server`, `Via` and `X-Powered-By` give, without their versions. */
const software = new Set(
  "akamaighost apache caddy cloudfront envoy express gunicorn hypercorn istio jetty kestrel nginx openresty php tomcat uvicorn".split(
    " ",
  ),
);

/** As `words`, with durations in seconds. */
function directives(value: string, redaction: Redaction): string {
  // Words or numbers in a row are no directives.
  if (/[^,;\s]\s+[^,;\s]/.test(value)) return words(value, redaction) ?? "";
  return value
    .split(/([\s,;=()"]+)/)
    .map((part, index) => (index % 2 === 1 || part === "" || isDuration(part) ? part : wordOrMeasure(part, redaction)))
    .join("");
}

const isMediaRange = (part: string): boolean =>
  part === "*" || (/^[\w*]+\/[\w*.+-]+$/.test(part) && isOrdinary(part.replaceAll(/[*+]/g, "-")));

const origin: HeaderRule = redactOrigin;

const freshness = /^\s{0,9}(?:max-age|s-maxage|stale-while-revalidate|stale-if-error)="?(\d{1,9})"?\s{0,9}$/i;

/** Cache directives, with their seconds (RFC 9111 §5.2.2): how old an answer may be is evidence. */
const cacheDirectives: HeaderRule = (value, redaction) =>
  value
    .split(",", 30)
    .map((item) => (isDuration(freshness.exec(item)?.[1] ?? "") ? item : words(item, redaction)))
    .join(",");

const mimeType: HeaderRule = (value) => readMimeType(value);

/** Type and charset of a Content-Type; `multipart` boundaries and the rest are dropped. */
export function readMimeType(value: string): string | undefined {
  const type = /^\s*([a-z]{1,20}\/[a-z0-9.+-]{1,60})/i.exec(value)?.[1]?.toLowerCase();
  if (!type || !isOrdinary(type)) return undefined;
  const charset = /;\s{0,9}charset\s{0,9}=\s{0,9}"?([a-z0-9-]{2,16})/i.exec(value)?.[1]?.toLowerCase();
  return charset && /^(?:utf-?8|utf-16|us-ascii|iso-8859-\d{1,2}|windows-125\d)$/.test(charset)
    ? `${type}; charset=${charset}`
    : type;
}

const link: HeaderRule = (value, redaction) =>
  value
    .split(",", 20)
    .flatMap((item) => {
      const found = /^\s*<([^<>]{0,4000})>(.*)$/s.exec(item);
      if (!found) return [];
      const rel = /\brel\s{0,9}=\s{0,9}"?([^";]{1,200})/i.exec(found[2] ?? "")?.[1] ?? "";
      return [
        `<${printUrl(redactUrl(found[1] ?? "", redaction))}>${rel === "" ? "" : `; rel="${redactRelation(rel, redaction)}"`}`,
      ];
    })
    .join(", ");

const redactRelation = (rel: string, redaction: Redaction): string =>
  rel
    .split(" ")
    .map((one) =>
      isAbsolute(one) && !isRelation(one) ? printUrl(redactUrl(one, redaction)) : wordOrMeasure(one, redaction),
    )
    .join(" ");

/** Relation types of OAuth are addresses with a fragment (`http://oauth.net/core/2.1/#registration`). */
const isRelation = (rel: string): boolean =>
  /^https?:\/\/[\w./-]{1,80}#[a-z-]{1,40}$/.test(rel) && isOrdinary(rel.replace("#", "/"));

const refresh: HeaderRule = (value, redaction) => {
  const found = /^\s{0,9}(\d{1,5})(?:\s{0,9}[;,]\s{0,9}(?:url\s{0,9}=\s{0,9})?["']?([^"']{1,4000}))?/i.exec(value);
  if (!found || !isDuration(found[1] ?? "")) return undefined;
  return found[2] === undefined ? (found[1] ?? "") : `${found[1]}; url=${printUrl(redactUrl(found[2], redaction))}`;
};

const responseRules: Readonly<Record<string, HeaderRule>> = {
  "content-type": mimeType,
  "cache-control": cacheDirectives,
  pragma: words,
  age: (value) => (isDuration(value) ? value : undefined),
  date: keptIf(httpDate),
  expires: (value) => (httpDate.test(value) || value === "0" || value === "-1" ? value : undefined),
  "retry-after": (value) => (isDuration(value) || httpDate.test(value) ? value : undefined),
  "www-authenticate": redactChallenge,
  link,
  refresh,
  server: words,
  "x-powered-by": words,
  via: words,
  allow: words,
  "access-control-allow-origin": origin,
  "access-control-allow-methods": words,
  "access-control-allow-headers": words,
  "access-control-allow-credentials": keptIf(/^(?:true|false)$/i),
  "access-control-expose-headers": words,
  "x-frame-options": words,
  "referrer-policy": words,
  "cross-origin-opener-policy": words,
  "cf-mitigated": words,
  ratelimit: directives,
  "ratelimit-policy": directives,
  "ratelimit-limit": keptIf(/^(?:\d{1,3}|\d{1,3}[05]00)$/),
  "ratelimit-remaining": keptIf(/^(?:\d{1,3}|\d{1,3}[05]00)$/),
  "ratelimit-reset": keptIf(/^(?:\d{1,3}|\d{1,3}[05]00)$/),
  "mcp-protocol-version": words,
};

const requestRules: Readonly<Record<string, HeaderRule>> = {
  accept: words,
  "content-type": mimeType,
  origin,
  "sec-fetch-mode": words,
  "sec-fetch-site": words,
  "sec-fetch-dest": words,
  "access-control-request-method": words,
  "access-control-request-headers": words,
  "mcp-protocol-version": words,
  authorization: authorizationScheme,
  "proxy-authorization": authorizationScheme,
  cookie: (value, redaction) =>
    value
      .split(";", 60)
      .map((pair) => redactCookieName(pair.split("=", 1)[0]?.trim() ?? "", redaction))
      .join("; "),
};

/** Headers by which `lib/servers` knows a product: kept as the part that it looks for. */
const productHeaders: ReadonlyMap<string, readonly string[]> = new Map(
  servers
    .flatMap((server) => server.fingerprints)
    .filter((print) => print.in === "header")
    .map((print) => print.name.toLowerCase())
    .map((name) => [name, partsOf(name)] as const),
);

function partsOf(name: string): string[] {
  return servers
    .flatMap((server) => server.fingerprints)
    .flatMap((print) => (print.in === "header" && print.name.toLowerCase() === name ? (print.includes ?? []) : []));
}

function authorizationScheme(value: string, redaction: Redaction): string {
  const [scheme = "", ...credentials] = value.trim().split(" ");
  if (credentials.length > 0) redaction.replaced(credentials.join(" "));
  if (/^(?:basic|bearer|dpop|digest|negotiate|mac|token|hoba|mutual|vapid)$/i.test(scheme)) return scheme;
  redaction.replaced(scheme);
  return placeholderFor(scheme);
}

function redactListedHeaders(
  headers: readonly RawHeader[],
  rules: Readonly<Record<string, HeaderRule>>,
  redaction: Redaction,
): Parameter[] {
  const kept: Parameter[] = [];
  for (const header of headers.slice(0, 200)) {
    const name = header.name.toLowerCase();
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule && isPlaceholder(header.value)) {
      kept.push({ name, place: "header", value: { kind: "clear", value: header.value } });
      continue;
    }
    const printed = rule?.(header.value.slice(0, longestHeader), redaction);
    if (printed === undefined) continue;
    const value = printed.length > longestHeader ? placeholderFor(printed) : printed;
    redaction.shown(value);
    kept.push({ name, place: "header", value: { kind: "clear", value } });
  }
  return kept;
}

export function redactResponseHeaders(headers: readonly RawHeader[], redaction: Redaction): Parameter[] {
  const kept = redactListedHeaders(headers, responseRules, redaction);
  for (const header of headers.slice(0, 200)) {
    const name = header.name.toLowerCase();
    if (Object.hasOwn(responseRules, name) || name === "set-cookie" || name === "location") continue;
    const parts = productHeaders.get(name);
    if (!parts) continue;
    const lower = header.value.slice(0, longestHeader).toLowerCase();
    const value = parts.find((part) => lower.includes(part.toLowerCase())) ?? "";
    kept.push({ name, place: "header", value: { kind: "clear", value } });
  }
  return kept;
}

/** `isTokenRequest`: the user of Basic credentials is a client then, and a person or an API key elsewhere. */
export function redactRequestHeaders(
  headers: readonly RawHeader[],
  redaction: Redaction,
  isTokenRequest = false,
): Parameter[] {
  const kept = redactListedHeaders(headers, requestRules, redaction);
  for (const header of headers.slice(0, 200)) {
    const name = header.name.toLowerCase();
    if (name === "referer") {
      const url = redactUrl(header.value, redaction);
      kept.push({
        name,
        place: "header",
        value: { kind: "url", url, length: header.value.length, fingerprint: redaction.fingerprint(header.value) },
      });
    } else if (name === "dpop") {
      kept.push(redactParameter({ name, value: header.value, raw: header.value, place: "header" }, redaction));
    } else if (name === "authorization" && isTokenRequest) {
      const clientId = readBasicUser(header.value);
      if (clientId !== undefined)
        kept.push(redactParameter({ name: "client_id", value: clientId, raw: clientId, place: "header" }, redaction));
    }
  }
  return kept;
}

/** The user of Basic credentials; at a token endpoint it is the `client_id` (RFC 6749 §2.3.1). */
function readBasicUser(value: string): string | undefined {
  const credentials = /^basic\s{1,9}([A-Za-z0-9+/_=-]{1,4096})\s*$/i.exec(value)?.[1];
  const text = credentials === undefined ? undefined : parseBase64Text(credentials);
  const colon = text?.indexOf(":") ?? -1;
  const user = text === undefined || colon < 0 ? undefined : decodePercent(text.slice(0, colon));
  return user !== undefined && isClientId(user) ? user : undefined;
}
