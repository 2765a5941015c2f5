import type { Parameter, Place, RedactedUrl, RedactedValue } from "@/lib/exchange/observation.ts";
import { addressCarriers, findParameter, isClientId, type ParameterDefinition } from "@/lib/oauth/parameters.ts";
import { deriveS256Challenge } from "@/lib/oauth/pkce.ts";
import { isAbsolute, parseAddress, printAddress, printUrl } from "./address.ts";
import { decodeLayers, decodePercent, deriveVariants } from "./decode.ts";
import { redactHost, redactScheme } from "./host.ts";
import { redactJwt } from "./jwt.ts";
import { maskNeighbours } from "./neighbours.ts";
import { type Redaction, replaceWhole } from "./redaction.ts";
import { redactScope } from "./scope.ts";
import { announcesPerson, isTenant } from "./segments.ts";
import {
  charsetOf,
  estimateBits,
  isFamiliar,
  isIdentifier,
  isNamed,
  isOrdinary,
  isPlaceholder,
  placeholderFor,
} from "./shape.ts";
import { literalsIn } from "./templates.ts";
import { cutText, maskText } from "./text.ts";

const deepest = 4;
const mostParameters = 400;
const mostSegments = 64;
const longestSegment = 2_048;
const longestText = 2_000;
const enoughBits = 64;

/**
 * Any URL, absolute, relative or of a private-use scheme: scheme, host, port and path as sent, parameters redacted one by
 * one, addresses inside them in turn (4 deep). Never throws; what cannot be read is measured.
 */
export const redactUrl = (raw: string, redaction: Redaction, depth = 0): RedactedUrl =>
  depth === 0 && redaction.urls ? redaction.urls(raw, redaction, readUrl) : readUrl(raw, redaction, depth);

function readUrl(raw: string, redaction: Redaction, depth = 0): RedactedUrl {
  const address = parseAddress(raw.trim());
  const scheme = redactScheme(address.scheme, redaction);
  const host = address.host === undefined ? "" : redactHost(address.host, scheme, redaction);
  // `myapp:///cb` and `myapp:/cb` differ: with an empty host the slashes belong to the path.
  const sentPath = address.host === "" ? `//${address.path}` : address.path;
  const path = redactPath(sentPath, scheme, host, redaction, depth);
  const parameters: Parameter[] = [];
  if (address.query !== undefined) parameters.push(...parseList(address.query, "query", redaction, depth));
  const fragment = address.fragment === undefined ? undefined : redactFragment(address.fragment, redaction, depth);
  if (fragment) parameters.push(...fragment.parameters);
  if (address.userinfo) redaction.replaced(address.userinfo);
  redaction.shown(printAddress({ scheme, host, path }));
  const sent = `${address.scheme}:${address.host === undefined ? "" : "//"}${address.host ?? ""}${address.path}`;
  return {
    scheme,
    host,
    path,
    ...(path !== sentPath ? { pathFingerprint: redaction.fingerprint(sent) } : {}),
    ...(address.userinfo === undefined ? {} : { hasUserinfo: true as const }),
    parameters,
    ...(fragment?.length === undefined ? {} : { fragment: { length: fragment.length } }),
  };
}

/** Scheme, host and port of an `Origin` or initiator. */
export const redactOrigin = (origin: string, redaction: Redaction): string =>
  origin === "null" || origin === "*" ? origin : printAddress({ ...redactUrl(origin, redaction), path: "" });

const opaqueSchemes = new Set(["data", "javascript", "blob", "mailto", "tel", "sms", "view-source", "vbscript"]);

function redactPath(path: string, scheme: string, host: string, redaction: Redaction, depth: number): string {
  if (path === "" || path === "/") return path;
  if (opaqueSchemes.has(scheme)) return replaceWhole(path, redaction);
  const separator = scheme === "urn" ? /([:/])/ : /([/\\])/;
  const parts = path.split(separator, mostSegments * 2 + 1);
  if (parts.length > mostSegments * 2) return replaceWhole(path, redaction);
  const redacted = parts.map((part, index) =>
    index % 2 === 1 || (index === 0 && isPort(part, scheme, host))
      ? part
      : redactSegment(part, parts[index + 2], parts[index - 2], host, redaction, depth),
  );
  maskNeighbours(parts, redacted, scheme === "" && host === "", redaction);
  return redacted.join("");
}

/** `localhost:3000/cb` sent without a scheme: what reads as one is the host (RFC 3986 §3.1). */
const isPort = (segment: string, scheme: string, host: string): boolean =>
  host === "" && (scheme === "localhost" || scheme.includes(".")) && /^\d{2,5}$/.test(segment);

