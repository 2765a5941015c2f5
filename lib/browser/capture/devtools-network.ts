import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { members, readEntry } from "@/lib/har/entry.ts";
import { observeEntry } from "@/lib/har/observe.ts";
import { isPageRequest, pageRequestFields } from "./page-requests.ts";

/** An entry of DevTools' network log: HAR without content, and a way to get that. */
export interface NetworkEntry {
  readonly request: { readonly url: string };
  getContent(give: (content: string | null, encoding: string | null) => void): void;
}

/** Characters of one body; a token or metadata answer is far smaller. */
const bodyLimit = 262_144;

export function readContent(entry: NetworkEntry): Promise<{ readonly text: string; readonly encoding: string }> {
  return new Promise((resolve) => {
    entry.getContent((content, encoding) => resolve({ text: content ?? "", encoding: encoding ?? "" }));
  });
}

/**
 * What the entry shows of a token, registration or metadata request that the inspected page made, its answer's body included;
 * nothing for every other entry.
 */
export function observeNetworkEntry(
  entry: unknown,
  content: { readonly text: string; readonly encoding: string },
  place: { readonly tabId: number; readonly session: string },
): readonly RawObservation[] {
  const written = members(entry);
  const response = members(written?.response);
  const read = readEntry(
    { ...written, response: { ...response, content: withText(response?.content, content) } },
    bodyLimit,
  );
  // Preflights ("preflight") and documents, whose text the page itself shows, are not asked for here.
  if (read?.startedAt === undefined || !/^(?:fetch|xhr)$/.test(read.resourceType ?? "")) return [];
  const { startedAt, duration } = read;
  const placed = { entry: read, type: "fetch", chain: 0, tab: place.tabId, frameId: 0, startedAt } as const;
  const observed = observeEntry({ ...placed, endedAt: startedAt + duration }, place.session);
  const [request] = observed;
  if (request?.kind !== "request" || !isPageRequest(request.method, request.url, request.body)) return [];
  // The log has no id that survives reopening DevTools; its times have fractions of a millisecond.
  const requestId = `devtools-${startedAt}-${Math.round(duration * 1000)}`;
  return observed.map((raw) => ({ ...withoutStrangers(raw), requestId, source: "devtools" }) as RawObservation);
}

function withText(content: unknown, { text, encoding }: { readonly text: string; readonly encoding: string }) {
  return { ...members(content), text, ...(encoding !== "" && { encoding }) };
}

/** Of a form, the same fields as live capture takes: a password grant's name and password are not among them. */
function withoutStrangers(raw: RawObservation): RawObservation {
  if (raw.kind !== "request" || raw.body?.kind !== "form") return raw;
  const fields = raw.body.fields.filter(({ name }) => pageRequestFields.has(name));
  return { ...raw, body: { kind: "form", fields } };
}
