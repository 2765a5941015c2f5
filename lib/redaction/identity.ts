import type { RedactedUrl } from "@/lib/exchange/observation.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { printUrl } from "./address.ts";

/**
 * Id of an observation: the same event gives the same id, whoever delivers it again and under whichever fingerprint key.
 * Hops of one redirect chain share request id and, in imported files, the millisecond; their redacted addresses differ.
 */
export function identify(raw: RawObservation, url?: RedactedUrl): string {
  const scope = [raw.session, raw.kind, ...scopeOf(raw), raw.at];
  return scope.join(":") + (url ? `:${shortHash(printUrl(url))}` : "");
}

function scopeOf(raw: RawObservation): readonly (string | number)[] {
  const tab = `${raw.tabId ?? "-"}.${raw.frameId ?? "-"}`;
  switch (raw.kind) {
    case "request":
      return [raw.requestId, raw.method];
    case "response":
      return [raw.requestId, raw.status];
    case "failure":
      return [raw.requestId];
    case "navigation":
      return [tab, raw.how, raw.documentId ?? "-"];
    case "page":
      return [tab, raw.documentId ?? raw.requestId ?? "-"];
    case "tab":
      return [tab, raw.event];
    case "gap":
      return [tab, raw.reason];
  }
}

/** FNV-1a, 32 bits, of public text: tells hops apart, protects nothing. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
