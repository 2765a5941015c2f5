import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Fingerprint } from "@/lib/exchange/observation.ts";
import { toBase64Url } from "@/lib/oauth/base64url.ts";

/** A key that lives as long as the browser session (or one run) and is stored apart from what it fingerprints. */
export interface RedactionKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const longestHashed = 65_536;
const remembered = 4_096;

/**
 * Makes `<key id>.<11 base64url characters>`: 66 bits of HMAC-SHA-256. Equal values have equal fingerprints under one key
 * and nothing can be said across keys. Of a value over 64 KB the start and the length count.
 */
export function createFingerprinter(key: RedactionKey): (value: string) => Fingerprint {
  const keyed = hmac.create(sha256, key.bytes);
  const encoder = new TextEncoder();
  const known = new Map<string, Fingerprint>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const hashed = value.length > longestHashed ? `${value.slice(0, longestHashed)}…${value.length}` : value;
    const digest = keyed.clone().update(encoder.encode(hashed)).digest();
    const fingerprint = `${key.id}.${toBase64Url(digest).slice(0, 11)}`;
    if (value.length <= 1_024) {
      if (known.size >= remembered) known.clear();
      known.set(value, fingerprint);
    }
    return fingerprint;
  };
}
