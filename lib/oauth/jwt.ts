import { parseBase64Text } from "./base64url.ts";

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  /** Absent for an encrypted token (JWE, RFC 7516) and for a payload that is not a JSON object. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

const longestPart = 16_384;

/**
 * Header and claims of a compact JWS or JWE, the signature unchecked; `undefined` when `value` is neither.
 * @see RFC 7519 §3, RFC 7515 §7.1
 */
export function parseJwt(value: string): Jwt | undefined {
  if (!value.startsWith("ey")) return undefined;
  const parts = value.split(".", 6);
  if (parts.length !== 3 && parts.length !== 5) return undefined;
  const header = parseJsonPart(parts[0]);
  if (!header) return undefined;
  const claims = parts.length === 3 ? parseJsonPart(parts[1]) : undefined;
  return claims ? { header, claims } : { header };
}

function parseJsonPart(part: string | undefined): Record<string, unknown> | undefined {
  if (part === undefined || part.length > longestPart) return undefined;
  const text = parseBase64Text(part);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
