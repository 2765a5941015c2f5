import type { IncomingMessage } from "node:http";
import * as oauth from "oauth4webapi";
import { findFreePort, type Handler, type Listener, listen } from "./listen.ts";
import { renderClosing, renderRelay } from "./pages.ts";
import type { SecretRegister } from "./secrets.ts";
import type { Fetch } from "./trusting-fetch.ts";

export interface ClientOptions {
  readonly fetch: Fetch;
  readonly secrets: SecretRegister;
  readonly issuer: string;
  /** Where this server's metadata is: `oidc` appends, `oauth2` inserts the well-known path. */
  readonly metadata: "oidc" | "oauth2";
  /** Sent as `resource`, and called with the access token at the end. */
  readonly resource?: string;
  readonly scope?: string;
  /** A client that was registered by hand; registers itself when left out. */
  readonly clientId?: string;
  /** Registered redirect URI made from the port of the client; the loopback one when left out. */
  readonly register?: (port: number) => string;
  /** Changes the authorization request before it is sent. */
  readonly alterRequest?: (parameters: URLSearchParams) => void;
  /** What answers at the redirection endpoint: the client, the client failing with 500, or nobody. */
  readonly callback?: "answers" | "fails" | "nobody listens";
}

/** How the attempt ended for the client; it learns nothing of what stays in the browser. */
export type ClientOutcome =
  | { readonly kind: "connected"; readonly status: number; readonly refresh: boolean }
  | { readonly kind: "refused"; readonly error: string; readonly description?: string }
  | { readonly kind: "rejected-response"; readonly reason: string }
  | { readonly kind: "failed" }
  | { readonly kind: "nothing-came" };

export interface RunningClient {
  readonly clientId: string;
  /** What a native client opens in the browser. */
  readonly authorizationUrl: string;
  readonly redirectUri: string;
  /** Settled by the first response at the redirection endpoint, or by `stop`. */
  readonly outcome: Promise<ClientOutcome>;
  stop(): Promise<void>;
}

