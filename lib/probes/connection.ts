import * as oauth from "oauth4webapi";
import type { DiscoveryOptions } from "@/lib/discovery/run.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { deriveS256Challenge } from "@/lib/oauth/pkce.ts";
import { chooseClient } from "./choose-client.ts";
import { discoverServer, tryEndpoints } from "./find-server.ts";
import { createGate } from "./gate.ts";
import type { Random } from "./probe.ts";
import { createRecordedFetch } from "./recorded-fetch.ts";
import { createTelling } from "./telling.ts";
import { requestWithToken, revoke } from "./use-token.ts";

/** The steps of the whole identity step, in order. */
export const stepIds = [
  "discovery",
  "endpoints",
  "client",
  "authorization",
  "token",
  "refresh",
  "resource",
  "cleanup",
] as const;
export type StepId = (typeof stepIds)[number];

export interface Step {
  readonly id: StepId;
  readonly state: "running" | "done" | "failed" | "skipped";
  /** What was sent and what came back, in a sentence; for skipped steps, why. Never a secret. */
  readonly says: string;
}

export type ClientChoice =
  | { readonly kind: "register" }
  | { readonly kind: "preregistered"; readonly clientId: string; readonly clientSecret?: string }
  | { readonly kind: "document"; readonly url: string }
  /** An access token that the user has: everything before the authenticated request is left out. */
  | { readonly kind: "token"; readonly token: string };

export interface ConnectionInput {
  /** URL of the MCP server or issuer, as typed. */
  readonly url: string;
  readonly client: ClientChoice;
  readonly redirectUri: string;
  readonly scope?: string;
}

export interface ConnectionParts extends Pick<DiscoveryOptions, "send" | "now"> {
  readonly random: Random;
  readonly run: string;
  readonly record: (raw: RawObservation) => void;
  /** Opens the authorization request and waits for the response at the redirect URI; undefined when the user gave up. */
  readonly authorize: (url: string) => Promise<string | undefined>;
  /** Asked before anything that writes on the server, with the exact body. */
  readonly mayWrite: (request: { readonly url: string; readonly body: string }) => Promise<boolean>;
  readonly onStep: (step: Step) => void;
  readonly isCancelled: () => boolean;
}

/** What is left behind on the server: a registration that could not be deleted. */
export interface ConnectionResult {
  readonly isConnected: boolean;
  readonly leftBehind: readonly string[];
}

/**
 * Runs the whole identity step as a client would: discovery, client, authorization with PKCE, token, refresh, one
 * authenticated request, clean-up. Tokens stay in this call and are gone when it returns. Never throws; a failed step ends
 * the run, and what can be cleaned up is.
 */
