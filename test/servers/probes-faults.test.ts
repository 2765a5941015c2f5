import { ResponseBodyError } from "oauth4webapi";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSend } from "@/cli/sender.ts";
import { diagnoseDiscovery } from "@/lib/diagnosis/diagnose-discovery.ts";
import { runDiscovery } from "@/lib/discovery/run.ts";
import { deriveS256Challenge } from "@/lib/oauth/pkce.ts";
import { planClientAllowList } from "@/lib/probes/client-allow-list.ts";
import { planClientMetadata } from "@/lib/probes/client-metadata.ts";
import { planEndpoints } from "@/lib/probes/endpoints.ts";
import { planLoopbackDraws, planLoopbackRegistration } from "@/lib/probes/loopback-port.ts";
import { planRedirectUris } from "@/lib/probes/redirect-allow-list.ts";
import { redactAll } from "../discovery/web.ts";
import { type ClientOptions, type RunningClient, startClient } from "./client.ts";
import { type FastMcpCluster, startFastMcpCluster } from "./fastmcp.ts";
import { Investigation, random } from "./investigation.ts";
import type { PythonServer } from "./mcp-python-sdk.ts";
import { startMcpPython } from "./mcp-python-sdk.ts";
import { type McpTypeScriptServer, startMcpTypeScript } from "./mcp-typescript-sdk.ts";
import { type OidcProviderServer, startOidcProvider } from "./oidc-provider.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";

const secrets = new SecretRegister();
const people = new People(secrets);
const clients: RunningClient[] = [];
const table: string[] = [];

afterEach(() => Promise.all(clients.splice(0).map((client) => client.stop())));
afterAll(() => console.log(table.join("\n")));

async function open(options: Omit<ClientOptions, "fetch" | "secrets">): Promise<RunningClient> {
  const client = await startClient({ fetch, secrets, ...options });
  clients.push(client);
  return client;
}

async function investigate(issuer: string, client: RunningClient): Promise<Investigation> {
  const investigation = new Investigation(issuer);
  await investigation.attempt(client.authorizationUrl);
  await investigation.discover();
  return investigation;
}

function note(name: string, investigation: Investigation): void {
  table.push(`${name}: ${investigation.verdict()}: ${investigation.headline()?.summary}`);
}

describe("FastMCP with an allow-list of redirect URIs", () => {
  let server: FastMcpCluster;
  beforeAll(async () => {
    server = await startFastMcpCluster({
      people,
      secrets,
      instances: 1,
      routing: "round-robin",
      store: "memory",
      allowedRedirectUris: ["http://127.0.0.1:*"],
    });
  });
  afterAll(() => server?.stop());

  const options = () =>
    ({ issuer: server.issuer, metadata: "oauth2", resource: server.resource, scope: "openid" }) as const;
  const other = (parameters: URLSearchParams): void =>
    parameters.set("redirect_uri", (parameters.get("redirect_uri") ?? "").replace("127.0.0.1", "localhost"));

  it("at the authorization endpoint: proven by the answer to a URI that nobody registered", async () => {
    const investigation = await investigate(server.issuer, await open({ ...options(), alterRequest: other }));
    expect(investigation.verdict()).toBe("redirect-uri-not-registered likely");
    await investigation.knownClient();
    note("allow-list at the authorization endpoint", investigation);
    expect(investigation.verdict()).toBe("redirect-uri-not-registered proven");
    expect(investigation.headline()?.fix[0]?.code?.text).toContain("allowed_client_redirect_uris");
  });

  it("at the authorization endpoint: which redirect URIs it accepts", async () => {
    const client = await open(options());
    const investigation = await investigate(server.issuer, client);
    const asked = [client.redirectUri, client.redirectUri.replace("127.0.0.1", "localhost")];
    await investigation.ask(planRedirectUris(investigation.subject(), asked, random).requests);
    const { probes } = investigation.report().facts;
    const readings = probes.status === "observed" ? probes.value.redirectUris : undefined;
    expect(readings?.map(({ verdict }) => verdict)).toEqual(["accepted", "refused"]);
  });

  it("at the registration endpoint: proven by two registrations that differ in nothing else", async () => {
    await expect(
      open({ ...options(), register: (port) => `http://localhost:${port}/callback` }),
    ).rejects.toBeInstanceOf(ResponseBodyError);
    const investigation = await investigate(server.issuer, await open({ ...options(), clientId: "none-was-issued" }));
    const subject = investigation.subject();
    const registrationEndpoint = subject.registrationEndpoint ?? "";
    await investigation.ask(
      planClientAllowList({ ...subject, registrationEndpoint }, "http://127.0.0.1/callback").writes,
    );
    note("allow-list at registration", investigation);
    expect(investigation.errors()).toContain("client-not-allowed proven");
  });

  it("at the registration endpoint: the answer that the client got is explained", async () => {
    const { registrationEndpoint } = (await investigate(server.issuer, await open(options()))).subject();
    const investigation = new Investigation(server.issuer);
    const status = await investigation.call(registrationEndpoint ?? "", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ client_name: "Lab client", redirect_uris: ["http://localhost:33418/callback"] }),
    });
    note("allow-list at registration, as the client saw it", investigation);
    expect(status).toBe(400);
    expect(investigation.verdict()).toBe("registration-redirect-uri-rejected likely");
    expect(investigation.headline()?.summary).toContain("http://localhost:33418/callback");
  });

  it("a client metadata document that cannot be fetched", async () => {
    const clientId = "https://127.0.0.1:5999/client.json";
    const investigation = await investigate(server.issuer, await open({ ...options(), clientId }));
    await investigation.ask(
      planClientMetadata(investigation.subject(), random, ["https://127.0.0.1:5998/other.json"]).requests,
    );
    note("unfetchable client metadata document", investigation);
    expect(investigation.verdict()).toBe("client-metadata-unreachable likely");
    expect(investigation.headline()?.summary).toContain("treats the documents of other clients in the same way");
    expect(server.logs().join("\n")).toContain("CIMD fetch failed for");
    expect(investigation.headline()?.fix[0]?.do).toContain("CIMD fetch failed for");
  });

  it("every advertised endpoint answers, whatever becomes of the attempt", async () => {
    const investigation = await investigate(server.issuer, await open(options()));
    await investigation.ask(planEndpoints(investigation.subject()).requests);
    const { probes } = investigation.report().facts;
    const endpoints = probes.status === "observed" ? (probes.value.endpoints ?? []) : [];
    expect(endpoints.length).toBeGreaterThan(2);
    expect(endpoints.filter(({ isReachable }) => !isReachable)).toEqual([]);
  });
});

