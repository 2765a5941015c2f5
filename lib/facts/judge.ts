import type { MessageMatch, OAuthError, Parameter } from "@/lib/exchange/observation.ts";
import { clearText } from "@/lib/exchange/print.ts";
import { judgeAnswer, type RequestShape } from "@/lib/servers/judge.ts";
import type { MessagePlace } from "@/lib/servers/server.ts";
import type { Fact } from "./fact.ts";
import type { AuthorizationRequestFacts, Judgement } from "./flow-facts.ts";

interface Said {
  readonly where: MessagePlace;
  readonly oauthError?: OAuthError | undefined;
  readonly status?: number | undefined;
  readonly contentType?: string | undefined;
  readonly matches: readonly MessageMatch[];
  readonly isInteraction: boolean;
  readonly isErrorPage?: boolean;
  /** Products recognised by anything but this text. */
  readonly servers?: readonly string[] | undefined;
}

/** Judges what a server said in the light of what it was asked. */
export function judge(said: Said, request: RequestShape | undefined): Judgement {
  return judgeAnswer({
    where: said.where,
    ...(said.oauthError && { error: said.oauthError.error }),
    ...(said.oauthError?.error_description !== undefined && { errorDescription: said.oauthError.error_description }),
    ...(said.status !== undefined && { status: said.status }),
    ...(said.contentType !== undefined && { contentType: said.contentType }),
    matches: said.matches,
    ...(said.servers && { servers: said.servers }),
    isInteraction: said.isInteraction,
    ...(said.isErrorPage !== undefined && { isErrorPage: said.isErrorPage }),
    ...(request && { request }),
  });
}

/** What an authorization request asked; undefined behind PAR or a request object, where nothing can be said to lack. */
export function shapeOf(request: Fact<AuthorizationRequestFacts>): RequestShape | undefined {
  if (request.status !== "observed" || request.value.hiddenBy) return undefined;
  const { parameters, redirectUri } = request.value;
  return { ...shapeOfParameters(parameters), ...(redirectUri && { redirectUri: redirectUri.text }) };
}

/** The same of a token request (RFC 6749 §4.1.3, §6). */
export function shapeOfParameters(parameters: readonly Parameter[]): RequestShape {
  const find = (name: string) => parameters.find((parameter) => parameter.name === name);
  const text = (name: string) => clearText(find(name));
  // An empty value is treated as omitted (RFC 6749 §3.1).
  const has = (name: string) => find(name) !== undefined && text(name) !== "";
  const [clientId, responseType] = [text("client_id"), text("response_type")];
  const [challengeMethod, grantType] = [text("code_challenge_method"), text("grant_type")];
  return {
    ...(clientId && { clientId }),
    hasClientId: has("client_id"),
    hasRedirectUri: has("redirect_uri"),
    hasCodeChallenge: has("code_challenge"),
    hasState: has("state"),
    ...(responseType !== undefined && { responseType }),
    ...(challengeMethod !== undefined && { challengeMethod }),
    hasResource: has("resource"),
    ...(grantType !== undefined && { grantType }),
  };
}
