import type { RawBase, RawBody, RawHeader, RawObservation } from "@/lib/exchange/raw-observation.ts";
import type { PlacedEntry } from "./chains.ts";
import { type HarEntry, isTextual } from "./entry.ts";

/** What the adapters of live traffic would have seen of this entry, secrets inside. `session` names the recording. */
export function observeEntry(placed: PlacedEntry, session: string): RawObservation[] {
  const { entry, type, startedAt, endedAt, redirect, initiator } = placed;
  const base = {
    source: "import",
    session,
    tabId: placed.tab,
    frameId: placed.frameId,
  } as const;
  const requestId = `entry-${placed.chain}`;
  const body = bodyOf(entry);
  const observations: RawObservation[] = [
    {
      ...base,
      kind: "request",
      at: startedAt,
      requestId,
      method: entry.method,
      url: entry.url,
      type,
      headers: entry.requestHeaders,
      ...(initiator !== undefined && { initiator }),
      ...(body && { body }),
    },
  ];
  const answered = { ...base, at: endedAt, requestId, url: entry.url } as const;
  // A page's request that CORS blocked has an answer and an error.
  const failure: RawObservation[] =
    entry.error === undefined ? [] : [{ ...answered, kind: "failure", error: entry.error }];
  if (entry.status === undefined) return [...observations, ...failure];
  const isDocument = type !== "fetch" && redirect === undefined;
  const isKept =
    entry.text !== undefined && isTextual(entry.mimeType) && (type === "fetch" || /json/i.test(entry.mimeType));
  observations.push({
    ...answered,
    kind: "response",
    status: entry.status,
    headers: entry.responseHeaders,
    ...(redirect !== undefined && { redirectUrl: redirect }),
    ...(isKept && { body: { mimeType: entry.mimeType, text: entry.text ?? "" } }),
    ...(entry.isTruncated && { problem: "too-large" }),
  });
  if (isDocument) observations.push(...pageOf(entry, answered));
  return [...observations, ...failure];
}

function pageOf(
  entry: HarEntry,
  base: RawBase & { readonly requestId: string; readonly url: string },
): RawObservation[] {
  const { text, mimeType, status } = entry;
  if (!isTextual(mimeType)) return [];
  if (text === undefined) {
    if (!entry.isTextMissing) return [];
    const { requestId: _, url: __, ...where } = base;
    return [{ ...where, kind: "gap", reason: "page-text-unreadable" }];
  }
  const isHtml = /html|xml/i.test(mimeType) || (mimeType === "" && /^\s*</.test(text.slice(0, 256)));
  return [
    {
      ...base,
      kind: "page",
      ...(status !== undefined && { status }),
      contentType: mimeType,
      ...(isHtml ? { html: text } : { text, title: "" }),
      ...(entry.isTruncated && { isTruncated: true }),
    },
  ];
}

function bodyOf({ method, post }: HarEntry): RawBody | undefined {
  if (!post || method === "GET" || method === "HEAD") return undefined;
  const { mimeType, text, fields } = post;
  if (/x-www-form-urlencoded/i.test(mimeType) || (mimeType === "" && fields))
    return { kind: "form", fields: text === undefined ? (fields ?? []) : parseForm(text) };
  if (/^\s*multipart\//i.test(mimeType)) return fields ? { kind: "form", fields } : { kind: "unreadable", mimeType };
  if (text !== undefined && isTextual(mimeType)) return { kind: "text", mimeType, text };
  return { kind: "unreadable", mimeType };
}

const parseForm = (text: string): RawHeader[] =>
  [...new URLSearchParams(text)].slice(0, 500).map(([name, value]) => ({ name, value }));
