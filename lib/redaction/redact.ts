import type { Observation } from "@/lib/exchange/observation.ts";
import type { RawObservation, RawRequest, RawResponse } from "@/lib/exchange/raw-observation.ts";
import { resolveReference } from "./address.ts";
import { redactRequestBody, redactResponseBody } from "./body.ts";
import { redactCookies } from "./cookies.ts";
import { createFingerprinter, type RedactionKey } from "./fingerprint.ts";
import { createEncodingStarts, createGate, type Gate } from "./gate.ts";
import { redactRequestHeaders, redactResponseHeaders } from "./headers.ts";
import { identify } from "./identity.ts";
import type { UrlMemory } from "./memory.ts";
import { redactPage } from "./page.ts";
import { type HtmlReader, type Redaction, refuseHtml } from "./redaction.ts";
import { isOrdinary, isPurpose, redactMethod } from "./shape.ts";
import { redactOrigin, redactText, redactUrl } from "./url.ts";

export { readStored } from "./stored.ts";

export interface Redactor {
  /** `undefined` when nothing of it could be kept safely; never throws. */
  redact(raw: RawObservation): Observation | undefined;
}

type Unbranded<Value> = Value extends Observation
  ? { [Field in keyof Value as Field extends string ? Field : never]: Value[Field] }
  : never;

const rememberedClients = 256;

/**
 * The only maker of observations from raw input. Each one is searched for every value that was replaced in it and dropped
 * when one is found; `gate` collects the same values for the file made of many observations. Pages as HTML are kept only with
 * a reader for it (`html.ts`): the reader is large, and what the browser shows arrives as text. `urls` saves time where many
 * observations arrive at once.
 */
