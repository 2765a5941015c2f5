import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { type Configuration, interactionPolicy, Provider } from "oidc-provider";
import type { ServerCertificate } from "./certificate-authority.ts";
import { type Handler, listen } from "./listen.ts";
import { renderConsent, renderLogin } from "./pages.ts";
import type { People } from "./people.ts";
import type { SecretRegister } from "./secrets.ts";

export interface OidcProviderOptions {
  readonly people: People;
  readonly secrets: SecretRegister;
  /** Serves TLS with HTTP/2 when given, plain HTTP otherwise. */
  readonly certificate?: ServerCertificate;
  /** Mount path such as `/op`; the root when left out. */
  readonly path?: string;
  readonly port?: number;
  /** Clients known from the start, beside those that register themselves. */
  readonly clients?: Configuration["clients"];
  /** Further settings of the product, over the lab's own. */
  readonly configuration?: Configuration;
  /** Stands for a gateway that rewrites what passes through it: changes `state` in each authorization response. */
  readonly rewriteState?: (state: string) => string;
}

export interface OidcProviderServer {
  readonly kind: "oidc-provider";
  readonly issuer: string;
  /** Forgets a client that registered itself, as a restart with the default store does. */
  forgetClient(clientId: string): Promise<void>;
  stop(): Promise<void>;
}

/** All usernames of the lab's people sign in to this one account, so that a browser session never has to change accounts. */
const accountId = "lab-account";

/** Seconds. */
const lifetimes = {
  AccessToken: 3600,
  AuthorizationCode: 60,
  Grant: 86_400,
  IdToken: 3600,
  Interaction: 3600,
  RefreshToken: 86_400,
  Session: 86_400,
};

/** panva's `oidc-provider` with its in-memory store, its own error page, and login and consent pages of the lab. */
export async function startOidcProvider(options: OidcProviderOptions): Promise<OidcProviderServer> {
  const { people, secrets, certificate, path = "", port = 0, clients = [], rewriteState } = options;
  // The issuer contains the port, so the port is taken first.
  let serve: Handler = (_, response) => response.writeHead(503).end();
  const handler: Handler = (request, response) => serve(request, response);
  const listener = await listen(
    certificate ? { protocol: "h2", certificate, handler } : { protocol: "http", handler },
    port,
  );
  const issuer = listener.origin + path;

  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const policy = interactionPolicy.base();
  policy
    .get("login")
    ?.checks.add(
      new interactionPolicy.Check("each_time", "this server asks for a login each time", "login_required", (ctx) =>
        ctx.oidc.result?.login ? interactionPolicy.Check.NO_NEED_TO_PROMPT : interactionPolicy.Check.REQUEST_PROMPT,
      ),
    );
  const provider = new Provider(issuer, {
    clients,
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: "lab" }] },
    cookies: { keys: [randomBytes(24).toString("base64url")] },
    pkce: { required: () => true },
    ttl: lifetimes,
    scopes: ["openid", "offline_access", "profile"],
    claims: { openid: ["sub"], profile: ["name"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: "A person of the lab" }) }),
    issueRefreshToken: async (_, client) => client.grantTypeAllowed("refresh_token"),
    interactions: { policy, url: (_, interaction) => `${issuer}/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true },
      registrationManagement: { enabled: true },
      revocation: { enabled: true },
      userinfo: { enabled: true },
    },
    ...options.configuration,
  });

  provider.use(async (ctx, next) => {
    const interaction = /^\/interaction\/[\w-]+(?<step>\/login|\/consent)?$/.exec(ctx.path);
    if (interaction) await interact(ctx.method, interaction.groups?.step, ctx);
    else await next();
    watchResponse(ctx);
  });

  async function interact(
    method: string,
    step: string | undefined,
    ctx: Parameters<Parameters<typeof provider.use>[0]>[0],
  ): Promise<void> {
    const { uid, prompt, params, session, grantId } = await provider.interactionDetails(ctx.req, ctx.res);
    const base = `${issuer}/interaction/${uid}`;
    const clientId = String(params.client_id);
    const clientName = (await provider.Client.find(clientId))?.clientName ?? clientId;
    ctx.set("cache-control", "no-store");
    if (method === "GET") {
      ctx.type = "html";
      ctx.body =
        prompt.name === "login"
          ? renderLogin({ action: `${base}/login`, clientName, isRetry: false })
          : renderConsent({ action: `${base}/consent`, clientName, scopes: String(params.scope ?? "").split(" ") });
      return;
    }
    const form = await readForm(ctx.req);
    if (step === "/login") {
      if (!people.accepts(form.get("login") ?? "", form.get("password") ?? "")) {
        ctx.type = "html";
        ctx.body = renderLogin({ action: `${base}/login`, clientName, isRetry: true });
        return;
      }
      ctx.status = 303;
      ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, { login: { accountId } }));
      return;
    }
    const result =
      form.get("decision") === "allow"
        ? { consent: { grantId: await grant(grantId, clientId, session?.accountId ?? accountId, prompt.details) } }
        : { error: "access_denied", error_description: "End-User aborted interaction" };
    ctx.status = 303;
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
  }

  /** Adds what is missing to the grant of an earlier attempt, if there is one. */
  async function grant(
    earlier: string | undefined,
    clientId: string,
    account: string,
    details: Record<string, unknown>,
  ): Promise<string> {
    const granted =
      (earlier === undefined ? undefined : await provider.Grant.find(earlier)) ??
      new provider.Grant({ accountId: account, clientId });
    const { missingOIDCScope, missingOIDCClaims, missingResourceScopes } = details as {
      missingOIDCScope?: string[];
      missingOIDCClaims?: string[];
      missingResourceScopes?: Record<string, string[]>;
    };
    if (missingOIDCScope) granted.addOIDCScope(missingOIDCScope.join(" "));
    if (missingOIDCClaims) granted.addOIDCClaims(missingOIDCClaims);
    for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {})) {
      granted.addResourceScope(resource, scopes.join(" "));
    }
    return granted.save();
  }

  function watchResponse(ctx: {
    response: { get(name: string): string | string[] };
    set(name: string, value: string): void;
  }): void {
    for (const cookie of [ctx.response.get("set-cookie")].flat()) {
      secrets.add("session cookie", /^_session(?:\.legacy)?=([^;]+)/.exec(cookie)?.[1]);
    }
    const location = String(ctx.response.get("location"));
    if (!location || location.startsWith(issuer) || !URL.canParse(location)) return;
    const target = new URL(location);
    secrets.add("authorization code", target.searchParams.get("code"));
    const state = target.searchParams.get("state");
    if (!rewriteState || state === null) return;
    target.searchParams.set("state", rewriteState(state));
    secrets.add("state", rewriteState(state));
    ctx.set("location", target.href);
  }

  // There, but left out of the product's types.
  const { adapter: clientStore } = provider.Client as unknown as { adapter: { destroy(id: string): Promise<void> } };
  const answer = provider.callback();
  serve = (request, response) => {
    const url = request.url ?? "/";
    if (path !== "" && !(url === path || url.startsWith(`${path}/`) || url.startsWith(`${path}?`))) {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not Found");
      return;
    }
    // As Express does for a mounted application; the product reads its mount path from the difference.
    Object.assign(request, { url: url.slice(path.length) || "/", originalUrl: url });
    void answer(request, response);
  };

  return {
    kind: "oidc-provider",
    issuer,
    forgetClient: (clientId) => clientStore.destroy(clientId),
    stop: () => listener.close(),
  };
}

async function readForm(request: AsyncIterable<unknown>): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
