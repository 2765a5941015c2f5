import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBetterAuth } from "./better-auth.ts";
import { type ClientOptions, type RunningClient, startClient } from "./client.ts";
import { startFastMcp } from "./fastmcp.ts";
import { Investigation } from "./investigation.ts";
import { startMcpPython } from "./mcp-python-sdk.ts";
import { startMcpTypeScript } from "./mcp-typescript-sdk.ts";
import { startOidcProvider } from "./oidc-provider.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";

const secrets = new SecretRegister();
const people = new People(secrets);
const common = { people, secrets };
const clients: RunningClient[] = [];
const table: string[] = [];

afterEach(() => Promise.all(clients.splice(0).map((client) => client.stop())));
afterAll(() => console.log(table.join("\n")));

interface Running {
  readonly issuer: string;
  readonly resource?: string;
  stop(): Promise<void>;
}

const servers: Readonly<
  Record<string, readonly [start: () => Promise<Running>, options: Pick<ClientOptions, "metadata" | "scope">]>
> = {
  "oidc-provider": [() => startOidcProvider(common), { metadata: "oidc", scope: "openid" }],
  "MCP TypeScript SDK": [() => startMcpTypeScript(common), { metadata: "oauth2", scope: "mcp:tools" }],
  FastMCP: [() => startFastMcp(), { metadata: "oauth2" }],
  "MCP Python SDK": [startMcpPython, { metadata: "oauth2" }],
  "better-auth": [startBetterAuth, { metadata: "oidc", scope: "openid" }],
};

describe.each(Object.entries(servers))("%s, one healthy instance", (name, [start, options]) => {
  let server: Running;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  async function investigate(clientId?: string): Promise<Investigation> {
    const client = await startClient({
      fetch,
      secrets,
      issuer: server.issuer,
      ...options,
      ...(server.resource !== undefined && { resource: server.resource }),
      ...(clientId !== undefined && { clientId }),
    });
    clients.push(client);
    const investigation = new Investigation(server.issuer);
    await investigation.attempt(client.authorizationUrl);
    await investigation.discover();
    await investigation.knownClient();
    await investigation.burst(1);
    await investigation.burst(2, { delay: 91_000 });
    const { probes } = investigation.report().facts;
    if (probes.status !== "observed") throw new Error("nothing was asked");
    const { knownClient, instances } = probes.value;
    const oracles = knownClient?.oracles.map(({ oracle, verdict }) => `${oracle} ${verdict}`);
    table.push(
      `${name}, ${clientId ? "never registered" : "registered"}: ${investigation.verdict()}; ${oracles?.join(", ")}; ${instances?.draws} answers: ${instances?.verdict}`,
    );
    return investigation;
  }

  it("a registered client: no finding", async () => {
    const investigation = await investigate();
    expect(investigation.errors()).toEqual([]);
    expect(investigation.instances()?.verdict).toBe("agreeKnown");
  });

  it("a client that nobody registered: no word of several instances", async () => {
    const investigation = await investigate("2f6c0d7e-6a57-4a38-9f0b-6a7f0f1f2f3a");
    expect(investigation.errors()).toEqual(["unknown-client proven"]);
    expect(investigation.instances()?.verdict).toBe("agreeUnknown");
  });
});
