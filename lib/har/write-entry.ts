import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Observation, Parameter, RedactedUrl } from "@/lib/exchange/observation.ts";
import { type PrintParameter, printLocation } from "@/lib/exchange/print.ts";
import { formatTime } from "@/lib/exchange/time.ts";
import type { LegRole } from "@/lib/trace/flow.ts";

interface Pair {
  readonly name: string;
  readonly value: string;
}

/** An entry with every member that some importer insists on (HAR 1.2 §entries, and what Chromium and Firefox read). */
export interface WrittenEntry {
  readonly pageref: string;
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly headers: readonly Pair[];
    readonly queryString: readonly Pair[];
    readonly cookies: readonly Pair[];
    readonly headersSize: -1;
    readonly bodySize: -1;
    readonly postData?: { readonly mimeType: string; readonly text: string };
  };
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly headers: readonly Pair[];
    readonly cookies: readonly Pair[];
    readonly content: { readonly size: number; readonly mimeType: string; readonly text: string };
    readonly redirectURL: string;
    readonly headersSize: -1;
    readonly bodySize: -1;
    readonly _error?: string;
  };
  readonly cache: Record<string, never>;
  readonly timings: { readonly send: 0; readonly wait: number; readonly receive: 0 };
  readonly _resourceType: "document" | "xhr";
  readonly _hopscope: {
    readonly flow?: string;
    readonly role?: LegRole;
    /** Ids of the findings that rest on this entry. */
    readonly findings: readonly string[];
    readonly observations: readonly Observation[];
  };
}

export interface EntryContext {
  readonly page: string;
  readonly print: PrintParameter;
  /** The redirect's target is an entry of the file; some importers cannot read a `redirectURL` that points nowhere. */
  readonly isRedirectListed: boolean;
  readonly own: WrittenEntry["_hopscope"];
}

/** Not stored: the protocol version makes no difference to an authorization attempt. */
const httpVersion = "HTTP/1.1";

export function writeEntry(exchange: Exchange, { page, print, isRedirectListed, own }: EntryContext): WrittenEntry {
  const time = Math.max(0, exchange.endedAt - exchange.startedAt);
  const postData = writePost(exchange.requestFields, print);
  const content = writeContent(exchange, print);
  return {
    pageref: page,
    startedDateTime: formatTime(exchange.startedAt),
    time,
    request: {
      method: exchange.method,
      url: writeUrl(exchange.url, print),
      httpVersion,
      headers: exchange.requestHeaders.map((header) => writePair(header, print)),
      queryString: exchange.url.parameters
        .filter(({ place }) => place === "query")
        .map((parameter) => writePair(parameter, print)),
      cookies: [],
      headersSize: -1,
      bodySize: -1,
      ...(postData && { postData }),
    },
    response: {
      status: exchange.status ?? 0,
      statusText: "",
      httpVersion,
      headers: writeResponseHeaders(exchange, print),
      cookies: exchange.cookies.map(({ name }) => ({ name, value: "redacted" })),
      content: { size: content.text.length, ...content },
      redirectURL: isRedirectListed && exchange.redirect ? writeUrl(exchange.redirect, print) : "",
      headersSize: -1,
      bodySize: -1,
      ...(exchange.error !== undefined && { _error: exchange.error }),
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    _resourceType: exchange.type === "fetch" ? "xhr" : "document",
    _hopscope: own,
  };
}

/** A replaced value as one word, safe wherever a value may stand: `state-1-43-characters-base64url`. */
function writeValue(parameter: Parameter, print: PrintParameter): string {
  switch (parameter.value.kind) {
    case "clear":
      return parameter.value.value;
    case "url":
      return writeUrl(parameter.value.url, print);
    case "secret":
      return print(parameter)
        .replace(/[^\w.-]+/g, "-")
        .replace(/^-|-$/g, "");
  }
}

const writePair = (parameter: Parameter, print: PrintParameter): Pair => ({
  name: parameter.name,
  value: writeValue(parameter, print),
});

/** Half a character cannot be encoded. */
const encode = (text: string) => encodeURIComponent(text.toWellFormed());

function writeUrl(url: RedactedUrl, print: PrintParameter): string {
  const list = (place: Parameter["place"]) =>
    url.parameters
      .filter((parameter) => parameter.place === place)
      .map((parameter) => `${encode(parameter.name)}=${encode(writeValue(parameter, print))}`)
      .join("&");
  const query = list("query");
  const fragment = list("fragment");
  return `${printLocation(url)}${query && `?${query}`}${fragment && `#${fragment}`}`;
}

function writeResponseHeaders({ headers, cookies, redirect }: Exchange, print: PrintParameter): Pair[] {
  const written = headers.map((header) => writePair(header, print));
  const hasLocation = written.some(({ name }) => name.toLowerCase() === "location");
  return [
    ...written,
    ...(redirect && !hasLocation ? [{ name: "location", value: writeUrl(redirect, print) }] : []),
    ...cookies.map(({ name, attributes }) => ({
      name: "set-cookie",
      value: [`${name}=redacted`, ...attributes].join("; "),
    })),
  ];
}

function writePost(fields: readonly Parameter[], print: PrintParameter): WrittenEntry["request"]["postData"] {
  if (fields.length === 0) return undefined;
  if (fields.every(({ place }) => place === "json"))
    return { mimeType: "application/json", text: writeJson(fields, print) };
  const text = fields.map((field) => {
    const { name, value } = writePair(field, print);
    return `${encode(name)}=${encode(value)}`;
  });
  return { mimeType: "application/x-www-form-urlencoded", text: text.join("&") };
}

function writeContent({ body, page }: Exchange, print: PrintParameter): { mimeType: string; text: string } {
  if (page) {
    const mimeType = page.contentType ?? "text/html";
    const isHtml = /html|xml/i.test(mimeType);
    return { mimeType, text: isHtml ? writePage(page.title, page.excerpt) : page.excerpt };
  }
  switch (body?.kind) {
    case "fields":
      return { mimeType: body.mimeType, text: writeJson(body.fields, print) };
    case "document":
      return { mimeType: body.mimeType, text: JSON.stringify(body.document, null, 2) };
    case "other":
      return { mimeType: body.mimeType, text: "" };
    case undefined:
      // Importers show an absent text as the word "undefined".
      return { mimeType: "x-unknown", text: "" };
  }
}

const writePage = (title: string, text: string) =>
  `<!doctype html>\n<title>${escapeHtml(title)}</title>\n<pre>${escapeHtml(text)}</pre>\n`;

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Repeated names are the elements of an array. */
function writeJson(fields: readonly Parameter[], print: PrintParameter): string {
  const members = new Map<string, string[]>();
  for (const field of fields) {
    const { name, value } = writePair(field, print);
    members.set(name, [...(members.get(name) ?? []), value]);
  }
  return JSON.stringify(
    Object.fromEntries([...members].map(([name, values]) => [name, values.length === 1 ? values[0] : values])),
    null,
    2,
  );
}
