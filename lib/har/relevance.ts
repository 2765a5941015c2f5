import type { HarEntry } from "./entry.ts";
import { headerOf } from "./entry.ts";

// Names that stand in OAuth URLs and forms and hardly anywhere else (RFC 6749, 7636, 9101, 9126, OpenID Connect).
const telling =
  /(?:^|[?&#;])(?:client_id|redirect_uri|response_type|response_mode|code_challenge(?:_method)?|code_verifier|grant_type|request_uri|id_token(?:_hint)?|access_token|refresh_token|client_assertion(?:_type)?|device_code|user_code|subject_token|post_logout_redirect_uri)=/i;
/** The same inside a parameter that is itself a URL: `returnTo=%2Fauthorize%3Fclient_id%3D…`. */
const nested = /(?:client_id|redirect_uri|response_type|code_challenge)(?:%25){0,3}%3D/i;
const code = /(?:^|[?&#;])(?:code|error|response)=/i;
const companion = /(?:^|[?&#;])(?:state|iss|session_state|error_description|error_uri|scope)=/i;
const wellKnown = /\/\.well-known\/(?:oauth|openid)/i;
const protocolPath =
  /\/(?:oauth2?|oidc|openid-connect|authori[sz]e|authori[sz]ation|token|regist(?:er|ration)|reg|par|introspect(?:ion)?|revo(?:ke|cation)|device(?:_authorization)?|userinfo|callback|cb)(?:\/|$)/i;
const writtenPath = /\/(?:token|regist(?:er|ration)|reg|par|clients?|device(?:_authorization)?)\/?$/i;
const jsonRequest = /"(?:grant_type|redirect_uris|client_name|client_id|code_verifier|software_statement)"\s*:/;
const jsonAnswer =
  /"(?:access_token|id_token|authorization_endpoint|token_endpoint|authorization_servers|client_id_issued_at|registration_client_uri|error_description|device_code)"\s*:|"error"\s*:\s*"(?:invalid_|unauthorized_|unsupported_|access_denied|insufficient_|server_error|temporarily_|authorization_pending|expired_token|slow_down)/;
const challenge = /^\s*(?:bearer|dpop)\b|resource_metadata|authorization_uri/i;

/** How far a body is searched: what it is about stands at its beginning. */
const headOfBody = 65_536;

/**
 * `protocol`: by its own shape part of an authorization attempt; `document`: a page or redirect that may lead from one
 * part to the next; `call`: an authenticated request, of which a few show that a token works; `other`: nothing to do with it.
 */
export type Relevance = "protocol" | "document" | "call" | "other";

/** Looks at names and paths only, in time linear in the entry, so that nothing is fingerprinted that is not needed. */
export function judgeEntry(entry: HarEntry, isDocument: boolean): Relevance {
  const { url, method } = entry;
  if (!/^(?:https?|wss?):/i.test(url)) return isDocument && isResponseUrl(url) ? "protocol" : "other";
  if (method === "CONNECT") return "other";
  if (isProtocolUrl(url) || (isDocument && hasProtocolPath(url))) return "protocol";
  const location = headerOf(entry.responseHeaders, "location") ?? entry.redirectUrl;
  if (location !== "" && (isProtocolUrl(location) || (isDocument && isResponseUrl(location)))) return "protocol";
  if (isProtocolBody(entry) || isProtocolAnswer(entry)) return "protocol";
  if (isDocument) return "document";
  return /^\s*(?:bearer|dpop)\s/i.test(headerOf(entry.requestHeaders, "authorization") ?? "") ? "call" : "other";
}

/** Has names of an authorization request, a response or a token request, or is a metadata document. */
function isProtocolUrl(url: string): boolean {
  return telling.test(url) || nested.test(url) || (code.test(url) && companion.test(url)) || wellKnown.test(url);
}

const isResponseUrl = (url: string) => code.test(url) || telling.test(url);

function hasProtocolPath(url: string): boolean {
  const end = url.search(/[?#]/);
  return protocolPath.test(end < 0 ? url : url.slice(0, end)) || isResponseUrl(url);
}

function isProtocolBody({ method, post, url }: HarEntry): boolean {
  if (method === "GET" || !post) return false;
  if (post.fields?.some(({ name }) => telling.test(`${name}=`))) return true;
  const names = post.fields?.map(({ name }) => `&${name}=`).join("") ?? "";
  const body = `${names}&${(post.text ?? "").slice(0, headOfBody)}`;
  if (telling.test(body) || (code.test(body) && companion.test(body))) return true;
  const end = url.search(/[?#]/);
  return (
    jsonRequest.test(body) &&
    (writtenPath.test(end < 0 ? url : url.slice(0, end)) || /redirect_uris|grant_type/.test(body))
  );
}

function isProtocolAnswer(entry: HarEntry): boolean {
  if (entry.status === 401 && entry.responseHeaders.some(isChallenge)) return true;
  if (!/json/i.test(entry.mimeType)) return false;
  return jsonAnswer.test((entry.text ?? "").slice(0, headOfBody));
}

const isChallenge = ({ name, value }: { readonly name: string; readonly value: string }) =>
  name.toLowerCase() === "www-authenticate" && challenge.test(value);
