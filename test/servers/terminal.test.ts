import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runCheck } from "@/cli/check.ts";
import { createSend } from "@/cli/sender.ts";
import { type RunningClient, startClient } from "./client.ts";
import { type FastMcpCluster, startFastMcpCluster } from "./fastmcp.ts";
import { type OidcProviderServer, startOidcProvider } from "./oidc-provider.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";

const secrets = new SecretRegister();
const people = new People(secrets);
const clients: RunningClient[] = [];
afterEach(() => Promise.all(clients.splice(0).map((client) => client.stop())));

/** The command as a person runs it, but for the clock: waiting moves it on. */
async function check(...words: string[]) {
  const printed = { out: "", err: "" };
  let passed = 0;
  const terminal = {
    out: (text: string) => {
      printed.out += text;
    },
    err: (text: string) => {
      printed.err += text;
    },
    hasColours: false,
    read: () => {
      throw new Error("a check reads no file");
    },
  };
  const status = await runCheck(terminal, words, {
    send: createSend(),
    now: () => Date.now() + passed,
    wait: async (duration) => {
      passed += duration;
    },
  });
  return { status, ...printed };
}

describe("hopscope check at FastMCP as three processes", { timeout: 120_000 }, () => {
  let cluster: FastMcpCluster;
  beforeAll(async () => {
    cluster = await startFastMcpCluster({ people, secrets, instances: 3, routing: "random", store: "memory" });
  });
  afterAll(() => cluster?.stop());

  async function register(): Promise<RunningClient> {
    const { issuer, resource } = cluster;
    const client = await startClient({ fetch, secrets, issuer, metadata: "oauth2", resource, scope: "openid" });
    clients.push(client);
    return client;
  }

  it("proves that they disagree about a client, and shows the whole fix", async () => {
    const { clientId, redirectUri } = await register();
    const words = ["--client-id", clientId, "--redirect-uri", redirectUri, "--repeat", "--yes"];
    const { out, status } = await check(cluster.resource, ...words);
    expect(status).toBe(1);
    expect(out).toContain("[client-known-to-some-instances]");
    expect(out).toContain("Certainty: proven");
    expect(out).toContain("jwt_signing_key=os.environ");
  });

  it("needs no client but its own", async () => {
    const { out, status } = await check(cluster.resource, "--register", "--repeat", "--yes");
    expect(status).toBe(1);
    expect(out).toContain("[client-known-to-some-instances]");
    expect(out).toMatch(/Left behind: client_id \S+ at http/);
  });

  it("says what agreement is worth", async () => {
    cluster.route(1, "random");
    const { clientId } = await register();
    const { out, status } = await check(cluster.resource, "--client-id", clientId, "--yes");
    expect(status).toBe(0);
    expect(out).toContain("No disagreement was seen. 21 answers agreed.");
    expect(out).toContain("with five in 0.9 %");
  });

  it("of a client that nobody registered, with one of its own as the control", async () => {
    cluster.route(1, "random");
    const { out, status } = await check(
      cluster.resource,
      "--client-id",
      "2f6c0d7e-6a57-4a38-9f0b-6a7f0f1f2f3a",
      "--register",
      "--yes",
    );
    expect(status).toBe(1);
    expect(out).toContain("[client-registration-lost]");
  });
});

describe("hopscope check at oidc-provider", () => {
  let server: OidcProviderServer;
  beforeAll(async () => {
    server = await startOidcProvider({ people, secrets });
  });
  afterAll(() => server?.stop());

  it("deletes the client that it registered", async () => {
    const { out, status } = await check(server.issuer, "--register", "--yes");
    expect(out).toContain("is deleted again");
    expect(status).toBe(0);
  });
});
