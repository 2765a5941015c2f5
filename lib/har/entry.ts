import type { RawHeader } from "@/lib/exchange/raw-observation.ts";
import { parseTime } from "@/lib/exchange/time.ts";

/** What is used of one HAR entry, whoever wrote it; everything else of the input is left behind here. */
export interface HarEntry {
  /** Milliseconds since the epoch; undefined when the file does not say. */
  readonly startedAt?: number;
  /** Milliseconds; 0 when unknown. */
  readonly duration: number;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly RawHeader[];
  readonly post?: { readonly mimeType: string; readonly text?: string; readonly fields?: readonly RawHeader[] };
  /** Absent when there was no answer. */
  readonly status?: number;
  readonly responseHeaders: readonly RawHeader[];
  readonly mimeType: string;
  readonly text?: string;
  readonly isTruncated?: true;
  /** The exporter left the answer's text out although there was one. */
  readonly isTextMissing?: true;
  /** As written: absolute, relative or empty. */
  readonly redirectUrl: string;
  readonly error?: string;
  /** `document`, `xhr`, `fetch`, … as Chromium and Playwright write it. */
  readonly resourceType?: string;
  readonly initiatorUrl?: string;
  readonly page?: string;
  readonly frame?: string;
}

const longestHeader = 65_536;
const mostHeaders = 500;
const mostFields = 500;

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads one element of `log.entries`; undefined when it has no request with an absolute URL. Missing or misshapen parts
 * are left out one by one: no exporter writes all that HAR 1.2 requires. Bodies are cut at `bodyLimit` characters.
 */
export function readEntry(value: unknown, bodyLimit: number): HarEntry | undefined {
  const entry = members(value);
  const request = members(entry?.request);
  const url = text(request?.url);
  if (!entry || !request || !url || !/^[a-z][a-z0-9+.-]*:/i.test(url)) return undefined;
  const response = members(entry.response);
  const startedAt = readTime(entry.startedDateTime);
  const error = readError(entry, response);
  const responseHeaders = readResponseHeaders(response);
  const isAnswered = !isProxyError(response);
  const content = isAnswered ? members(response?.content) : undefined;
  // mitmproxy leaves the type to the header.
  const mimeType = text(content?.mimeType) || (headerOf(responseHeaders, "content-type") ?? "");
  const status = isAnswered ? number(response?.status) : undefined;
  const post = readPost(members(request.postData), bodyLimit);
  const pageref = text(entry.pageref);
  const frame = text(entry._frameref);
  const resourceType = text(entry._resourceType)?.toLowerCase();
  const initiatorUrl = text(members(entry._initiator)?.url);
  return {
    ...(startedAt !== undefined && { startedAt }),
    duration: Math.max(0, number(entry.time) ?? 0),
    method: (text(request.method) ?? "GET").slice(0, 32).toUpperCase(),
    url,
    requestHeaders: readHeaders(request.headers),
    ...(post && { post }),
    // Chromium writes 0, Playwright -1 for requests without an answer.
    ...(status !== undefined && status >= 100 && status <= 999 && { status: Math.trunc(status) }),
    responseHeaders,
    mimeType,
    ...readContent(content, mimeType, bodyLimit),
    redirectUrl: text(response?.redirectURL) ?? "",
    ...(error !== undefined && { error }),
    ...(resourceType && { resourceType }),
    ...(initiatorUrl && { initiatorUrl }),
    ...(pageref && { page: pageref }),
    ...(frame && { frame }),
  };
}

export const headerOf = (headers: readonly RawHeader[], name: string): string | undefined =>
  headers.find((header) => header.name.toLowerCase() === name)?.value;

/** The members of an object. Parsed JSON has no others than its own, and no name read here is one that objects inherit. */
export function members(value: unknown): Members | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function number(value: unknown): number | undefined {
  const read = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? read : undefined;
}

function readTime(value: unknown): number | undefined {
  const found = typeof value === "string" ? parseTime(value) : number(value);
  return found !== undefined && Math.abs(found) < 8.64e15 ? found : undefined;
}

/** Headers as a list of pairs, or, as some tools write them, as an object. */
function readHeaders(value: unknown): RawHeader[] {
  const pairs: readonly unknown[] = Array.isArray(value)
    ? value
    : Object.entries(members(value) ?? {}).map(([name, of]) => ({ name, value: of }));
  const headers: RawHeader[] = [];
  for (const pair of pairs.slice(0, mostHeaders)) {
    const header = members(pair);
    const name = text(header?.name);
    const written = header?.value;
    if (!name || name.startsWith(":")) continue;
    const content = typeof written === "number" ? String(written) : text(written);
    if (content !== undefined) headers.push({ name, value: content.slice(0, longestHeader) });
  }
  return headers;
}

function readResponseHeaders(response: Members | undefined): RawHeader[] {
  const headers = readHeaders(response?.headers).flatMap((header) =>
    // Chromium joins several cookies with line breaks.
    header.name.toLowerCase() === "set-cookie" && header.value.includes("\n")
      ? header.value.split("\n").map((value) => ({ name: header.name, value }))
      : [header],
  );
  if (headerOf(headers, "set-cookie") !== undefined || !Array.isArray(response?.cookies)) return headers;
  return [...headers, ...response.cookies.slice(0, mostHeaders).flatMap(cookieAsHeader)];
}

