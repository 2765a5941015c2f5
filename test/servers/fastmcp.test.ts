import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "./browser.ts";
import { type ClientOutcome, type RunningClient, startClient } from "./client.ts";
import { type ClusterStore, type FastMcpCluster, startFastMcpCluster } from "./fastmcp.ts";
import { arriveAt, passThroughFastMcp } from "./interaction.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";

const secrets = new SecretRegister();
const people = new People(secrets);
let browser: Browser;
let cluster: FastMcpCluster;
const clients: RunningClient[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  cluster = await startFastMcpCluster({ people, secrets, instances: 2, routing: "round-robin", store: "memory" });
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.stop()));
});

afterAll(async () => {
  await browser?.close();
  await cluster?.stop();
});

async function register(clientId?: string): Promise<RunningClient> {
  const client = await startClient({
    fetch,
    secrets,
    issuer: cluster.issuer,
    metadata: "oauth2",
    resource: cluster.resource,
    scope: "openid",
    ...(clientId !== undefined && { clientId }),
  });
  clients.push(client);
  return client;
}

interface Answer {
  readonly instance: string | null;
  readonly status: number;
  readonly type: string | null;
  readonly says: string;
}

async function ask(client: RunningClient, accept = "text/html"): Promise<Answer> {
  const response = await fetch(client.authorizationUrl, { redirect: "manual", headers: { accept } });
  const text = await response.text();
  return {
    instance: response.headers.get("x-lab-instance"),
    status: response.status,
    type: response.headers.get("content-type"),
    says: /<title>([^<]*)/.exec(text)?.[1] ?? text,
  };
}

/** Statuses of four authorization requests sent one after the other. */
async function burst(client: RunningClient): Promise<number[]> {
  const statuses: number[] = [];
  for (let sent = 0; sent < 4; sent += 1) statuses.push((await ask(client)).status);
  return statuses;
}

async function signIn(client: RunningClient): Promise<ClientOutcome> {
  const page = await browser.context.newPage();
  await page.goto(client.authorizationUrl);
  await passThroughFastMcp(page, people.add());
  await arriveAt(page, client.redirectUri);
  await page.close();
  return client.outcome;
}

/** Registration is routed too, so the first or the second instance may be the one that knows the client. */
const alternating = (known: number, unknown: number) => [
  [known, unknown, known, unknown],
  [unknown, known, unknown, known],
];

// Each test restarts two Python processes.
describe("FastMCP's OIDCProxy as two instances behind a round-robin load balancer", { timeout: 180_000 }, () => {
  const instancesDisagree: [ClusterStore, number][] = [
    ["memory", 400],
    ["separate-homes", 400],
    ["shared-home-secret-differs", 400],
    ["encryption-key-differs", 500],
    ["encryption-key-differs-quietly", 400],
  ];
  for (const [store, status] of instancesDisagree) {
    it(`${store}: the instance that did not register the client answers ${status}`, async () => {
      await cluster.restartWith(store);
      const client = await register();
      expect(alternating(302, status)).toContainEqual(await burst(client));
      const answers = [await ask(client), await ask(client)];
      expect(answers.find((answer) => answer.status === status)).toMatchObject(
        status === 500
          ? { type: "text/plain; charset=utf-8", says: "Internal Server Error" }
          : { type: "text/html; charset=utf-8", says: "Client Not Registered" },
      );
    });
  }

  it("memory: a restart makes every instance forget", async () => {
    await cluster.restartWith("memory");
    const client = await register();
    await cluster.restart();
    expect(await burst(client)).toEqual([400, 400, 400, 400]);
  });

  it("signing-key-differs: every authorization request is taken, but the tokens of one instance fail at the other", async () => {
    await cluster.restartWith("signing-key-differs");
    const client = await register();
    expect(await burst(client)).toEqual([302, 302, 302, 302]);
    // Round robin: the code is exchanged at one instance, the token is used at the other.
    expect(await signIn(await register())).toEqual({
      kind: "rejected-response",
      reason: expect.stringContaining("WWW-Authenticate"),
    });
  });

  it("shared: the whole way to the authenticated MCP request and refresh", async () => {
    await cluster.restartWith("shared");
    const client = await register();
    expect(await burst(client)).toEqual([302, 302, 302, 302]);
    expect(await signIn(client)).toEqual({ kind: "connected", status: 200, refresh: true });
  });

  it("an unknown client that does not accept HTML is told where to register", async () => {
    const { status, says } = await ask(await register("never-registered"), "*/*");
    expect(status).toBe(400);
    expect(JSON.parse(says)).toMatchObject({
      error: "invalid_request",
      error_description: expect.stringContaining("Client ID 'never-registered' is not registered with this server."),
      registration_endpoint: expect.stringContaining("/register"),
      authorization_server_metadata: expect.stringContaining("/.well-known/oauth-authorization-server"),
    });
  });

  it("a client whose metadata document cannot be fetched looks like an unknown one, but for the log", async () => {
    const clientId = "https://127.0.0.1:5999/client.json";
    expect(await ask(await register(clientId))).toMatchObject({ status: 400, says: "Client Not Registered" });
    expect(cluster.logs().join("\n")).toContain("CIMD fetch failed");
  });

  it("the upstream's own client id is taken for a client", async () => {
    expect((await ask(await register(cluster.upstreamClientId))).status).toBe(302);
  });
});
