import type { Cause, MessagePlace } from "./server.ts";

/** What the authorization (or token) request carried, without its values. */
export interface RequestShape {
  readonly clientId?: string;
  readonly hasClientId: boolean;
  readonly hasRedirectUri: boolean;
  /** As sent; without it a refused form is taken for an unregistered one. */
  readonly redirectUri?: string;
  readonly hasCodeChallenge: boolean;
  readonly hasState: boolean;
  readonly responseType?: string;
  readonly challengeMethod?: string;
  readonly hasResource: boolean;
  /** Token requests only. */
  readonly grantType?: string;
}

/**
 * Puts the words beside the URL: "missing or invalid redirect_uri" means missing when there was none and not
 * registered when there was one.
 */
export function fitToRequest(cause: Cause, where: MessagePlace, request: RequestShape | undefined): readonly Cause[] {
  if (!request) return [cause];
  if (where === "token") return fitToGrant(cause, request);
  if (where === "registration") return [cause];
  switch (cause) {
    case "unknown-client":
      if (!request.hasClientId) return ["client-id-missing"];
      return [cause];
    case "client-metadata-unreachable":
      // Only a URL has a document behind it.
      return request.hasClientId && !isUrl(request.clientId) ? [] : [cause];
    case "client-not-allowed":
      return request.hasClientId ? [cause] : ["client-id-missing"];
    case "client-id-missing":
      return request.hasClientId ? ["unknown-client"] : [cause];
    case "redirect-uri-not-registered":
      return request.hasRedirectUri ? [cause] : ["redirect-uri-missing"];
    case "redirect-uri-invalid":
      if (!request.hasRedirectUri) return ["redirect-uri-missing"];
      // "Invalid" said of a URI of an ordinary form means that it is not on the list.
      return [isOrdinaryRedirectUri(request.redirectUri) ? "redirect-uri-not-registered" : cause];
    case "redirect-uri-missing":
      return request.hasRedirectUri ? ["redirect-uri-not-registered"] : [cause];
    case "pkce-required":
      // Without a method `plain` is meant (RFC 7636 §4.3).
      return request.hasCodeChallenge && request.challengeMethod !== "S256" ? ["pkce-method-unsupported"] : [cause];
    case "pkce-method-unsupported":
      return request.hasCodeChallenge ? [cause] : ["pkce-required"];
    default:
      return [cause];
  }
}

function fitToGrant(cause: Cause, { grantType }: RequestShape): readonly Cause[] {
  if (grantType === "refresh_token" && (cause === "authorization-code-invalid" || cause === "pkce-verifier-mismatch"))
    return ["refresh-token-invalid"];
  if (grantType === "authorization_code" && cause === "refresh-token-invalid") return ["authorization-code-invalid"];
  return [cause];
}

interface Asked {
  readonly cause: Cause;
  readonly score: number;
  /** Present when the URL itself shows it. */
  readonly reason?: string;
}

/** What the URL alone adds to what was said: an absence decides, a URL as `client_id` brings a rival. */
export function askedFor(
  scores: ReadonlyMap<Cause, number>,
  { where, request }: { readonly where: MessagePlace; readonly request?: RequestShape },
): readonly Asked[] {
  if (!request || where === "token" || where === "registration") return [];
  const added: Asked[] = [];
  const best = Math.max(0, ...scores.values());
  const refused: readonly Cause[] = ["authorization-request-invalid", "client-id-missing"];
  if (!request.hasClientId && refused.some((cause) => scores.has(cause))) {
    added.push({ cause: "client-id-missing", score: best + 20, reason: "the request has no client_id" });
    return added;
  }
  if (scores.get("authorization-request-invalid") === best) {
    if (!request.responseType)
      added.push({ cause: "response-type-unsupported", score: best + 20, reason: "the request has no response_type" });
    if (!request.hasRedirectUri) added.push({ cause: "redirect-uri-missing", score: best + 2 });
    if (!request.hasCodeChallenge) added.push({ cause: "pkce-required", score: best - 1 });
  }
  if (!request.hasState && scores.has("state-required")) {
    added.push({ cause: "state-required", score: best + 2, reason: "the request has no state" });
  }
  const unknown = scores.get("unknown-client");
  if (unknown !== undefined && isUrl(request.clientId) && !scores.has("client-metadata-unreachable")) {
    added.push({ cause: "client-metadata-unreachable", score: unknown - 1 });
  }
  // A server that names the document among the causes reads it, so a URL it does not know is one it could not read.
  if (unknown !== undefined && isUrl(request.clientId) && scores.has("client-metadata-unreachable")) {
    added.push({ cause: "client-metadata-unreachable", score: unknown + 1 });
  }
  return added;
}

const isOrdinaryRedirectUri = (uri: string | undefined): boolean =>
  uri === undefined ||
  /^(?:https:\/\/|http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:/?]|$))[^#\s]+$/i.test(uri);

const isUrl = (clientId: string | undefined): boolean => clientId !== undefined && /^https?:\/\//i.test(clientId);
