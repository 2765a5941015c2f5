import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf, primaryOf } from "@/lib/diagnosis/engine.ts";
import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Parameter, RedactedUrl } from "@/lib/exchange/observation.ts";
import { printLocation } from "@/lib/exchange/print.ts";
import type { LegRole } from "@/lib/trace/flow.ts";
import { toVisibleText } from "./visible-text.ts";

/** Well-formed stand-ins, so that a server gets as far as it did with the real values. RFC 7636 Appendix B. */
const standIns: Readonly<Record<string, string>> = {
  code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
};

/** Legs that anybody may ask again without being signed in; the others need a person's session. */
const repeatable: readonly LegRole[] = [
  "challenge",
  "resource-metadata",
  "server-metadata",
  "client-metadata",
  "registration",
  "pushed-request",
  "authorization-request",
  "token",
  "refresh",
  "resource",
];

/**
 * A shell command that asks again what the headline rests on, with stand-ins for every replaced value; undefined when
 * no such request was seen.
 */
export function buildCurl({ flow, diagnosis }: FlowReport): string | undefined {
  const headline = headlineOf(diagnosis.findings);
  const primary = headline && primaryOf(headline);
  const legs = flow.legs.filter(({ role, exchange }) => repeatable.includes(role) && isWeb(exchange.url));
  const leg =
    legs.find(({ exchange }) => exchange.id === primary?.exchangeId) ??
    legs.find(({ role }) => role === "authorization-request");
  if (!leg) return undefined;
  return ["curl", "--silent", "--show-error", "--include", ...requestOf(leg.exchange)].join(" ");
}

const isWeb = ({ scheme }: RedactedUrl) => scheme === "https" || scheme === "http";

function requestOf({ method, url, requestFields }: Exchange): string[] {
  const address = quoteForShell(writeUrl(url));
  if (method === "GET" || method === "HEAD" || !/^[A-Z]+$/.test(method)) return [address];
  const isJson = requestFields.length > 0 && requestFields.every(({ place }) => place === "json");
  if (isJson) {
    const body = JSON.stringify(membersOf(requestFields));
    return ["--header", "'content-type: application/json'", "--data", quoteForShell(body), address];
  }
  const fields = requestFields.flatMap((field) => [
    "--data-urlencode",
    quoteForShell(`${oneLine(field.name)}=${printStandIn(field)}`),
  ]);
  return [...(fields.length === 0 ? ["--request", method] : []), ...fields, address];
}

function membersOf(fields: readonly Parameter[]): Record<string, string | string[]> {
  const members = new Map<string, string[]>();
  for (const field of fields) members.set(field.name, [...(members.get(field.name) ?? []), printStandIn(field)]);
  return Object.fromEntries(
    [...members].map(([name, values]) => [
      name,
      values.length > 1 || /_uris$|_types$|^contacts$/.test(name) ? values : (values[0] ?? ""),
    ]),
  );
}

function writeUrl(url: RedactedUrl): string {
  const query = url.parameters
    .filter(({ place }) => place === "query")
    .map((parameter) => `${encode(parameter.name)}=${encode(printStandIn(parameter))}`)
    .join("&");
  return oneLine(`${printLocation(url)}${query && `?${query}`}`);
}

function printStandIn(parameter: Parameter): string {
  const { name, value } = parameter;
  if (value.kind === "clear") return oneLine(value.value);
  if (value.kind === "url") return writeUrl(value.url);
  return standIns[name] ?? `example-${oneLine(name).replace(/[^\w-]/g, "-")}`;
}

/** Half a character cannot be encoded. */
const encode = (text: string) => encodeURIComponent(text.toWellFormed());

/** A command is pasted and run: no line breaks, no control characters that a terminal would act on. */
const oneLine = (text: string) => toVisibleText(text.replace(/[\r\n\t]+/g, " "));

/** POSIX: within single quotes nothing is special but the single quote. */
const quoteForShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