export async function runConnection(input: ConnectionInput, parts: ConnectionParts): Promise<ConnectionResult> {
  const { tell, hide, clean } = createTelling(parts.onStep);
  const gate = createGate(parts.send, parts.isCancelled);
  const gated = { ...parts, send: gate.send };
  const http = createRecordedFetch(gated, input.url);
  const undo: (() => Promise<string | undefined>)[] = [];
  let current: StepId = "discovery";
  const begin = (id: StepId, says: string) => {
    gate.check();
    current = id;
    tell({ id, state: "running", says });
  };
  const end = (state: "done" | "skipped", says: string) => tell({ id: current, state, says });
  let isConnected = false;
  const finish = async (connected: boolean): Promise<ConnectionResult> => {
    gate.beginCleanUp();
    tell({ id: "cleanup", state: "running", says: "Revoking and deleting what was made" });
    const left = (await Promise.all(undo.map((each) => each().catch(describe)))).flatMap((text) =>
      text === undefined ? [] : [clean(text)],
    );
    tell({ id: "cleanup", state: "done", says: left.length === 0 ? "Nothing is left behind" : left.join(" ") });
    return { isConnected: connected, leftBehind: left };
  };
  try {
    begin("discovery", "Looking for metadata");
    const { server, resource } = await discoverServer(input, gated).finally(gate.check);
    end("done", `Authorization server ${server.issuer}${resource === undefined ? "" : `, resource ${resource}`}`);

    begin("endpoints", "Asking every advertised endpoint for an answer");
    const answering = await tryEndpoints(server, http);
    gate.check();
    end("done", answering);

    if (input.client.kind === "token") {
      for (const id of ["client", "authorization", "token", "refresh"] as const)
        tell({ id, state: "skipped", says: "You entered a token" });
      begin("resource", "One authenticated request");
      const { token } = input.client;
      hide(token);
      const target = resource ?? server.userinfo_endpoint ?? input.url;
      const isMcp = target !== server.userinfo_endpoint;
      end("done", `${target} answered ${await requestWithToken(target, isMcp, token, http)}`);
      return await finish(true);
    }

    begin("client", "Choosing a client");
    if (input.client.kind === "preregistered") hide(input.client.clientSecret);
    const client = await chooseClient(input, server, http, parts);
    hide(client.client.client_secret, client.client.registration_access_token);
    if (client.remove) undo.push(client.remove);
    end("done", client.says);

    begin("authorization", "Waiting for the login in the tab that opened");
    const { parameters, verifier } = await authorize(input, server, client.client, resource, parts);
    hide(verifier, parameters.get("code"), parameters.get("state"));
    end("done", "A code came back, with the state that was sent");

    begin("token", "Exchanging the code");
    const options = http.for("token", resource === undefined ? {} : { resource });
    const grant = oauth.authorizationCodeGrantRequest;
    const answer = await grant(server, client.client, client.auth, parameters, input.redirectUri, verifier, options);
    let tokens = await oauth.processAuthorizationCodeResponse(server, client.client, answer);
    hide(tokens.access_token, tokens.refresh_token, tokens.id_token);
    undo.push(() => revoke(server, client, tokens.refresh_token ?? tokens.access_token, http));
    end("done", `A ${tokens.token_type} token came back${tokens.refresh_token ? ", with a refresh token" : ""}`);

    begin("refresh", "Refreshing");
    if (tokens.refresh_token === undefined) end("skipped", "The server gave no refresh token");
    else {
      const refreshing = http.for("refresh", resource === undefined ? {} : { resource });
      const renewed = await oauth.refreshTokenGrantRequest(
        server,
        client.client,
        client.auth,
        tokens.refresh_token,
        refreshing,
      );
      const fresh = await oauth.processRefreshTokenResponse(server, client.client, renewed);
      hide(fresh.access_token, fresh.refresh_token, fresh.id_token);
      tokens = { ...fresh, refresh_token: fresh.refresh_token ?? tokens.refresh_token };
      end("done", fresh.refresh_token ? "A new token came back, and a new refresh token" : "A new token came back");
    }

    begin("resource", "One authenticated request");
    const target = resource ?? server.userinfo_endpoint;
    if (target === undefined) end("skipped", "Neither a protected resource nor a userinfo endpoint is published");
    else
      end(
        "done",
        `${target} answered ${await requestWithToken(target, resource !== undefined, tokens.access_token, http)}`,
      );
    isConnected = true;
  } catch (error) {
    tell({ id: current, state: "failed", says: describe(error) });
  }
  return finish(isConnected);
}

async function authorize(
  input: ConnectionInput,
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  resource: string | undefined,
  { random, authorize: open }: ConnectionParts,
): Promise<{ readonly parameters: URLSearchParams; readonly verifier: string }> {
  if (server.authorization_endpoint === undefined) throw new Error("The metadata names no authorization endpoint.");
  const [state, verifier] = [random(), random()];
  const url = new URL(server.authorization_endpoint);
  const scope =
    input.scope ?? (server.scopes_supported?.includes("openid") && resource === undefined ? "openid" : undefined);
  const sent = {
    response_type: "code",
    client_id: client.client_id,
    redirect_uri: input.redirectUri,
    state,
    code_challenge: deriveS256Challenge(verifier),
    code_challenge_method: "S256",
    ...(scope !== undefined && { scope }),
    ...(resource !== undefined && { resource }),
  };
  for (const [name, value] of Object.entries(sent)) url.searchParams.set(name, value);
  const response = await open(url.href);
  if (response === undefined) throw new Error("No response came back to the redirect URI.");
  return { parameters: oauth.validateAuthResponse(server, client, new URL(response), state), verifier };
}

/** What a library or a server said, without the values that were sent. */
function describe(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError)
    return `The server answered ${error.error}${error.error_description ? `: ${error.error_description}` : ""}.`;
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return `The server answered ${error.status} with a challenge.`;
  return error instanceof Error ? error.message : "It failed for an unknown reason.";
}