/** Exporters that list cookies but not the header (Charles, Chromium's own parts): the header they came from. */
function cookieAsHeader(value: unknown): RawHeader[] {
  const cookie = members(value);
  const name = text(cookie?.name);
  if (!cookie || !name) return [];
  const attributes = [
    `${name}=${text(cookie.value) ?? ""}`,
    ...(["path", "domain", "expires", "sameSite"] as const).flatMap((key) => {
      const of = text(cookie[key]);
      return of ? [`${key}=${of}`] : [];
    }),
    ...(cookie.httpOnly === true ? ["HttpOnly"] : []),
    ...(cookie.secure === true ? ["Secure"] : []),
  ];
  return [{ name: "set-cookie", value: attributes.join("; ") }];
}

function readPost(post: Members | undefined, bodyLimit: number): HarEntry["post"] {
  if (!post) return undefined;
  const body = text(post.text);
  const fields = Array.isArray(post.params)
    ? post.params.slice(0, mostFields).flatMap((param) => {
        const field = members(param);
        const name = text(field?.name);
        return name === undefined ? [] : [{ name, value: (text(field?.value) ?? "").slice(0, bodyLimit) }];
      })
    : [];
  return {
    mimeType: text(post.mimeType) ?? "",
    ...(body !== undefined && body !== "" && { text: body.slice(0, bodyLimit) }),
    ...(fields.length > 0 && { fields }),
  };
}

function readContent(
  content: Members | undefined,
  mimeType: string,
  bodyLimit: number,
): Pick<HarEntry, "text" | "isTruncated" | "isTextMissing"> {
  const written = text(content?.text);
  if (written === undefined || written === "") return (number(content?.size) ?? 0) > 0 ? { isTextMissing: true } : {};
  const isBase64 = text(content?.encoding)?.toLowerCase() === "base64";
  const body = isBase64 ? decodeBase64(written.slice(0, Math.ceil(bodyLimit / 3) * 4), mimeType) : written;
  if (body === undefined) return { isTextMissing: true };
  const isTruncated = written.length > (isBase64 ? (bodyLimit * 4) / 3 + 4 : bodyLimit);
  return { text: body.slice(0, bodyLimit), ...(isTruncated && { isTruncated }) };
}

function decodeBase64(written: string, mimeType: string): string | undefined {
  if (!isTextual(mimeType)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(written.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
      character.charCodeAt(0),
    );
    return decoderFor(mimeType).decode(bytes);
  } catch {
    return undefined;
  }
}

function decoderFor(mimeType: string): TextDecoder {
  const charset = /charset=["']?([\w:-]{1,40})/i.exec(mimeType.slice(0, 256))?.[1];
  try {
    return new TextDecoder(charset ?? "utf-8");
  } catch {
    return new TextDecoder();
  }
}

/** Types of documents and of OAuth answers; an absent type may be either. */
export const isTextual = (mimeType: string): boolean =>
  mimeType === "" ||
  /^\s*(?:text\/|application\/(?:[\w.+-]*json|[\w.+-]*xml|x-www-form-urlencoded|jwt))/i.test(mimeType);

/** The network error, under the names that Chromium, Playwright, Safari, mitmproxy and Fiddler write it. */
function readError(entry: Members, response: Members | undefined): string | undefined {
  const written = [response?._error, response?._failureText, entry._failureText, entry._error, response?._errorText];
  for (const value of written) {
    const said = text(value) ?? text(members(value)?.msg) ?? text(members(value)?.message);
    if (said) return errorCodeOf(said.slice(0, 1000));
  }
  return isProxyError(response) ? errorCodeOf(bodyOf(response)) : undefined;
}

const bodyOf = (response: Members | undefined) => text(members(response?.content)?.text)?.slice(0, 1000) ?? "";

/** Fiddler answers in the server's place when it could not reach it. */
const isProxyError = (response: Members | undefined) => bodyOf(response).trimStart().startsWith("[Fiddler]");

const errorCodes: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/refused|Errno 61\b|Errno 111\b|10061/i, "net::ERR_CONNECTION_REFUSED"],
  [/not resolved|getaddrinfo|ENOTFOUND|nodename|name or service|find host|DNS/i, "net::ERR_NAME_NOT_RESOLVED"],
  [/certificate/i, "net::ERR_CERT_INVALID"],
  [/\bssl\b|\btls\b|handshake|secure connection/i, "net::ERR_SSL_PROTOCOL_ERROR"],
  [/timed? ?out|Errno 60\b|Errno 110\b/i, "net::ERR_TIMED_OUT"],
  [/reset/i, "net::ERR_CONNECTION_RESET"],
  [/abort|cancel/i, "net::ERR_ABORTED"],
];

/** The code within the text, or the code that a browser would have given for these words. */
function errorCodeOf(said: string): string {
  const code = /\b(?:net::ERR_[A-Z0-9_]{2,60}|NS_ERROR_[A-Z0-9_]{2,60}|SSL_ERROR_[A-Z0-9_]{2,60})/.exec(said)?.[0];
  return code ?? errorCodes.find(([pattern]) => pattern.test(said))?.[1] ?? "net::ERR_FAILED";
}
