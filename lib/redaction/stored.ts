import {
  type Observation,
  observationSchema,
  type Parameter,
  type RedactedBody,
  type RedactedUrl,
  type RedactedValue,
} from "@/lib/exchange/observation.ts";
import { gapReasons } from "@/lib/exchange/raw-observation.ts";
import { findBodyField, isClientId } from "@/lib/oauth/parameters.ts";
import { printAddress } from "./address.ts";
import { redactDocument } from "./body.ts";
import { redactAttribute, redactCookieName } from "./cookies.ts";
import { readMimeType, redactRequestHeaders, redactResponseHeaders } from "./headers.ts";
import { rereadClaims } from "./jwt.ts";
import { type Redaction, refuseHtml } from "./redaction.ts";
import {
  charsetOf,
  isIdentifier,
  isOrdinary,
  isPlaceholder,
  isPurpose,
  placeholderFor,
  redactMethod,
} from "./shape.ts";
import { literalsIn } from "./templates.ts";
import { redactName, redactOrigin, redactParameter, redactText, redactUrl } from "./url.ts";

const deepest = 6;
type Plain = Observation extends infer One ? (One extends unknown ? Omit<One, never> : never) : never;
type Headers = (headers: readonly { name: string; value: string }[], redaction: Redaction) => Parameter[];

/**
 * An observation read back from storage, a message or an imported file, all of which may be hostile or of another version:
 * `undefined` when it has not the shape. Every clear value passes its allow-list again; one that does not is measured.
 */
export function readStored(value: unknown): Observation | undefined {
  try {
    const parsed = observationSchema.safeParse(value);
    if (!parsed.success || !hasCleanIds(parsed.data as Observation)) return undefined;
    return reread(parsed.data as Observation) as Observation;
  } catch {
    return undefined;
  }
}

