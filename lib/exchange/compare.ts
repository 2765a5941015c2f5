import type { Fingerprint, RedactedUrl, RedactedValue, VariantName } from "./observation.ts";

/** `cannotTell`: fingerprints under different keys (another browser session, another import), or none at all. */
export type Equality =
  | { readonly verdict: "equal" | "cannotTell" }
  | { readonly verdict: "different"; readonly explainedBy?: VariantName };

const keyOf = (fingerprint: Fingerprint) => fingerprint.slice(0, fingerprint.indexOf("."));

/**
 * Compares two values that may have been replaced by fingerprints. When they differ, `explainedBy` names the damage
 * that turns `sent` into `received`: cut at a length, plus read as space, HTML-escaped, decoded once too often.
 */
export function compareValues(sent: RedactedValue, received: RedactedValue): Equality {
  if (sent.kind === "clear" && received.kind === "clear")
    return { verdict: sent.value === received.value ? "equal" : "different" };
  const left = sent.kind === "clear" ? undefined : sent.fingerprint;
  const right = received.kind === "clear" ? undefined : received.fingerprint;
  if (left === undefined || right === undefined)
    // One in clear and one replaced, or too short to fingerprint: a different length is all that can be known.
    return lengthOf(sent) === lengthOf(received) ? { verdict: "cannotTell" } : { verdict: "different" };
  if (keyOf(left) !== keyOf(right)) return { verdict: "cannotTell" };
  if (left === right) return { verdict: "equal" };
  const damage =
    variantsOf(sent).find((variant) => variant.fingerprint === right) ??
    variantsOf(received).find((variant) => variant.fingerprint === left);
  return damage ? { verdict: "different", explainedBy: damage.how } : { verdict: "different" };
}

const lengthOf = (value: RedactedValue) => (value.kind === "clear" ? value.value.length : value.length);
const variantsOf = (value: RedactedValue) => (value.kind === "secret" ? (value.variants ?? []) : []);

const defaultPorts: Readonly<Record<string, string>> = { http: ":80", https: ":443" };

/**
 * Whether a browser sent to `sent` shows `seen`: it lower-cases the host, drops a default port and gives an empty path
 * its slash. For correlation only; redirect URIs as such are compared byte for byte (RFC 6749 §3.1.2.3, RFC 3986 §6.2.1).
 */
export function isSameTarget(sent: RedactedUrl, seen: RedactedUrl): boolean {
  return navigated(sent) === navigated(seen) && sent.pathFingerprint === seen.pathFingerprint;
}

function navigated({ scheme, host, path }: RedactedUrl): string {
  const port = defaultPorts[scheme];
  const authority = host.toLowerCase();
  const bare = port !== undefined && authority.endsWith(port) ? authority.slice(0, -port.length) : authority;
  return `${scheme}://${bare}${port !== undefined && path === "" ? "/" : path}`;
}
