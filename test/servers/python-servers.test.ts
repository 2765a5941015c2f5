import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "./browser.ts";
import { type ClientOptions, type RunningClient, startClient } from "./client.ts";
import { startFastMcp } from "./fastmcp.ts";
import { arriveAt, logIn } from "./interaction.ts";
import { type PythonServer, startMcpPython } from "./mcp-python-sdk.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";

const secrets = new SecretRegister();
const people = new People(secrets);
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
});

const started: Record<string, () => Promise<PythonServer>> = {
  "MCP Python SDK": () => startMcpPython(),
  "FastMCP at the root": () => startFastMcp(),
  "FastMCP mounted under a path": () => startFastMcp({ path: "/api" }),
};

for (const [name, start] of Object.entries(started)) {
  describe(name, () => {
    let server: PythonServer;

    beforeAll(async () => {
      server = await start();
    });

    afterAll(async () => {
      await server?.stop();
    });

    const open = (options: Partial<ClientOptions> = {}): Promise<RunningClient> =>
      startClient({
        fetch,
        secrets,
        issuer: server.issuer,
        metadata: "oauth2",
        resource: server.resource,
        ...options,
      });

    async function ask(options: Partial<ClientOptions>): Promise<{ status: number; body: unknown; sent: URL }> {
      const client = await open(options);
      const response = await fetch(client.authorizationUrl, { redirect: "manual" });
      await client.stop();
      return { status: response.status, body: await response.json(), sent: new URL(client.authorizationUrl) };
    }

    it("answers an unknown client with JSON that names it", async () => {
      const { status, body, sent } = await ask({ clientId: "never-registered" });
      expect(status).toBe(400);
      expect(body).toEqual({
        error: "invalid_request",
        error_description: "Client ID 'never-registered' not found",
        state: sent.searchParams.get("state"),
      });
    });

    it("answers another redirect URI with JSON that names it", async () => {
      const { status, body, sent } = await ask({
        alterRequest: (parameters) => parameters.set("redirect_uri", `${parameters.get("redirect_uri")}/other`),
      });
      expect(status).toBe(400);
      expect(body).toMatchObject({
        error: "invalid_request",
        error_description: `Redirect URI '${sent.searchParams.get("redirect_uri")}' not registered for client`,
      });
    });

    it("wants the very port that was registered, loopback or not", async () => {
      const { status, body, sent } = await ask({
        alterRequest: (parameters) => {
          const other = new URL(parameters.get("redirect_uri") ?? "");
          other.port = "5999";
          parameters.set("redirect_uri", other.href);
        },
      });
      expect(status).toBe(400);
      expect(body).toMatchObject({
        error_description: `Redirect URI '${sent.searchParams.get("redirect_uri")}' not registered for client`,
      });
    });

    it("says invalid_client for an unknown and invalid_grant for a known client at the token endpoint", async () => {
      const client = await open();
      const metadata = new URL(
        `/.well-known/oauth-authorization-server${new URL(server.issuer).pathname.replace(/\/$/, "")}`,
        server.issuer,
      );
      const { token_endpoint: endpoint } = (await (await fetch(metadata)).json()) as { token_endpoint: string };
      const answers: unknown[] = [];
      for (const id of [client.clientId, "never-registered"]) {
        const response = await fetch(endpoint, {
          method: "POST",
          body: new URLSearchParams({
            grant_type: "authorization_code",
            client_id: id,
            code: "junk",
            code_verifier: "v".repeat(43),
            redirect_uri: client.redirectUri,
          }),
        });
        answers.push([response.status, ((await response.json()) as { error: string }).error]);
      }
      await client.stop();
      expect(answers).toEqual(
        name === "MCP Python SDK"
          ? [
              [400, "invalid_grant"],
              [401, "invalid_client"],
            ]
          : [
              [401, "invalid_grant"],
              [401, "invalid_client"],
            ],
      );
    });

    it("takes a client all the way to an authenticated request and refresh", async () => {
      const client = await open();
      const page = await browser.context.newPage();
      await page.goto(client.authorizationUrl);
      await logIn(page, people.add());
      await arriveAt(page, client.redirectUri);
      await page.close();
      expect(await client.outcome).toEqual({ kind: "connected", status: 200, refresh: true });
      await client.stop();
    });
  });
}
