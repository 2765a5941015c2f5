import type { Browser } from "wxt/browser";
import type { RawBody } from "@/lib/exchange/raw-observation.ts";

type Given = Browser.webRequest.OnBeforeRequestDetails["requestBody"];

/** Fields are cut here, before anything else sees them: redaction measures long values, it does not need them whole. */
const fieldLimit = 64 * 1024;
/** A body beyond this size is no token or registration request. */
const bodyLimit = 256 * 1024;

/**
 * Takes the listed fields out of a request body and leaves everything else where it is: the listeners that see these bodies
 * also see passwords. Undefined when there is no body.
 */
export function readBody(given: Given, listed: ReadonlySet<string>): RawBody | undefined {
  if (!given) return undefined;
  const { formData } = given;
  if (formData) return { kind: "form", fields: pickFields((name) => formData[name] ?? [], listed) };
  const text = given.raw && decode(given.raw);
  if (text === undefined) return { kind: "unreadable" };
  if (!text.trimStart().startsWith("{")) {
    const form = new URLSearchParams(text);
    return { kind: "form", fields: pickFields((name) => form.getAll(name), listed) };
  }
  try {
    const record: unknown = JSON.parse(text);
    const members = typeof record === "object" && record !== null ? Object.entries(record) : [];
    const picked = members.filter(([name, value]) => listed.has(name) && isFlat(value));
    return { kind: "text", mimeType: "application/json", text: JSON.stringify(Object.fromEntries(picked)) };
  } catch {
    return { kind: "unreadable", mimeType: "application/json" };
  }
}

const isFlat = (value: unknown): boolean =>
  Array.isArray(value) ? value.every((item) => typeof item !== "object") : typeof value !== "object";

/** Asks for the listed fields alone: the value of any other is not even read. */
function pickFields(valuesOf: (name: string) => readonly unknown[], listed: ReadonlySet<string>) {
  return [...listed].flatMap((name) =>
    valuesOf(name).flatMap((value) => (typeof value === "string" ? [{ name, value: value.slice(0, fieldLimit) }] : [])),
  );
}

/** The bytes as text; undefined when the browser keeps some of them to itself (files, blobs). */
function decode(parts: readonly Browser.webRequest.UploadData[]): string | undefined {
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  for (const { bytes } of parts) {
    const part: unknown = bytes;
    if (!(part instanceof ArrayBuffer)) return undefined;
    size += part.byteLength;
    if (size > bodyLimit) return undefined;
    text += decoder.decode(part, { stream: true });
  }
  return size === 0 ? undefined : text + decoder.decode();
}
