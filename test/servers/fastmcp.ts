import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBehindTls } from "./behind-tls.ts";
import type { ServerCertificate } from "./certificate-authority.ts";
import type { Child } from "./child-process.ts";
import { type PythonServer, startPython } from "./mcp-python-sdk.ts";
import { type OidcProviderServer, startOidcProvider } from "./oidc-provider.ts";
import type { People } from "./people.ts";
import { type Redis, startRedis } from "./redis.ts";
import { type Routing, type RoutingProxy, startRoutingProxy } from "./routing-proxy.ts";
import type { SecretRegister } from "./secrets.ts";

export interface FastMcpOptions {
  /** Mount path such as `/api`; the root when left out. */
  readonly path?: string;
  /** Of a gateway in front of it that ends TLS. */
  readonly certificate?: ServerCertificate;
}

/** FastMCP with its in-memory authorization server, in one process, registration open. */
export async function startFastMcp({ path = "", certificate }: FastMcpOptions = {}): Promise<PythonServer> {
  const { origin, log, stop } = await startBehindTls(certificate, (publicOrigin) =>
    startPython("fastmcp_server.py", { path, publicOrigin }),
  );
  const base = origin + path;
  // Pydantic writes an issuer without a path with a slash.
  const issuer = path === "" ? `${base}/` : base;
  return { issuer, resource: `${base}/mcp`, log, stop };
}

/** What the instances of a cluster share, and what not. */
export type ClusterStore =
  /** Each keeps its clients in its own memory. */
  | "memory"
  /** The package's defaults; each has a home folder of its own, as containers have. */
  | "separate-homes"
  /** The package's defaults in one home folder, one instance with another upstream secret (in mid-rotation). */
  | "shared-home-secret-differs"
  /** One Redis, every key shared: the documented production form. */
  | "shared"
  /** One Redis, each instance with an encryption key of its own. */
  | "encryption-key-differs"
  /** The same, but a record that cannot be decrypted counts as missing. */
  | "encryption-key-differs-quietly"
  /** One Redis and one encryption key, each instance with a token signing key of its own. */
  | "signing-key-differs";

export interface ClusterOptions {
  readonly people: People;
  readonly secrets: SecretRegister;
  readonly instances: number;
  readonly routing: Routing;
  readonly store: ClusterStore;
  readonly path?: string;
  /** The operator's patterns of redirect URIs (`http://localhost:*`); any when left out. */
  readonly allowedRedirectUris?: readonly string[];
}

export interface FastMcpCluster {
  readonly issuer: string;
  readonly resource: string;
  /** The OpenID provider that people log in to. */
  readonly upstream: OidcProviderServer;
  readonly upstreamClientId: string;
  /** Output of each instance since it was last started. */
  logs(): readonly string[];
  /** Ends every instance and starts it anew with the same settings, behind the same address. */
  restart(): Promise<void>;
  /** The same with another store: the cure, or the disease. */
  restartWith(store: ClusterStore): Promise<void>;
  /** The same with a fix pasted into the server program word for word; it finds Redis at REDIS_HOST. */
  restartWithFix(code: string, env: Readonly<Record<string, string>>): Promise<void>;
  /** Sends requests to the first so many instances only, picked in this way. */
  route(instances: number, routing: Routing): void;
  /** Sends every request to this one instance, counted from 0. */
  routeTo(instance: number): void;
  /** Every request that came through the load balancer, in order. */
  readonly requests: RoutingProxy["requests"];
  stop(): Promise<void>;
}

const upstreamClientId = "fastmcp-upstream";
/** Where nobody else's Redis is likely to have taken the standard port; only Linux has all of 127/8. */
const redisHost = process.platform === "linux" ? "127.77.0.1" : "127.0.0.1";
const fernetKey = (): string => randomBytes(32).toString("base64").replaceAll("+", "-").replaceAll("/", "_");

