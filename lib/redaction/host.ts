import { startsLikeSecret } from "@/lib/oauth/parameters.ts";
import { type Redaction, replaceWhole } from "./redaction.ts";
import { isOrdinary, isUuid } from "./shape.ts";

/** Reverse-domain schemes carry client ids (`com.googleusercontent.apps.…`, `msal<guid>`), which are public. */
export function redactScheme(scheme: string, redaction: Redaction): string {
  if (scheme === "" || isOrdinary(scheme, { allowShortIds: true })) return scheme;
  if (
    /^com\.googleusercontent\.apps\.\d{1,20}-[a-z0-9]{1,40}$/.test(scheme) ||
    /^(?:msal|msauth)[0-9a-f-]{36}$/.test(scheme)
  )
    return scheme;
  return replaceWhole(scheme, redaction);
}

const webSchemes = new Set(["http", "https", "ws", "wss"]);

export function redactHost(host: string, scheme: string, redaction: Redaction): string {
  if (host === "") return host;
  const isHost = /^(?:\[[0-9a-f:.%]{2,60}\]|[\p{L}\p{M}\d._~-]{1,253})(?::\d{0,5})?$/iu.test(host);
  const isPublic = webSchemes.has(scheme)
    ? isHost && host.split(/[.:]/).every((label) => !isTokenLabel(label))
    : isHost &&
      (isOrdinary(host.replace(/:\d{1,5}$/, ""), { allowShortIds: true }) ||
        (scheme.endsWith("-extension") && (/^[a-p]{32}$/.test(host) || isUuid(host))) ||
        /^\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?$/.test(host));
  if (isPublic) return host;
  return replaceWhole(host, redaction);
}

/** Names of machines are public even when generated; they have one case and at most 63 characters (RFC 1035 §2.3.4). */
const isTokenLabel = (label: string): boolean =>
  label.length > 63 ||
  startsLikeSecret(label) ||
  (label.length >= 16 && /[a-z]/.test(label) && /[A-Z]/.test(label) && /\d/.test(label));