const ids = /^[\w.:/@#~-]{0,400}$/;
const hasCleanIds = (one: Observation): boolean =>
  [
    one.id,
    one.session,
    "requestId" in one ? one.requestId : undefined,
    "documentId" in one ? one.documentId : undefined,
  ].every((id) => id === undefined || ids.test(id));

function redactionFor(clientIds: readonly string[]): Redaction {
  const shown = new Set(clientIds);
  return {
    // Nothing that is measured anew can be compared: the values it stood for are gone.
    fingerprint: () => "none.AAAAAAAAAAA",
    replaced: () => {},
    shown: () => {},
    client: (clientId) => shown.add(clientId),
    isShown: (token) => shown.has(token),
    readHtml: refuseHtml,
  };
}

function rereadFields(body: { readonly fields: readonly Parameter[]; readonly omitted: number }, redaction: Redaction) {
  const fields = body.fields.filter(({ name }) => findBodyField(name));
  return { fields: rereadParameters(fields, redaction), omitted: body.omitted + body.fields.length - fields.length };
}

function reread(one: Observation): Plain {
  const redaction = redactionFor(one.kind === "page" ? (one.clientIds ?? []).filter(isClientId) : []);
  const text = (value: string): string => {
    const literals = literalsIn(value);
    return redactText(value, { ...redaction, isShown: (token) => literals.has(token) || redaction.isShown(token) });
  };
  switch (one.kind) {
    case "request":
      return {
        ...one,
        method: redactMethod(one.method),
        url: rereadUrl(one.url, redaction),
        ...(one.initiator === undefined ? {} : { initiator: redactOrigin(one.initiator, redaction) }),
        ...(one.headers ? { headers: rereadHeaders(one.headers, redactRequestHeaders, redaction) } : {}),
        ...(one.body
          ? {
              body: {
                ...(one.body.mimeType === undefined ? {} : { mimeType: readMimeType(one.body.mimeType) ?? "" }),
                ...rereadFields(one.body, redaction),
              },
            }
          : {}),
        ...(one.purpose === undefined ? {} : { purpose: isPurpose(one.purpose) ? one.purpose : "" }),
        ...(one.about === undefined ? {} : { about: ids.test(one.about) ? one.about : "" }),
      };
    case "response":
      return {
        ...one,
        url: rereadUrl(one.url, redaction),
        ...(one.redirect ? { redirect: rereadUrl(one.redirect, redaction) } : {}),
        headers: rereadHeaders(one.headers, redactResponseHeaders, redaction),
        ...(one.cookies
          ? {
              cookies: one.cookies.map(({ name, attributes }) => ({
                name: redactCookieName(name, redaction),
                attributes: attributes.flatMap(
                  (attribute) => redactAttribute(attribute, one.url.host, redaction) ?? [],
                ),
              })),
            }
          : {}),
        ...(one.body ? { body: rereadBody(one.body, redaction) } : {}),
        ...(one.problem === undefined ? {} : { problem: text(one.problem) }),
      };
    case "failure":
      return { ...one, url: rereadUrl(one.url, redaction), error: text(one.error) };
    case "navigation":
      return {
        ...one,
        url: rereadUrl(one.url, redaction),
        ...(one.transition === undefined ? {} : { transition: isOrdinary(one.transition) ? one.transition : "" }),
        ...(one.qualifiers ? { qualifiers: one.qualifiers.filter((qualifier) => isOrdinary(qualifier)) } : {}),
        ...(one.error === undefined ? {} : { error: text(one.error) }),
      };
    case "page": {
      const { oauthError, structure } = one;
      return {
        ...one,
        url: rereadUrl(one.url, redaction),
        ...(one.contentType === undefined ? {} : { contentType: readMimeType(one.contentType) ?? "" }),
        title: text(one.title),
        excerpt: text(one.excerpt),
        ...(one.clientIds ? { clientIds: one.clientIds.filter(isClientId) } : {}),
        servers: one.servers.filter((id) => isIdentifier(id)),
        matches: one.matches.map((match) => ({
          ...(match.server === undefined ? {} : { server: isIdentifier(match.server) ? match.server : "" }),
          template: text(match.template),
          means: match.means,
          isDistinctive: match.isDistinctive,
          quote: text(match.quote),
        })),
        ...(oauthError
          ? {
              oauthError: {
                error: text(oauthError.error),
                ...(oauthError.error_description === undefined
                  ? {}
                  : { error_description: text(oauthError.error_description) }),
                ...(oauthError.error_uri === undefined ? {} : { error_uri: text(oauthError.error_uri) }),
              },
            }
          : {}),
        ...(structure
          ? {
              structure: {
                ...structure,
                forms: structure.forms.map(({ method, action }) => ({
                  method: isOrdinary(method) ? method : "get",
                  ...(action ? { action: rereadUrl(action, redaction) } : {}),
                })),
              },
            }
          : {}),
      };
    }
    case "tab":
      return one;
    case "gap":
      return { ...one, reason: isReason(one.reason) ? one.reason : text(one.reason) };
  }
}

/** Another version may have more of them. */
const isReason = (reason: string) => (gapReasons as readonly string[]).includes(reason) || isOrdinary(reason);

function rereadUrl(url: RedactedUrl, redaction: Redaction, depth = 0): RedactedUrl {
  if (depth > deepest) throw new RangeError("nested too deep");
  const { scheme, host, path } = redactUrl(printAddress(url), redaction);
  return {
    scheme,
    host,
    path,
    ...(url.pathFingerprint === undefined ? {} : { pathFingerprint: url.pathFingerprint }),
    ...(url.hasUserinfo ? { hasUserinfo: true as const } : {}),
    parameters: rereadParameters(url.parameters, redaction, depth),
    ...(url.fragment ? { fragment: { length: url.fragment.length } } : {}),
  };
}

const rereadParameters = (parameters: readonly Parameter[], redaction: Redaction, depth = 0): Parameter[] =>
  parameters.map((parameter) => ({
    name: redactName(parameter.name, redaction),
    place: parameter.place,
    value: rereadValue(parameter, redaction, depth),
  }));

function rereadValue({ name, place, value }: Parameter, redaction: Redaction, depth: number): RedactedValue {
  switch (value.kind) {
    case "clear": {
      const again = redactParameter({ name, value: value.value, raw: value.value, place }, redaction).value;
      return again.kind === "clear" ? again : measure(value.value);
    }
    case "url":
      return { ...value, url: rereadUrl(value.url, redaction, depth + 1) };
    case "secret": {
      const { jwt, ...measured } = value;
      return jwt
        ? { ...measured, jwt: rereadClaims(jwt, (issuer) => printAddress(redactUrl(issuer, redaction))) }
        : measured;
    }
  }
}

const measure = (value: string): RedactedValue => ({ kind: "secret", length: value.length, charset: charsetOf(value) });

function rereadHeaders(headers: readonly Parameter[], redact: Headers, redaction: Redaction): Parameter[] {
  return headers.flatMap((header): Parameter[] => {
    const { name, value } = header;
    if (value.kind !== "clear" || name === "client_id") return rereadParameters([header], redaction);
    const again = redact([{ name, value: value.value }], redaction)[0];
    return again ? [again] : [];
  });
}

function rereadBody(body: RedactedBody, redaction: Redaction): RedactedBody {
  const mimeType = readMimeType(body.mimeType) ?? "";
  switch (body.kind) {
    case "fields":
      return { ...body, mimeType, fields: rereadParameters(body.fields, redaction) };
    case "document": {
      const { document, omitted } = redactDocument(body.document, redaction);
      const names = [...body.omitted, ...omitted].map((name) =>
        isIdentifier(name) || isPlaceholder(name) ? name : placeholderFor(name),
      );
      return { ...body, mimeType, document, omitted: names };
    }
    case "other":
      return { ...body, mimeType, problem: isOrdinary(body.problem) ? body.problem : "" };
  }
}