/** FastMCP's `OIDCProxy` as several processes behind a load balancer, in front of one OpenID provider. */
export async function startFastMcpCluster(options: ClusterOptions): Promise<FastMcpCluster> {
  const { people, secrets, instances, routing, path = "", allowedRedirectUris } = options;
  const proxy = await startRoutingProxy(routing);
  const base = proxy.origin + path;
  const clientSecret = randomBytes(24).toString("base64url");
  secrets.add("client secret", clientSecret);
  const upstream = await startOidcProvider({
    people,
    secrets,
    clients: [
      {
        client_id: upstreamClientId,
        client_secret: clientSecret,
        client_name: "FastMCP of the lab",
        application_type: "native",
        redirect_uris: [`${base}/auth/callback`],
        grant_types: ["authorization_code", "refresh_token"],
      },
    ],
  });
  const homes = await mkdtemp(join(tmpdir(), "hopscope-fastmcp-"));
  const shared = { encryptionKey: fernetKey(), signingKey: randomBytes(32).toString("base64url") };
  const ownKeys = Array.from({ length: instances }, () => ({
    encryptionKey: fernetKey(),
    signingKey: randomBytes(32).toString("base64url"),
  }));
  let redis: Promise<Redis> | undefined;
  let standardRedis: Promise<Redis> | undefined;
  let fix: { readonly code: string; readonly env: Readonly<Record<string, string>> } | undefined;
  let children: readonly Child[] = [];

  async function storeOf(store: ClusterStore, instance: number): Promise<Record<string, unknown>> {
    const own = ownKeys[instance] ?? shared;
    switch (store) {
      case "memory":
        return { kind: "memory" };
      case "separate-homes":
      case "shared-home-secret-differs":
        return { kind: "default" };
      case "shared":
        return redisStore(shared.encryptionKey, shared.signingKey, true);
      case "encryption-key-differs":
        return redisStore(own.encryptionKey, shared.signingKey, true);
      case "encryption-key-differs-quietly":
        return redisStore(own.encryptionKey, shared.signingKey, false);
      case "signing-key-differs":
        return redisStore(shared.encryptionKey, own.signingKey, true);
    }
  }

  async function redisStore(encryptionKey: string, signingKey: string, raiseOnDecryptionError: boolean) {
    redis ??= startRedis();
    const { url } = await redis;
    return { kind: "redis", url, encryptionKey, signingKey, raiseOnDecryptionError };
  }

  async function startInstance(store: ClusterStore, instance: number): Promise<Child> {
    const isInRotation = store === "shared-home-secret-differs" && instance > 0;
    const settings = {
      path,
      publicOrigin: proxy.origin,
      allowedRedirectUris,
      upstream: {
        configUrl: `${upstream.issuer}/.well-known/openid-configuration`,
        clientId: upstreamClientId,
        clientSecret: isInRotation ? `next-${clientSecret}` : clientSecret,
      },
      store: fix ? { kind: "pasted", code: fix.code } : await storeOf(store, instance),
    };
    const home = store === "shared-home-secret-differs" ? "shared" : String(instance);
    return startPython("fastmcp_server.py", settings, {
      ...fix?.env,
      FASTMCP_HOME: join(homes, home),
      FASTMCP_LOG_LEVEL: "DEBUG",
    });
  }

  let store = options.store;
  async function startAll(): Promise<void> {
    const started = await Promise.allSettled(Array.from({ length: instances }, (_, i) => startInstance(store, i)));
    children = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const failure = started.find((result) => result.status === "rejected");
    if (failure) throw failure.reason;
    proxy.route(children.map(({ announced }) => announced));
  }
  async function stopAll(): Promise<void> {
    proxy.route([]);
    await Promise.all(children.map((child) => child.stop()));
    children = [];
  }
  async function stop(): Promise<void> {
    await stopAll();
    const stores = await Promise.all([redis, standardRedis].map((started) => started?.catch(() => undefined)));
    await Promise.all([proxy.close(), upstream.stop(), ...stores.map((started) => started?.stop())]);
    await rm(homes, { recursive: true, force: true });
  }
  async function restart(): Promise<void> {
    await stopAll();
    await startAll();
  }

  await startAll().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    issuer: path === "" ? `${base}/` : base,
    resource: `${base}/mcp`,
    upstream,
    upstreamClientId,
    logs: () => children.map((child) => child.log()),
    restart,
    restartWith(other) {
      store = other;
      fix = undefined;
      return restart();
    },
    async restartWithFix(code, env) {
      standardRedis ??= startRedis({ host: redisHost, port: 6379 });
      await standardRedis;
      fix = { code, env: { ...env, REDIS_HOST: redisHost } };
      await restart();
    },
    route(count, how) {
      proxy.route(
        children.slice(0, count).map(({ announced }) => announced),
        how,
      );
    },
    routeTo(instance) {
      proxy.route(children.slice(instance, instance + 1).map(({ announced }) => announced));
    },
    requests: proxy.requests,
    stop,
  };
}