describe("the MCP Python SDK's server, which insists on the registered loopback port", () => {
  let server: PythonServer;
  beforeAll(async () => {
    server = await startMcpPython();
  });
  afterAll(() => server?.stop());

  it("is proven with a client registered for the purpose", async () => {
    const client = await open({
      issuer: server.issuer,
      metadata: "oauth2",
      resource: server.resource,
      alterRequest: (parameters) => {
        const uri = new URL(parameters.get("redirect_uri") ?? "");
        uri.port = "5999";
        parameters.set("redirect_uri", uri.href);
      },
    });
    const investigation = await investigate(server.issuer, client);
    expect(investigation.verdict()).toMatch(/^redirect-uri-not-registered /);
    const subject = investigation.subject();
    const registrationEndpoint = subject.registrationEndpoint ?? "";
    await investigation.ask(planLoopbackRegistration({ ...subject, registrationEndpoint }).writes);
    const { probes } = investigation.report().facts;
    const own = probes.status === "observed" ? probes.value.loopback?.registration.clientId : undefined;
    await investigation.ask(planLoopbackDraws(subject, own ?? "", random).requests);
    note("exact loopback port", investigation);
    expect(investigation.verdict()).toBe("loopback-port-not-free proven");
  });
});

describe("the MCP TypeScript SDK's server, which checks Origin", () => {
  let server: McpTypeScriptServer;
  beforeAll(async () => {
    server = await startMcpTypeScript({ people, secrets, allowedOrigins: ["https://app.example"] });
  });
  afterAll(() => server?.stop());

  async function initialize(origin?: string): Promise<number> {
    const client = server.provider.clientsStore.registerClient({ redirect_uris: ["http://127.0.0.1/callback"] });
    const params = { state: "s", scopes: [], codeChallenge: "c", redirectUri: "http://127.0.0.1/callback" };
    const code = server.provider.issueCode("t", { client, params, isLoggedIn: true });
    const { access_token: token } = await server.provider.exchangeAuthorizationCode(client, code);
    const answer = await createSend()({
      url: server.resource,
      method: "POST",
      headers: [
        { name: "accept", value: "application/json, text/event-stream" },
        { name: "authorization", value: `Bearer ${token}` },
        ...(origin === undefined ? [] : [{ name: "origin", value: origin }]),
      ],
      body: {
        mimeType: "application/json",
        text: JSON.stringify({
          jsonrpc: "2.0",
          id: 1,
          method: "initialize",
          params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "lab", version: "1" } },
        }),
      },
      timeoutMs: 5_000,
      maxBytes: 65_536,
      acceptsAddress: () => true,
    });
    return answer.kind === "answered" ? answer.status : 0;
  }

  it("refuses an extension's origin and takes the terminal, which sends none", async () => {
    expect(await initialize("chrome-extension://abcdefghijklmnopabcdefghijklmnop")).toBe(403);
    expect(await initialize()).toBe(200);
  });

  it("gives no finding: our requests say nothing about where they come from", async () => {
    const raw = await runDiscovery(
      { from: "url", url: server.resource, challenge: true },
      { send: createSend(), now: Date.now, session: "check" },
    );
    const report = diagnoseDiscovery(redactAll(raw), { asOf: Date.now() });
    expect(report?.diagnosis.findings.map(({ id }) => id)).toEqual([]);
  });
});

