import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Fingerprint, VariantName } from "@/lib/exchange/observation.ts";
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

/** Percent-decoding that keeps what is not valid instead of throwing. */
export function decodePercent(value: string): string {
  if (!value.includes("%")) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export const unescapeHtml = (value: string): string =>
  value.includes("&")
    ? value.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (whole, name, decimal, hex) => {
        if (typeof name === "string") return entities[name.toLowerCase()] ?? whole;
        const point = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
        return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      })
    : value;

/**
 * What `state` becomes under the damage that servers do to it: echoed without decoding, `+` taken for a space, HTML
 * escapes undone, decoded twice, cut at a column width. Only those that differ from the value.
 */
export function deriveVariants(value: string, raw: string): readonly (readonly [VariantName, string])[] {
  const all: readonly (readonly [VariantName, string])[] = [
    ["raw", raw],
    ["plus-as-space", value.replaceAll("+", " ")],
    ["html-unescaped", unescapeHtml(value)],
    ["decoded-twice", decodePercent(value)],
    ["prefix-255", value.slice(0, 255)],
    ["prefix-256", value.slice(0, 256)],
    ["prefix-512", value.slice(0, 512)],
  ];
  return all.filter(([, variant]) => variant !== value && variant !== "");
}
