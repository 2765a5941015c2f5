import type { AuthorizationRequestFacts, FactParameter, FlowFacts, SeenIn } from "@/lib/facts/flow-facts.ts";
import { isLoopback, parseUri, redirectUriProblems } from "@/lib/oauth/redirect-uri.ts";
import type { Evidence } from "./rule.ts";
import { list, quote, shorten } from "./words.ts";

/** The first parameter of that name that has a value; an empty one counts as absent (RFC 6749 §3.1). */
export function findSent(request: AuthorizationRequestFacts, name: string): FactParameter | undefined {
  return request.parameters.find((parameter) => parameter.name === name && parameter.text !== "");
}

/**
 * Whether the request was seen in whole and does not have the parameter. With `request` or `request_uri` it may stand
 * where it cannot be seen.
 */
export function isKnownAbsent(request: AuthorizationRequestFacts, name: string): boolean {
  return request.hiddenBy === undefined && findSent(request, name) === undefined;
}

/** The value as a report prints it, quoted; `none` when the parameter is absent. */
export function sayParameter(request: AuthorizationRequestFacts, name: string): string {
  const parameter = findSent(request, name);
  return parameter ? quote(parameter.text) : "none";
}

/** What the request says in one parameter, or that it was looked for among the others. */
export function parameterEvidence(request: AuthorizationRequestFacts, name: string): Evidence {
  const parameter = findSent(request, name);
  const place = parameter?.place === "form" ? "form parameter" : "query parameter";
  return {
    exchangeId: request.exchangeId,
    role: request.role,
    part: "request",
    where: `${place} ${name}`,
    says: parameter ? shorten(parameter.text) : sayAbsent(request),
  };
}

function sayAbsent(request: AuthorizationRequestFacts): string {
  const names = [...new Set(request.parameters.map((parameter) => parameter.name))];
  if (request.parameters.some((parameter) => parameter.text === "")) return "absent or empty";
  return names.length === 0
    ? "absent; the request has no parameters"
    : `absent; the request has ${shorten(list(names), 300)}`;
}

/** What forbids the redirect URI of the request whatever is registered; empty when nothing does, or when none was sent. */
export function findRedirectUriProblems(request: AuthorizationRequestFacts): readonly string[] {
  const sent = findSent(request, "redirect_uri");
  const url = request.redirectUri?.url;
  const problems = new Set(sent ? redirectUriProblems(sent.text) : []);
  // Printed without what must not be shown: these two are known from the redacted parts.
  if (url?.fragment || url?.parameters.some(({ place }) => place === "fragment")) problems.add("it has a fragment");
  if (url?.hasUserinfo) problems.add("it has user information before the host");
  return [...problems];
}

/** Whether the redirect URI is of a kind that every server takes: https, or http on a loopback address, and well-formed. */
export function isUsualRedirectUri(request: AuthorizationRequestFacts): boolean {
  const text = findSent(request, "redirect_uri")?.text ?? "";
  const scheme = parseUri(text)?.scheme.toLowerCase();
  const isUsual = scheme === "https" || (scheme === "http" && isLoopback(text));
  return isUsual && findRedirectUriProblems(request).length === 0;
}

/** Redirect URIs that the server is known to hold for this client, and where that was seen. */
export interface RegisteredRedirectUris {
  readonly uris: readonly string[];
  readonly from: "registration response" | "client ID metadata document";
  readonly seen: SeenIn;
}

/**
 * The redirect URIs of this very client: from its client ID metadata document (RFC 7591 §2 names) or from the answer
 * to its registration in this attempt; undefined when neither was seen.
 */
export function registeredRedirectUris(
  request: AuthorizationRequestFacts,
  { metadata, registration }: Pick<FlowFacts, "metadata" | "registration">,
): RegisteredRedirectUris | undefined {
  const client = metadata.status === "observed" ? metadata.value.client : undefined;
  if (client?.document && client.document.client_id === request.clientId) {
    const listed = client.document.redirect_uris;
    const uris = Array.isArray(listed) ? listed.filter((uri) => typeof uri === "string") : [];
    if (uris.length > 0) return { uris, from: "client ID metadata document", seen: client };
  }
  if (registration.status !== "observed") return undefined;
  const { response } = registration.value;
  const id = response.find((field) => field.name === "client_id")?.text;
  const uris = response.filter((field) => field.name === "redirect_uris").map((field) => field.text);
  return id !== undefined && id === request.clientId && uris.length > 0
    ? { uris, from: "registration response", seen: registration.value }
    : undefined;
}
