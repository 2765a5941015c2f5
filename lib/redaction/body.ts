import type { Parameter, RedactedBody } from "@/lib/exchange/observation.ts";
import type { RawBody, RawHeader } from "@/lib/exchange/raw-observation.ts";
import { type MemberKind, metadataMembers } from "@/lib/oauth/metadata-members.ts";
import { findBodyField, isAlgorithm, isClientId } from "@/lib/oauth/parameters.ts";
import { isAbsolute, printUrl } from "./address.ts";
import { decodePercent } from "./decode.ts";
import { readMimeType } from "./headers.ts";
import type { Redaction } from "./redaction.ts";
import { isIdentifier, isNamed, isOrdinary, isPlaceholder, isUuid, placeholderFor } from "./shape.ts";
import { redactParameter, redactText, redactUrl } from "./url.ts";

const longestBody = 1_048_576;
const deepest = 64;
const mostMembers = 200;

export interface RedactedFields {
  readonly mimeType?: string;
  readonly fields: Parameter[];
  readonly omitted: number;
}

/** Listed fields of a request body. An unlisted one may be a password: it is counted, neither name nor value is kept. */
export function redactRequestBody(body: RawBody, redaction: Redaction): RedactedFields {
  if (body.kind === "unreadable") {
    const mimeType = readMimeType(body.mimeType ?? "");
    return { ...(mimeType ? { mimeType } : {}), fields: [], omitted: 0 };
  }
  if (body.kind === "form") return redactForm(body.fields, "application/x-www-form-urlencoded", redaction);
  const mimeType = readMimeType(body.mimeType) ?? "text/plain";
  if (mimeType.startsWith("application/x-www-form-urlencoded"))
    return redactForm(parseForm(body.text), mimeType, redaction);
  const record = parseObject(body.text);
  if (typeof record === "string") return { mimeType, fields: [], omitted: body.text === "" ? 0 : 1 };
  const listed = Object.entries(record).filter(([name]) => findBodyField(name));
  for (const [name, value] of Object.entries(record))
    if (typeof value === "string" && !findBodyField(name)) redaction.replaced(value);
  const fields = listed.slice(0, mostMembers).flatMap(([name, value]) => redactMember(name, value, redaction) ?? []);
  return { mimeType, fields, omitted: Object.keys(record).length - listed.length };
}

function redactForm(all: readonly RawHeader[], mimeType: string, redaction: Redaction): RedactedFields {
  const listed = all.filter((field) => findBodyField(field.name));
  const fields = listed
    .slice(0, mostMembers)
    .map(({ name, value }) => redactParameter({ name, value, raw: value, place: "form" }, redaction));
  for (const field of all) if (!findBodyField(field.name)) redaction.replaced(field.value);
  return { mimeType, fields, omitted: all.length - fields.length };
}

const parseForm = (text: string): RawHeader[] =>
  text.split("&", 1_000).flatMap((pair) => {
    if (pair === "") return [];
    const equals = pair.indexOf("=");
    const decode = (part: string): string => decodePercent(part.replaceAll("+", " "));
    return [
      {
        name: decode(equals < 0 ? pair : pair.slice(0, equals)),
        value: equals < 0 ? "" : decode(pair.slice(equals + 1)),
      },
    ];
  });

