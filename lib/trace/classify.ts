import type { Exchange } from "@/lib/exchange/exchange.ts";
import type { Parameter } from "@/lib/exchange/observation.ts";
import { clearText } from "@/lib/exchange/print.ts";
import type { LegRole } from "./flow.ts";

/** What an exchange looks like by itself, before correlation places it in a flow. */
export type Shape = LegRole | "authorization-response" | "other";

const responseTypes = new Set(["code", "token", "id_token", "none"]);
const requestCompanions = [
  "client_id",
  "redirect_uri",
  "scope",
  "state",
  "code_challenge",
  "nonce",
  "request",
  "request_uri",
];
const authorizationPath =
  /\/(?:authori[sz]e|authori[sz]ation|oauth2?\/auth|openid-connect\/auth|o\/oauth2\/(?:v2\/)?auth|auth|oauth|connect\/authorize)\/?$/i;

/**
 * Classifies by the parameters of the specs first, by well-known paths second.
 * @see RFC 6749 §4.1.1, §4.1.2, §4.1.3, §6; RFC 7591 §3.1; RFC 8414 §3; RFC 9126 §2; RFC 9728 §3
 */
export function classify(exchange: Pick<Exchange, "url" | "method" | "type" | "purpose" | "requestFields">): Shape {
  const { purpose, url, method, type, requestFields } = exchange;
  if (purpose?.startsWith("probe/") || purpose === "check/revocation" || purpose === "check/deregistration")
    return "probe";
  if (purpose === "check/resource") return "resource";
  const path = url.path.toLowerCase();
  if (purpose?.startsWith("ladder/challenge")) return "challenge";
  if (purpose?.startsWith("ladder/client-metadata")) return "client-metadata";
  if (path.includes("/.well-known/oauth-protected-resource")) return "resource-metadata";
  if (path.includes("/.well-known/oauth-authorization-server") || path.includes("/.well-known/openid-configuration"))
    return "server-metadata";
  if (method === "POST" && type === "fetch") {
    if (has(requestFields, "grant_type"))
      return clearOf(requestFields, "grant_type") === "refresh_token" ? "refresh" : "token";
    if (has(requestFields, "redirect_uris") || has(requestFields, "client_name")) return "registration";
    if (has(requestFields, "client_id") && has(requestFields, "response_type")) return "pushed-request";
    if (/\/token\/?$/.test(path)) return "token";
    if (/\/regist(?:er|ration)\/?$|\/reg\/?$/.test(path)) return "registration";
  }
  // A page-made check of the MCP server itself; anything else a page fetches is not a leg.
  if (type === "fetch") return "other";
  const parameters = [...url.parameters, ...requestFields];
  if (isAuthorizationResponse(parameters)) return "authorization-response";
  return isAuthorizationRequest(parameters, path) ? "authorization-request" : "other";
}

/** RFC 6749 §4.1.1; lenient where servers are, so that a request missing a required parameter is still recognised. */
function isAuthorizationRequest(parameters: readonly Parameter[], path: string): boolean {
  const responseType = clearOf(parameters, "response_type");
  const companions = requestCompanions.filter((name) => has(parameters, name));
  if (responseType?.split(" ").every((word) => responseTypes.has(word))) return companions.length > 0;
  if (has(parameters, "response_type")) return companions.length > 1;
  if (
    has(parameters, "client_id") &&
    ["redirect_uri", "request", "request_uri", "code_challenge"].some((name) => has(parameters, name))
  )
    return true;
  return companions.length > 1 && authorizationPath.test(path);
}

/** RFC 6749 §4.1.2 and §4.2.2, JARM; `error` alone also stands in ordinary URLs, so it needs company. */
export function isAuthorizationResponse(parameters: readonly Parameter[]): boolean {
  if (has(parameters, "response_type") || has(parameters, "redirect_uri") || has(parameters, "grant_type"))
    return false;
  const withState = has(parameters, "state") || has(parameters, "iss") || has(parameters, "session_state");
  if (has(parameters, "code") || has(parameters, "access_token") || has(parameters, "id_token"))
    return withState || parameters.length <= 3;
  if (has(parameters, "error")) return withState || has(parameters, "error_description");
  return (
    withState &&
    parameters.length <= 2 &&
    parameters.some(({ name, value }) => name === "response" && value.kind === "secret")
  );
}

const answers: ReadonlySet<string> = new Set(["code", "error", "response", "access_token", "id_token"]);

/** What a response may consist of where a client is known to wait for it, `error` alone included. */
export const bringsAnswer = (parameters: readonly Parameter[]): boolean =>
  parameters.some(({ name }) => answers.has(name));

/** A code that nobody could guess (RFC 6749 §10.10), or an error: what makes a response of which the request was not seen. */
export function isTellingAlone(parameters: readonly Parameter[]): boolean {
  return parameters.every(({ name, value }) => name !== "code" || lengthOf(value) >= shortestCode);
}
const shortestCode = 8;
const lengthOf = (value: Parameter["value"]): number => (value.kind === "clear" ? value.value.length : value.length);

const has = (parameters: readonly Parameter[], name: string) => parameters.some((parameter) => parameter.name === name);
const clearOf = (parameters: readonly Parameter[], name: string) =>
  clearText(parameters.find((parameter) => parameter.name === name));
