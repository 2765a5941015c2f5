/** Where an authorization response can be waited for; `refused` says why it cannot. */
export type RedirectTarget =
  | { readonly kind: "web"; readonly url: string }
  /** Seen as the browser hands it over; a program that took the scheme gets it too. @see RFC 8252 §7.1 */
  | { readonly kind: "private-use"; readonly url: string }
  | { readonly kind: "refused"; readonly because: "unreadable" | "fragment" | "shown-to-a-person" | "not-sent" };

/** Schemes that a browser opens itself or not at all: nothing is sent anywhere, so no response can be received. */
const notSent = new Set([
  "about",
  "blob",
  "chrome",
  "chrome-extension",
  "data",
  "file",
  "filesystem",
  "javascript",
  "mailto",
  "moz-extension",
  "tel",
  "vbscript",
  "view-source",
  "ws",
  "wss",
]);

/** Reads the redirect URI that a client really uses. */
export function readRedirectTarget(text: string): RedirectTarget {
  if (!URL.canParse(text)) return { kind: "refused", because: "unreadable" };
  // RFC 6749 §3.1.2
  if (text.includes("#")) return { kind: "refused", because: "fragment" };
  const scheme = new URL(text).protocol.slice(0, -1);
  if (scheme === "http" || scheme === "https") return { kind: "web", url: text };
  // urn:ietf:wg:oauth:2.0:oob and its kin: the code is shown, for a person to copy.
  if (scheme === "urn") return { kind: "refused", because: "shown-to-a-person" };
  return notSent.has(scheme) ? { kind: "refused", because: "not-sent" } : { kind: "private-use", url: text };
}
