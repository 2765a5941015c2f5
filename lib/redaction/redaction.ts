import type { Fingerprint } from "@/lib/exchange/observation.ts";
import { isPlaceholder, placeholderFor } from "./shape.ts";

/** What the redaction of one observation shares: fingerprints, and the record of what was replaced and what was shown. */
export interface Redaction {
  readonly fingerprint: (value: string) => Fingerprint;
  readonly replaced: (value: string) => void;
  readonly shown: (value: string) => void;
  /** Called with each `client_id`, which texts may then name. */
  readonly client: (clientId: string) => void;
  /** Whether a token of a text is public here. */
  readonly isShown: (token: string) => boolean;
}

export function replaceWhole(value: string, redaction: Redaction): string {
  if (isPlaceholder(value)) return value;
  redaction.replaced(value);
  return placeholderFor(value);
}