describe("an MCP server that checks Origin before it asks for a token", () => {
  let server: McpTypeScriptServer;
  const origins: (string | undefined)[] = [];
  beforeAll(async () => {
    server = await startMcpTypeScript({ people, secrets, originsFirst: origins });
  });
  afterAll(() => server?.stop());

  async function findings(origin?: string): Promise<readonly string[] | undefined> {
    const plain = createSend();
    const send: typeof plain = (request) =>
      plain({
        ...request,
        headers: [...request.headers, ...(origin === undefined ? [] : [{ name: "origin", value: origin }])],
      });
    const start = { from: "url", url: server.resource, challenge: true } as const;
    const raw = await runDiscovery(start, { send, now: Date.now, session: "check" });
    const report = diagnoseDiscovery(redactAll(raw), { asOf: Date.now() });
    return report?.diagnosis.findings.map(({ id, certainty }) => `${id} ${certainty}`);
  }

  it("is explained as that, and not as a server that does not ask", async () => {
    expect(await findings("chrome-extension://abcdefghijklmnopabcdefghijklmnop")).toEqual([
      "origin-not-allowed likely",
    ]);
  });

  it("has nothing to refuse in our own requests", async () => {
    origins.length = 0;
    expect(await findings()).toEqual([]);
    expect(origins).toEqual([undefined]);
  });
});

describe("oidc-provider", () => {
  let server: OidcProviderServer;
  beforeAll(async () => {
    server = await startOidcProvider({
      people,
      secrets,
      clients: [
        {
          client_id: "signing-client",
          client_secret: "a-secret-of-the-lab-with-some-length",
          token_endpoint_auth_method: "client_secret_jwt",
          redirect_uris: ["https://client.example/callback"],
        },
      ],
    });
  });
  afterAll(() => server?.stop());

  it("advertises a scope that it refuses to this client", async () => {
    const client = await open({
      issuer: server.issuer,
      metadata: "oidc",
      scope: "openid",
      alterRequest: (parameters) => parameters.set("scope", "openid profile"),
    });
    const investigation = await investigate(server.issuer, client);
    note("advertised scope refused", investigation);
    expect(investigation.verdict()).toBe("scope-invalid proven");
    expect(investigation.headline()?.summary).toContain("advertised by the server metadata all the same");
  });

  it("advertises a method of client authentication that it refuses to this client", async () => {
    const verifier = random();
    const client = await open({
      issuer: server.issuer,
      metadata: "oidc",
      scope: "openid",
      clientId: "signing-client",
      register: () => "https://client.example/callback",
      alterRequest: (parameters) => parameters.set("code_challenge", deriveS256Challenge(verifier)),
    });
    const investigation = await investigate(server.issuer, client);
    const credentials = Buffer.from("signing-client:a-secret-of-the-lab-with-some-length").toString("base64");
    const status = await investigation.call(investigation.subject().tokenEndpoint ?? "", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", authorization: `Basic ${credentials}` },
      body: new URLSearchParams({
        grant_type: "authorization_code",
        code: random(),
        client_id: "signing-client",
        code_verifier: verifier,
        redirect_uri: "https://client.example/callback",
      }).toString(),
    });
    note("advertised authentication method refused", investigation);
    expect(status).toBe(401);
    expect(investigation.verdict()).toBe("client-authentication-failed likely");
    expect(investigation.headline()?.summary).toContain("client_secret_basic, which the server metadata lists");
  });
});