export function createRedactor(
  key: RedactionKey,
  options: { readonly gate?: Gate; readonly readHtml?: HtmlReader; readonly urls?: UrlMemory } = {},
): Redactor {
  const fingerprint = createFingerprinter(key);
  const clients = new Set<string>();
  const starts = createEncodingStarts();
  return {
    redact(raw) {
      const own = createGate(starts);
      const redaction: Redaction = {
        fingerprint,
        replaced(value) {
          own.replaced(value);
          options.gate?.replaced(value);
        },
        shown(value) {
          own.shown(value);
          options.gate?.shown(value);
        },
        client(clientId) {
          if (clients.size >= rememberedClients) clients.clear();
          clients.add(clientId);
        },
        isShown: (token) => clients.has(token),
        readHtml: options.readHtml ?? refuseHtml,
        ...(options.urls && { urls: options.urls }),
      };
      try {
        const observation = redactObservation(withIds(raw), redaction);
        const isClean = (one: unknown): boolean => own.check(JSON.stringify(one)) === undefined;
        if (isClean(observation)) return observation as Observation;
        // A page's address, status and what it matched say much without its words.
        const bare = withoutWords(observation);
        return isClean(bare) ? (bare as Observation) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/** A client authenticates with its token, revocation, introspection and pushed requests (RFC 6749 §2.3.1). */
function isTokenRequest({ method, body }: RawRequest): boolean {
  if (method.toUpperCase() !== "POST" || body === undefined || body.kind === "unreadable") return false;
  const telling = /^(?:grant_type|token|response_type|request|client_id)$/;
  if (body.kind === "form") return body.fields.some(({ name }) => telling.test(name));
  return body.text
    .slice(0, 65_536)
    .split("&")
    .some((pair) => telling.test(pair.split("=", 1)[0] ?? ""));
}

const withoutWords = (one: Unbranded<Observation>): Unbranded<Observation> =>
  one.kind === "page"
    ? { ...one, title: "", excerpt: "", matches: one.matches.map((match) => ({ ...match, quote: "" })) }
    : one;

function redactObservation(raw: RawObservation, redaction: Redaction): Unbranded<Observation> {
  const base = {
    source: raw.source,
    at: raw.at,
    session: raw.session,
    ...(raw.tabId === undefined ? {} : { tabId: raw.tabId }),
    ...(raw.frameId === undefined ? {} : { frameId: raw.frameId }),
  };
  switch (raw.kind) {
    case "request": {
      const url = redactUrl(raw.url, redaction);
      const method = redactMethod(raw.method);
      return {
        ...base,
        id: identify({ ...raw, method }, url),
        kind: "request",
        requestId: raw.requestId,
        method,
        url,
        type: raw.type,
        ...(raw.initiator === undefined ? {} : { initiator: redactOrigin(raw.initiator, redaction) }),
        ...(raw.headers ? { headers: redactRequestHeaders(raw.headers, redaction, isTokenRequest(raw)) } : {}),
        ...(raw.body ? { body: redactRequestBody(raw.body, redaction) } : {}),
        ...(raw.purpose !== undefined && isPurpose(raw.purpose) ? { purpose: raw.purpose } : {}),
        ...(raw.about === undefined ? {} : { about: redactId(raw.about) }),
      };
    }
    case "response": {
      const url = redactUrl(raw.url, redaction);
      const redirect = findRedirect(raw);
      const cookies = redactCookies(raw.headers, url.host, redaction);
      return {
        ...base,
        id: identify(raw, url),
        kind: "response",
        requestId: raw.requestId,
        url,
        status: raw.status,
        ...(redirect === undefined ? {} : { redirect: redactUrl(redirect, redaction) }),
        headers: redactResponseHeaders(raw.headers, redaction),
        ...(cookies.length > 0 ? { cookies } : {}),
        ...(raw.body ? { body: redactResponseBody(raw.body, raw.url, redaction) } : {}),
        ...(raw.problem === undefined ? {} : { problem: redactText(raw.problem.slice(0, 200), redaction) }),
      };
    }
    case "failure": {
      const url = redactUrl(raw.url, redaction);
      const error = redactText(raw.error.slice(0, 400), redaction);
      return { ...base, id: identify(raw, url), kind: "failure", requestId: raw.requestId, url, error };
    }
    case "navigation": {
      const url = redactUrl(raw.url, redaction);
      return {
        ...base,
        id: identify(raw, url),
        kind: "navigation",
        how: raw.how,
        url,
        ...(raw.documentId === undefined ? {} : { documentId: raw.documentId }),
        ...(raw.transition !== undefined && isOrdinary(raw.transition) ? { transition: raw.transition } : {}),
        ...(raw.qualifiers ? { qualifiers: raw.qualifiers.filter((one) => isOrdinary(one)) } : {}),
        ...(raw.error === undefined ? {} : { error: redactText(raw.error.slice(0, 400), redaction) }),
      };
    }
    case "page": {
      const page = redactPage(raw, redaction);
      return {
        ...base,
        ...page,
        id: identify(raw, page.url),
        kind: "page",
        ...(raw.documentId === undefined ? {} : { documentId: raw.documentId }),
        ...(raw.requestId === undefined ? {} : { requestId: raw.requestId }),
      };
    }
    case "tab":
      return {
        ...base,
        id: identify(raw),
        kind: "tab",
        event: raw.event,
        ...(raw.openerTabId === undefined ? {} : { openerTabId: raw.openerTabId }),
      };
    case "gap":
      return { ...base, id: identify(raw), kind: "gap", reason: raw.reason };
  }
}

/** Ids that adapters make; nothing else may pass as one. */
const redactId = (id: string): string => (/^[\w.:/@#-]{1,300}$/.test(id) ? id : `~${id.length}~`);

/** With clean ids only, before an observation's own id is made of them. */
function withIds(raw: RawObservation): RawObservation {
  return {
    ...raw,
    session: redactId(raw.session),
    ...("requestId" in raw && raw.requestId !== undefined && { requestId: redactId(raw.requestId) }),
    ...("documentId" in raw && raw.documentId !== undefined && { documentId: redactId(raw.documentId) }),
  };
}

/** What the browser resolved, or `Location` against the request; HAR writers drop the fragment from the former. */
function findRedirect(raw: RawResponse): string | undefined {
  const location = raw.headers.find((header) => header.name.toLowerCase() === "location")?.value;
  if (raw.redirectUrl) {
    const hasLostFragment = location?.includes("#") === true && !raw.redirectUrl.includes("#");
    return hasLostFragment ? raw.redirectUrl + location.slice(location.indexOf("#")) : raw.redirectUrl;
  }
  return location === undefined ? undefined : resolveReference(location.trim(), raw.url);
}