function redactSegment(
  segment: string,
  next: string | undefined,
  before: string | undefined,
  host: string,
  redaction: Redaction,
  depth: number,
): string {
  if (segment.length <= 1 || isPlaceholder(segment)) return segment;
  if (segment.length > longestSegment) return replaceWhole(segment, redaction);
  if (segment.includes(";")) {
    const [first = "", ...matrix] = segment.split(";");
    const kept = matrix.map((one) => redactMatrix(one, redaction));
    return [redactSegment(first, next, before, host, redaction, depth), ...kept].join(";");
  }
  const { text, layers } = decodeLayers(segment);
  if (layers > 0 && /[?#]|:\/\//.test(text)) {
    if (depth >= deepest) return replaceWhole(segment, redaction);
    let nested = printUrl(redactUrl(text, redaction, depth + 1));
    for (let layer = 0; layer < layers; layer += 1) nested = encodeURIComponent(nested.toWellFormed());
    return nested;
  }
  const isPersonal = before !== undefined && announcesPerson(before);
  if (isPersonal ? isFamiliar(text) : isOrdinary(text, { allowShortIds: true })) return segment;
  if (isTenant(text, next, host)) return segment;
  return replaceWhole(segment, redaction);
}

/** Path parameters (RFC 3986 §3.3), which hold session ids. */
function redactMatrix(parameter: string, redaction: Redaction): string {
  const equals = parameter.indexOf("=");
  const name = equals < 0 ? parameter : parameter.slice(0, equals);
  const isName = equals < 0 ? isFamiliar(name) : name === "" || isIdentifier(name);
  const kept = isName ? name : replaceWhole(name, redaction);
  return equals < 0 ? kept : `${kept}=${replaceWhole(parameter.slice(equals + 1), redaction)}`;
}

function parseList(list: string, place: Place, redaction: Redaction, depth: number): Parameter[] {
  const parameters: Parameter[] = [];
  for (const pair of list.split("&", mostParameters)) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodePercent((equals < 0 ? pair : pair.slice(0, equals)).replaceAll("+", " "));
    const raw = equals < 0 ? "" : pair.slice(equals + 1);
    const sent = { name, value: decodePercent(raw.replaceAll("+", " ")), raw, place };
    const parameter = redactParameter(sent, redaction, depth);
    // Without a value, what stands there may be one.
    const isSure = equals >= 0 || isFamiliar(name) || findParameter(name) !== undefined;
    parameters.push(isSure ? parameter : { ...parameter, name: replaceWhole(name, redaction) });
  }
  return parameters;
}

/** Hash routers put a path before the parameters: `#/callback?code=…`. */
function redactFragment(
  fragment: string,
  redaction: Redaction,
  depth: number,
): { readonly parameters: readonly Parameter[]; readonly length?: number } {
  const mark = fragment.indexOf("?");
  const isRouted = mark >= 0 && !fragment.slice(0, mark).includes("=");
  const list = isRouted ? fragment.slice(mark + 1) : fragment;
  if (!list.includes("=")) {
    if (isPlaceholder(fragment)) return { parameters: [], length: Number(fragment.slice(1, fragment.indexOf("."))) };
    if (!isOrdinary(fragment)) redaction.replaced(fragment);
    return { parameters: [], length: fragment.length };
  }
  const parameters = parseList(list, "fragment", redaction, depth);
  return isRouted ? { parameters, length: mark } : { parameters };
}

interface SentParameter {
  readonly name: string;
  /** Decoded. */
  readonly value: string;
  /** As it stood in the message. */
  readonly raw: string;
  readonly place: Place;
}

export function redactName(name: string, redaction: Redaction): string {
  if (isIdentifier(name) || isPlaceholder(name) || findParameter(name)) return name;
  if (name !== "") redaction.replaced(name);
  return placeholderFor(name);
}

export function redactParameter(sent: SentParameter, redaction: Redaction, depth = 0): Parameter {
  // Measured already, in a file of ours that is read again.
  if (isPlaceholder(sent.value))
    return { name: redactName(sent.name, redaction), place: sent.place, value: { kind: "clear", value: sent.value } };
  const definition = findParameter(sent.name);
  const value = definition ? redactListed(definition, sent, redaction, depth) : redactUnlisted(sent, redaction, depth);
  return { name: redactName(sent.name, redaction), place: sent.place, value };
}