/** A JSON object, or why the text is none. */
export function parseObject(
  text: string,
): Record<string, unknown> | "empty" | "too-large" | "html" | "not-json" | "not-an-object" {
  const trimmed = text.trim();
  if (trimmed === "") return "empty";
  if (text.length > longestBody) return "too-large";
  if (trimmed.startsWith("<")) return "html";
  try {
    const value: unknown = JSON.parse(trimmed.replace(/^\uFEFF/, ""));
    return isRecord(value) ? value : "not-an-object";
  } catch {
    return "not-json";
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A top-level member; arrays of simple values as a repeated parameter, objects only as their presence. */
function redactMember(name: string, value: unknown, redaction: Redaction): Parameter[] | undefined {
  if (Array.isArray(value))
    return value
      .slice(0, 100)
      .flatMap((item) => (Array.isArray(item) ? [] : (redactMember(name, item, redaction) ?? [])));
  if (value === null || value === undefined) return undefined;
  if (typeof value === "object") return undefined;
  const text = String(value);
  return [redactParameter({ name, value: text, raw: text, place: "json" }, redaction)];
}

/** An answer's body: a public metadata document, the members of a token, registration or error answer, or why neither. */
export function redactResponseBody(
  body: { readonly mimeType: string; readonly text: string },
  url: string,
  redaction: Redaction,
): RedactedBody {
  const mimeType = readMimeType(body.mimeType) ?? "";
  const { text } = body;
  if (mimeType.startsWith("application/x-www-form-urlencoded")) {
    const fields = parseForm(text.slice(0, longestBody)).slice(0, mostMembers);
    return {
      kind: "fields",
      mimeType,
      fields: fields.map((field) => redactParameter({ ...field, raw: field.value, place: "form" }, redaction)),
    };
  }
  const record = parseObject(text);
  if (typeof record === "string") return { kind: "other", mimeType, length: text.length, problem: record };
  if (isDocument(record, url)) {
    const { document, omitted } = redactDocument(record, redaction);
    return { kind: "document", mimeType, document, omitted, length: text.length, bytes: redaction.fingerprint(text) };
  }
  const fields = Object.entries(record)
    .slice(0, mostMembers)
    .flatMap(([name, value]) => redactMember(name, value, redaction) ?? []);
  return { kind: "fields", mimeType, fields };
}

/** By its address (RFC 8615) or by members that only metadata has; an answer with a secret in it is no document. */
function isDocument(record: Readonly<Record<string, unknown>>, url: string): boolean {
  const has = (name: string): boolean => Object.hasOwn(record, name);
  if (["access_token", "refresh_token", "id_token", "client_secret", "registration_access_token", "error"].some(has))
    return false;
  if (url.includes("/.well-known/")) return true;
  if (has("issuer") && (has("authorization_endpoint") || has("token_endpoint") || has("jwks_uri"))) return true;
  if (has("resource") && has("authorization_servers")) return true;
  return has("redirect_uris") && typeof record.client_id === "string" && isAbsolute(record.client_id);
}

/** Listed members of a metadata document in clear, the names of the others. */
export function redactDocument(
  record: Readonly<Record<string, unknown>>,
  redaction: Redaction,
): { readonly document: Record<string, unknown>; readonly omitted: string[] } {
  const document: Record<string, unknown> = {};
  const omitted: string[] = [];
  for (const [name, value] of Object.entries(record).slice(0, mostMembers)) {
    const kind = metadataMembers.get(name);
    const kept = kind === undefined ? undefined : redactDocumentValue(kind, value, redaction);
    if (kept !== undefined) document[name] = kept;
    else omitted.push(isIdentifier(name) ? name : placeholderFor(name));
  }
  return { document, omitted };
}

function redactDocumentValue(kind: MemberKind, value: unknown, redaction: Redaction): unknown {
  if (Array.isArray(value))
    return value
      .slice(0, 500)
      .map((item) => (Array.isArray(item) ? null : (redactDocumentValue(kind, item, redaction) ?? null)));
  // A wrong type is what a finding will be about: say the type, keep nothing of an object.
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) && Math.abs(value) < 10_000 ? value : null;
  if (typeof value !== "string") return typeof value === "object" && depthOf(value) <= deepest ? {} : null;
  const kept = redactDocumentText(kind, value, redaction);
  redaction.shown(kept);
  return kept;
}

function redactDocumentText(kind: MemberKind, value: string, redaction: Redaction): string {
  switch (kind) {
    case "url":
    case "urls":
      return printUrl(redactUrl(value, redaction));
    case "client-id":
      return isAbsolute(value)
        ? printUrl(redactUrl(value, redaction))
        : isClientId(value)
          ? value
          : placeholderFor(value);
    case "text":
      return redactText(value.slice(0, 300), redaction);
    case "flag":
    case "words":
      return redactWords(value.slice(0, 2_000), redaction);
  }
}

/** Scopes, algorithms and method names: `mcp:tools`, `A256GCM`, `urn:ietf:params:oauth:grant-type:jwt-bearer`. */
function redactWords(value: string, redaction: Redaction): string {
  const words = value.split(" ");
  // Scopes and methods are one word each; more of them, with a number or one that is none of ours, are a phrase.
  const isPhrase = words.length > 1 && words.some((word) => /^\d+$/.test(word) || !isNamed(word));
  return words
    .map((word) => {
      const isPublic = word === "" || isPlaceholder(word) || isAlgorithm(word) || isOrdinary(word);
      if (isPublic && (!isPhrase || word === "")) return word;
      if (word.startsWith("urn:")) return printUrl(redactUrl(word, redaction));
      if (isAbsolute(word)) return printUrl(redactUrl(word, redaction));
      if (isUuid(word.slice(0, 36)))
        return `${placeholderFor(word.slice(0, 36))}${isOrdinary(word.slice(37)) ? word.slice(36) : ""}`;
      redaction.replaced(word);
      return placeholderFor(word);
    })
    .join(" ");
}

/** Nesting of a JSON value, walked without recursion: hostile documents nest deeper than the stack. */
function depthOf(value: object): number {
  let depth = 0;
  let level: object[] = [value];
  while (level.length > 0 && depth <= deepest) {
    depth += 1;
    level = level.flatMap((one) =>
      Object.values(one).filter((child): child is object => typeof child === "object" && child !== null),
    );
  }
  return depth;
}
