import type { Page } from "playwright-core";
import { type CertificateAuthority, createCertificateAuthority } from "./certificate-authority.ts";
import { type RunningClient, startClient } from "./client.ts";
import { type Handler, listen } from "./listen.ts";
import { type McpTypeScriptServer, startMcpTypeScript } from "./mcp-typescript-sdk.ts";
import { type OidcProviderServer, startOidcProvider } from "./oidc-provider.ts";
import { renderStart } from "./pages.ts";
import { People } from "./people.ts";
import { type AttemptState, type Scenario, scenarios } from "./scenarios.ts";
import { SecretRegister } from "./secrets.ts";
import { createTrustingFetch, type Fetch } from "./trusting-fetch.ts";

export interface LabOptions {
  /** Puts `oidc-provider` on TLS with HTTP/2; the MCP TypeScript SDK's server stays on plain HTTP. Default true. */
  readonly tls?: boolean;
  /** Port of the start page; a free one when left out. */
  readonly startPort?: number;
}

/** One started attempt, with a client that waits for its response. */
interface LabAttempt {
  /** The authorization request's URL, as a native client opens it. */
  readonly url: string;
  readonly client: RunningClient;
  /** Opens the URL and does what a person would, until the last page of the attempt is there; `rest` is called on the way, on each page. */
  drive(page: Page, rest?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export interface LabFlow {
  readonly id: string;
  readonly title: string;
  readonly server: (OidcProviderServer | McpTypeScriptServer)["kind"];
  readonly isTls: boolean;
  readonly expected: { readonly state: AttemptState; readonly finding?: string };
  /** Discovers, registers and prepares a new attempt; may be called again and again. */
  start(): Promise<LabAttempt>;
}

export interface Lab {
  readonly flows: readonly LabFlow[];
  /** Lists the flows; `/start/<id>` starts one and redirects to its authorization request. */
  readonly startUrl: string;
  readonly oidcProvider: OidcProviderServer;
  readonly mcpTypeScript: McpTypeScriptServer;
  readonly secrets: SecretRegister;
  readonly people: People;
  readonly authority: CertificateAuthority;
  /** Command line arguments with which Chromium trusts the lab. */
  readonly browserArgs: readonly string[];
  readonly fetch: Fetch;
  /** Ends every server and every client. */
  stop(): Promise<void>;
}

interface Bench {
  readonly healthy: OidcProviderServer | McpTypeScriptServer;
  readonly rewriting: OidcProviderServer | McpTypeScriptServer;
}

/** Keeps the length and the alphabet, so that only a comparison can tell. */
const rewriteState = (state: string): string => state.slice(1) + state.slice(0, 1);

/** Starts real authorization servers, clients and a start page on 127.0.0.1, all on free ports. */
export async function startLab({ tls = true, startPort = 0 }: LabOptions = {}): Promise<Lab> {
  const authority = await createCertificateAuthority();
  const secrets = new SecretRegister();
  const people = new People(secrets);
  const trustingFetch = createTrustingFetch(authority.pem);
  const certificate = tls ? await authority.issue() : undefined;
  const common = { people, secrets };
  const oidcOptions = { ...common, ...(certificate && { certificate }) };
  const oidcProvider = await startOidcProvider(oidcOptions);
  const mcpTypeScript = await startMcpTypeScript(common);
  const benches: readonly Bench[] = [
    { healthy: oidcProvider, rewriting: await startOidcProvider({ ...oidcOptions, rewriteState }) },
    { healthy: mcpTypeScript, rewriting: await startMcpTypeScript({ ...common, rewriteState }) },
  ];
  const clients = new Set<RunningClient>();

  async function start(scenario: Scenario, { healthy, rewriting }: Bench): Promise<LabAttempt> {
    const server = scenario.isStateRewritten ? rewriting : healthy;
    const client = await startClient({
      fetch: trustingFetch,
      secrets,
      issuer: server.issuer,
      ...(server.kind === "oidc-provider"
        ? { metadata: "oidc", scope: "openid profile" }
        : { metadata: "oauth2", scope: "mcp:tools", resource: server.resource }),
      ...scenario.client,
    });
    clients.add(client);
    if (scenario.isClientForgotten) await forgetClient(server, client.clientId);
    return {
      url: client.authorizationUrl,
      client,
      async drive(page, rest = async () => undefined) {
        await page.goto(client.authorizationUrl);
        await scenario.person(page, { client, people, rest });
      },
      async stop() {
        clients.delete(client);
        await client.stop();
      },
    };
  }

  const flows: readonly LabFlow[] = benches.flatMap((bench) =>
    scenarios.map((scenario) => ({
      id: `${bench.healthy.kind}-${scenario.id}`,
      title: scenario.title,
      server: bench.healthy.kind,
      isTls: bench.healthy.issuer.startsWith("https:"),
      expected: { state: scenario.state, ...(scenario.finding !== undefined && { finding: scenario.finding }) },
      start: () => start(scenario, bench),
    })),
  );
  const startPage = await listen({ protocol: "http", handler: answerStart(flows) }, startPort);

  return {
    flows,
    startUrl: `${startPage.origin}/`,
    oidcProvider,
    mcpTypeScript,
    secrets,
    people,
    authority,
    browserArgs: authority.browserArgs,
    fetch: trustingFetch,
    async stop() {
      await startPage.close();
      await Promise.all([...clients].map((client) => client.stop()));
      await Promise.all(benches.flatMap(({ healthy, rewriting }) => [healthy.stop(), rewriting.stop()]));
    },
  };
}

async function forgetClient(server: OidcProviderServer | McpTypeScriptServer, clientId: string): Promise<void> {
  if (server.kind === "oidc-provider") await server.forgetClient(clientId);
  else server.provider.clients.delete(clientId);
}

function answerStart(flows: readonly LabFlow[]): Handler {
  const entries = flows.map(({ id, title, server, isTls, expected }) => ({
    href: `/start/${id}`,
    title,
    server: `${server}${isTls ? ", TLS" : ""}`,
    expectation: expected.finding ?? expected.state,
  }));
  return (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(renderStart(entries));
      return;
    }
    const flow = flows.find(({ id }) => pathname === `/start/${id}`);
    if (!flow) {
      response.writeHead(404).end();
      return;
    }
    flow.start().then(
      ({ url }) => response.writeHead(302, { location: url, "cache-control": "no-store" }).end(),
      (error: unknown) => response.writeHead(500, { "content-type": "text/plain" }).end(String(error)),
    );
  };
}
