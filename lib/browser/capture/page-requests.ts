import type { Browser } from "wxt/browser";
import type { RawBody } from "@/lib/exchange/raw-observation.ts";

/**
 * Where pages and their workers send token, registration, pushed authorization and metadata requests. An event costs every
 * page that makes it, so nothing else is listened to; and a pattern added after the worker's first turn does not wake it, so
 * unusual addresses are not learned.
 */
export const pageRequestFilter: Browser.webRequest.RequestFilter = {
  urls: [
    "*://*/*token*",
    "*://*/*regist*",
    "*://*/*/reg",
    "*://*/*/par",
    "*://*/par",
    "*://*/*.well-known/oauth-*",
    "*://*/*.well-known/openid-configuration*",
  ],
  types: ["xmlhttprequest", "ping"],
};

/** RFC 6749 §4.1.3 and §6, RFC 7591 §2, RFC 9126 §2.1; of a password grant neither name nor password. */
export const pageRequestFields: ReadonlySet<string> = new Set([
  "application_type",
  "audience",
  "client_assertion",
  "client_assertion_type",
  "client_id",
  "client_name",
  "client_secret",
  "client_uri",
  "code",
  "code_challenge",
  "code_challenge_method",
  "code_verifier",
  "grant_type",
  "grant_types",
  "nonce",
  "prompt",
  "redirect_uri",
  "redirect_uris",
  "refresh_token",
  "request",
  "resource",
  "response_mode",
  "response_type",
  "response_types",
  "scope",
  "software_id",
  "state",
  "token_endpoint_auth_method",
]);

/** The names without which a POST to such an address is somebody else's business. */
const telling: ReadonlySet<string> = new Set(["grant_type", "redirect_uris", "response_type"]);

/** Whether a request that the filter let through is one of these at all. */
export function isPageRequest(method: string, url: string, body: RawBody | undefined): boolean {
  if (method === "GET") return url.includes("/.well-known/");
  if (method !== "POST" || body === undefined) return false;
  switch (body.kind) {
    case "form":
      return body.fields.some(({ name }) => telling.has(name));
    case "text":
      return [...telling].some((name) => body.text.includes(`"${name}":`));
    case "unreadable":
      return /\/token\/?$/i.test(new URL(url).pathname);
  }
}

/** Whether the filter lets such a URL through for what it most likely is, its body unseen. */
export function isPageRequestUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { pathname } = new URL(url);
  return (
    /\/(?:(?:access[_-]?)?token|register|registration|reg|par)\/?$/i.test(pathname) ||
    /\/\.well-known\/(?:oauth-|openid-configuration)/.test(pathname)
  );
}

/** Whether a request that is not known to be one of these may be: the browser keeps its body (a blob, a stream) to itself. */
export const mayBePageRequest = (url: string, body: RawBody | undefined): boolean =>
  body?.kind === "unreadable" && isPageRequestUrl(url);
