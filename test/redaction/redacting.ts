import type { Observation, ObservationOf, Parameter } from "@/lib/exchange/observation.ts";
import type { RawObservation, RawPage, RawRequest, RawResponse } from "@/lib/exchange/raw-observation.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";

export const key = { id: "test", bytes: new Uint8Array(32).fill(9) };
const base = { source: "browser", at: 1_700_000, session: "one", tabId: 3, frameId: 0 } as const;

/** Redacts with a key of its own, so that no test sees what another one made known. */
export function redact(raw: RawObservation): Observation {
  const observation = createRedactor(key, { readHtml }).redact(raw);
  if (!observation) throw new Error("dropped");
  return observation;
}

export const rawRequest = (more: Partial<RawRequest> = {}): RawRequest => ({
  ...base,
  kind: "request",
  requestId: "7",
  method: "GET",
  url: "https://as.example/authorize",
  type: "main_frame",
  ...more,
});
export const rawResponse = (more: Partial<RawResponse> = {}): RawResponse => ({
  ...base,
  kind: "response",
  requestId: "7",
  url: "https://as.example/authorize",
  status: 200,
  headers: [],
  ...more,
});
export const rawPage = (more: Partial<RawPage> = {}): RawPage => ({
  ...base,
  kind: "page",
  url: "https://as.example/authorize",
  ...more,
});

export const redactRequest = (more: Partial<RawRequest>) => redact(rawRequest(more)) as ObservationOf<"request">;
export const redactResponse = (more: Partial<RawResponse>) => redact(rawResponse(more)) as ObservationOf<"response">;
export const redactPage = (more: Partial<RawPage>) => redact(rawPage(more)) as ObservationOf<"page">;
export const redactUrl = (url: string) => redactRequest({ url }).url;

/** The one parameter of a URL with this query. */
export function redactQuery(name: string, value: string): Parameter {
  const [parameter] = redactUrl(`https://as.example/authorize?${name}=${encodeURIComponent(value)}`).parameters;
  if (!parameter) throw new Error("no parameter");
  return parameter;
}

/** A parameter as one string: its value, its address, or its length and charset and whether it can be compared. */
export function summarise({ value }: Parameter): string {
  if (value.kind === "clear") return value.value;
  if (value.kind === "url") return `${value.url.scheme}|${value.url.host}|${value.url.path}`;
  return `${value.length} ${value.charset}${value.fingerprint ? " compared" : ""}`;
}

export const header = (parameters: readonly Parameter[], name: string): string | undefined => {
  const found = parameters.find((parameter) => parameter.name === name);
  return found && summarise(found);
};
