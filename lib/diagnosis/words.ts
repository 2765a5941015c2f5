import type { OAuthError } from "@/lib/exchange/observation.ts";
import { type OAuthErrorCode, oauthErrorCodes } from "@/lib/oauth/error-codes.ts";

/** Cuts in the middle, so that both ends can still be compared by eye; counts code points, never splits one. */
export function shorten(text: string, limit = 160): string {
  // A code point is at most two units long: anything shorter than the limit needs no counting.
  if (text.length <= limit) return text;
  const start = [...text.slice(0, limit)].slice(0, Math.ceil(limit / 2)).join("");
  const end = [...text.slice(-limit)].slice(-Math.floor(limit / 2)).join("");
  return `${start} … ${end}`;
}

/** A value or a sentence from elsewhere, quoted in one line. */
export const quote = (text: string, limit?: number): string => `"${shorten(text.replace(/\s+/g, " ").trim(), limit)}"`;

/** `one`, `one and two`, `one, two and three`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** An OAuth error as it was said: its code, with the description when there is one. */
export function sayError(error: OAuthError): string {
  return error.error_description === undefined
    ? `error=${shorten(error.error, 60)}`
    : `error=${shorten(error.error, 60)}, ${quote(error.error_description)}`;
}

/** What the specification means by a code; undefined for a code of the server's own. */
export function meaningOf(code: string): string | undefined {
  return Object.hasOwn(oauthErrorCodes, code) ? oauthErrorCodes[code as OAuthErrorCode].means : undefined;
}

/** `3 s`, `4 min`, `2 h`, `5 days` between two points in time (milliseconds). */
export function sayDuration(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