/** A native client: discovery, registration (RFC 7591), authorization code with PKCE, token, one call, refresh. */
export async function startClient(options: ClientOptions): Promise<RunningClient> {
  const { secrets, resource, scope, callback = "answers" } = options;
  const http = {
    [oauth.allowInsecureRequests]: true,
    // Its option types name every body kind; at run time it passes what `fetch` takes.
    [oauth.customFetch]: (url: string, init: object) => options.fetch(url, init),
  };
  const issuer = new URL(options.issuer);
  const server = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: options.metadata, ...http }),
  );

  let answer: Handler = (_, response) => response.writeHead(503).end();
  let listener: Listener | undefined;
  if (callback !== "nobody listens") {
    listener = await listen({ protocol: "http", handler: (request, response) => answer(request, response) });
  }
  const port = listener?.port ?? (await findFreePort());
  const registered = options.register?.(port) ?? `http://127.0.0.1:${port}/callback`;
  const client = options.clientId ? { client_id: options.clientId } : await register(registered);

  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  secrets.add("state", state);
  secrets.add("code verifier", verifier);
  const parameters = new URLSearchParams({
    response_type: "code",
    client_id: client.client_id,
    redirect_uri: registered,
    ...(scope !== undefined && { scope }),
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...(resource !== undefined && { resource }),
  });
  options.alterRequest?.(parameters);
  const endpoint = new URL(server.authorization_endpoint ?? "");
  for (const [name, value] of parameters) endpoint.searchParams.append(name, value);
  const redirectUri = parameters.get("redirect_uri") ?? registered;
  const nonce = parameters.get("nonce") ?? undefined;
  secrets.add("nonce", nonce);

  let settle: (outcome: ClientOutcome) => void = () => {};
  const outcome = new Promise<ClientOutcome>((resolve) => {
    settle = resolve;
  });
  answer = (request, response) => {
    const url = new URL(request.url ?? "/", registered);
    if (url.pathname !== new URL(registered).pathname) {
      response.writeHead(404).end();
      return;
    }
    if (callback === "fails") {
      response.writeHead(500, { "content-type": "text/html; charset=utf-8" });
      response.end(renderClosing("Internal Server Error: the sign-in could not be stored."));
      settle({ kind: "failed" });
      return;
    }
    if (parameters.get("response_mode") === "fragment" && request.method === "GET" && !url.searchParams.has("error")) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(renderRelay());
      return;
    }
    void readParameters(request, url)
      .then(receive)
      .then((received) => {
        const [status, sentence] = closing(received);
        response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(renderClosing(sentence));
        settle(received);
      });
  };

  async function register(uri: string): Promise<oauth.Client> {
    const made = await oauth.processDynamicClientRegistrationResponse(
      await oauth.dynamicClientRegistrationRequest(
        server,
        {
          client_name: "Lab client",
          application_type: "native",
          redirect_uris: [uri],
          grant_types: ["authorization_code", "refresh_token"],
          response_types: ["code"],
          token_endpoint_auth_method: "none",
          ...(scope !== undefined && { scope }),
        },
        http,
      ),
    );
    secrets.add("registration access token", made.registration_access_token);
    return made;
  }

  async function receive(sent: URLSearchParams): Promise<ClientOutcome> {
    secrets.add("authorization code", sent.get("code"));
    try {
      const validated = oauth.validateAuthResponse(server, client, sent, state);
      const tokens = await oauth.processAuthorizationCodeResponse(
        server,
        client,
        await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), validated, redirectUri, verifier, {
          ...http,
          ...(resource !== undefined && { additionalParameters: { resource } }),
        }),
        nonce === undefined ? {} : { expectedNonce: nonce },
      );
      keep(tokens);
      const status = resource === undefined ? await callUserinfo(tokens) : await callMcp(resource, tokens);
      return { kind: "connected", status, refresh: await refresh(tokens) };
    } catch (error) {
      if (error instanceof oauth.AuthorizationResponseError) {
        const { error: code, error_description: description } = error;
        return { kind: "refused", error: code, ...(description !== undefined && { description }) };
      }
      return { kind: "rejected-response", reason: error instanceof Error ? error.message : String(error) };
    }
  }

  function keep(tokens: oauth.TokenEndpointResponse): void {
    secrets.add("access token", tokens.access_token);
    secrets.add("refresh token", tokens.refresh_token);
    secrets.add("ID token", tokens.id_token);
  }

  async function callUserinfo(tokens: oauth.TokenEndpointResponse): Promise<number> {
    return (await oauth.userInfoRequest(server, client, tokens.access_token, http)).status;
  }

  async function callMcp(url: string, tokens: oauth.TokenEndpointResponse): Promise<number> {
    const headers = new Headers({ "content-type": "application/json", accept: "application/json, text/event-stream" });
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "lab-client", version: "1.0.0" } },
    });
    return (await oauth.protectedResourceRequest(tokens.access_token, "POST", new URL(url), headers, body, http))
      .status;
  }

  async function refresh(tokens: oauth.TokenEndpointResponse): Promise<boolean> {
    if (tokens.refresh_token === undefined) return false;
    const fresh = await oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh_token, http),
    );
    keep(fresh);
    return true;
  }

  return {
    clientId: client.client_id,
    authorizationUrl: endpoint.href,
    redirectUri,
    outcome,
    stop: async () => {
      settle({ kind: "nothing-came" });
      await listener?.close();
    },
  };
}

/** Of the query, or of the body that `form_post` and the page for a fragment send. */
async function readParameters(request: IncomingMessage, url: URL): Promise<URLSearchParams> {
  if (request.method !== "POST") return url.searchParams;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

function closing(outcome: ClientOutcome): [number, string] {
  switch (outcome.kind) {
    case "connected":
      return [200, "You are signed in. You can close this window."];
    case "refused":
      return [200, `The authorization server refused: ${outcome.error}. You can close this window.`];
    default:
      return [
        400,
        `The authorization response was not accepted: ${outcome.kind === "rejected-response" ? outcome.reason : outcome.kind}`,
      ];
  }
}
