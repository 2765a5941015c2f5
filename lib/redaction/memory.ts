import type { RedactedUrl } from "@/lib/exchange/observation.ts";
import type { Redaction } from "./redaction.ts";

/** Redacts an address, or says again what was said of it. */
export type UrlMemory = (
  raw: string,
  redaction: Redaction,
  redact: (raw: string, redaction: Redaction) => RedactedUrl,
) => RedactedUrl;

const remembered = 512;
const longest = 8_192;
type Effect = "replaced" | "shown" | "client";

/** One address comes with its request, answer and page, as the redirect before it and as the referrer after it. */
export function createUrlMemory(): UrlMemory {
  const known = new Map<
    string,
    { readonly url: RedactedUrl; readonly effects: readonly (readonly [Effect, string])[] }
  >();
  return (raw, redaction, redact) => {
    const found = known.get(raw);
    if (found) {
      for (const [effect, value] of found.effects) redaction[effect](value);
      return found.url;
    }
    const effects: (readonly [Effect, string])[] = [];
    const note = (effect: Effect) => (value: string) => {
      effects.push([effect, value]);
      redaction[effect](value);
    };
    let isSettled = true;
    const url = redact(raw, {
      ...redaction,
      replaced: note("replaced"),
      shown: note("shown"),
      client: note("client"),
      isShown(token) {
        // Another time another token may be public.
        isSettled = false;
        return redaction.isShown(token);
      },
    });
    if (isSettled && raw.length <= longest) {
      if (known.size >= remembered) known.clear();
      known.set(raw, { url, effects });
    }
    return url;
  };
}
