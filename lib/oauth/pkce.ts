import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url } from "./base64url.ts";

/**
 * `code_challenge` of a `code_verifier` under S256: BASE64URL(SHA-256(ASCII(verifier))), 43 characters.
 * @see RFC 7636 §4.2
 */
export const deriveS256Challenge = (verifier: string): string =>
  toBase64Url(sha256(new TextEncoder().encode(verifier)));

/** `code_verifier` grammar: 43 to 128 unreserved characters. @see RFC 7636 §4.1 */
export const isCodeVerifier = (value: string): boolean => /^[A-Za-z0-9\-._~]{43,128}$/.test(value);

/** Grammar of a `code_challenge` made with S256: 43 base64url characters. @see RFC 7636 §4.2 */
export const isS256Challenge = (value: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(value);