function redactListed(
  definition: ParameterDefinition,
  sent: SentParameter,
  redaction: Redaction,
  depth: number,
): RedactedValue {
  const { value } = sent;
  switch (definition.sensitivity) {
    case "public":
      if (definition.isList) return clear(redactScope(value, redaction), redaction);
      if (definition.name === "client_id") return redactClientId(value, redaction, depth);
      if (
        value === "" ||
        (definition.isValid?.(value) && (!isErrorName(definition.name) || (isOrdinary(value) && isNamed(value))))
      )
        return clear(value, redaction);
      return replace(definition, sent, redaction);
    case "url":
      if (value === "" || isPlainName(definition.name, value)) return clear(value, redaction);
      // One word in the place of an address is no address.
      if (depth >= deepest || /^[\p{L}\p{N}_-]+$/u.test(value)) return replace(definition, sent, redaction);
      return redactAddress(value, value, redaction, depth);
    case "free-text":
      return clear(redactMessage(value, redaction), redaction);
    case "personal":
    case "secret":
      return replace(definition, sent, redaction);
  }
}

/** Error codes are words of any server's choice, so the grammar alone does not tell them from a token. */
const isErrorName = (name: string): boolean => /^(?:sub)?error/.test(name);

/** `audience=my-api`: a name where an address may also stand. */
const isPlainName = (name: string, value: string): boolean =>
  /^[\w-]{1,64}$/.test(value) && (name === "audience" ? isOrdinary(value) : isFamiliar(value));

const unlisted = { name: "", comparison: "if-long" } as const;

function redactUnlisted(sent: SentParameter, redaction: Redaction, depth: number): RedactedValue {
  const { text } = decodeLayers(sent.value);
  const isAddress = isAbsolute(text) || (addressCarriers.has(sent.name) && /^\/(?!\/)/.test(text));
  if (isAddress && depth < deepest) return redactAddress(text, sent.value, redaction, depth);
  return replace(unlisted, sent, redaction);
}

function redactAddress(address: string, sent: string, redaction: Redaction, depth: number): RedactedValue {
  const url = redactUrl(address, redaction, depth + 1);
  return { kind: "url", url, length: sent.length, fingerprint: redaction.fingerprint(sent) };
}

/** `client_id` is public (RFC 6749 §2.2) and evidence for every finding; one that is a URL may carry parameters. */
function redactClientId(value: string, redaction: Redaction, depth: number): RedactedValue {
  const isCarrier = isAbsolute(value) && /[?#@]/.test(value);
  const shown = isCarrier && isClientId(value) ? printUrl(redactUrl(value, redaction, depth + 1)) : value;
  if (!isClientId(shown)) return replace(unlisted, { name: "client_id", value, raw: value, place: "query" }, redaction);
  redaction.client(shown.trim());
  return clear(shown, redaction);
}

/** A server's message: as `redactText`, with the words of the message templates that it matches. */
export function redactMessage(text: string, redaction: Redaction): string {
  const cut = cutText(text, longestText);
  const literals = literalsIn(cut);
  const isShown = (token: string): boolean => literals.has(token) || redaction.isShown(token);
  return cutText(redactText(cut, { ...redaction, isShown }), longestText);
}

/** Masked text in which addresses keep what is public of them. */
export const redactText = (text: string, redaction: Redaction): string =>
  maskText(text, {
    maskUrl: (raw) => printInText(raw, redaction),
    isShown: redaction.isShown,
    replaced: redaction.replaced,
  });

/** A fragment that reads as a heading stays (`…/rfc6749#section-5.2`); an address in its own field has no room for it. */
function printInText(raw: string, redaction: Redaction): string {
  const printed = printUrl(redactUrl(raw, redaction, deepest - 1));
  const heading = /#([a-z][a-z0-9._-]{1,60})$/i.exec(raw)?.[1];
  return heading !== undefined && isOrdinary(heading) ? printed.replace(/#~\d+\.text~$/, `#${heading}`) : printed;
}

function clear(value: string, redaction: Redaction): RedactedValue {
  redaction.shown(value);
  return { kind: "clear", value };
}

function replace(
  definition: Pick<ParameterDefinition, "name" | "comparison">,
  { value, raw }: SentParameter,
  redaction: Redaction,
): RedactedValue {
  redaction.replaced(value);
  const measured = { kind: "secret", length: value.length, charset: charsetOf(value) } as const;
  const isCompared =
    value !== "" &&
    (definition.comparison === "always" || (definition.comparison === "if-long" && estimateBits(value) >= enoughBits));
  if (!isCompared) return measured;
  const jwt = redactJwt(value, redaction, (issuer) => printUrl(redactUrl(issuer, redaction, deepest - 1)));
  const variants = definition.name === "state" ? deriveVariants(value, raw) : [];
  return {
    ...measured,
    fingerprint: redaction.fingerprint(value),
    ...(variants.length > 0
      ? { variants: variants.map(([how, variant]) => ({ how, fingerprint: redaction.fingerprint(variant) })) }
      : {}),
    ...(definition.name === "code_verifier" ? { s256: redaction.fingerprint(deriveS256Challenge(value)) } : {}),
    ...(jwt ? { jwt } : {}),
  };
}
