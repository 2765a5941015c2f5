import type { MessageMatch, OAuthError } from "@/lib/exchange/observation.ts";
import { clearText } from "@/lib/exchange/print.ts";
import { judgeAnswer } from "@/lib/servers/judge.ts";
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
  /** Products recognised by anything but this text. */
  readonly servers?: readonly string[] | undefined;
}

/** Judges what a server said in the light of what it was asked. */
export function judge(said: Said, request: Fact<AuthorizationRequestFacts>): Judgement {
  const asked = request.status === "observed" ? request.value : undefined;
  const has = (name: string) =>
    asked?.parameters.some((parameter) => parameter.name === name && parameter.text !== "") ?? false;
  const text = (name: string) => clearText(asked?.parameters.find((parameter) => parameter.name === name));
  const responseType = text("response_type");
  const challengeMethod = text("code_challenge_method");
  const isVisible = asked !== undefined && asked.hiddenBy === undefined;
  return judgeAnswer({
    where: said.where,
    ...(said.oauthError && { error: said.oauthError.error }),
    ...(said.oauthError?.error_description !== undefined && { errorDescription: said.oauthError.error_description }),
    ...(said.status !== undefined && { status: said.status }),
    ...(said.contentType !== undefined && { contentType: said.contentType }),
    matches: said.matches,
    ...(said.servers && { servers: said.servers }),
    isInteraction: said.isInteraction,
    // Behind PAR or a request object nothing can be said of what the request lacks.
    ...(isVisible && {
      request: {
        ...(asked.clientId !== undefined && { clientId: asked.clientId }),
        hasClientId: asked.clientId !== undefined,
        hasRedirectUri: has("redirect_uri"),
        hasCodeChallenge: has("code_challenge"),
        hasState: has("state"),
        ...(responseType !== undefined && { responseType }),
        ...(challengeMethod !== undefined && { challengeMethod }),
        hasResource: has("resource"),
      },
    }),
  });
}
