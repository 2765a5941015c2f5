import { ResponseBodyError } from "oauth4webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "./browser.ts";
import { type ClientOptions, type RunningClient, startClient } from "./client.ts";
import { type FastMcpCluster, startFastMcpCluster } from "./fastmcp.ts";
import { arriveAt, passThroughFastMcp } from "./interaction.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";

const secrets = new SecretRegister();
const people = new People(secrets);
let browser: Browser;
let server: FastMcpCluster;

beforeAll(async () => {
  browser = await openBrowser();
  server = await startFastMcpCluster({
    people,
    secrets,
    instances: 1,
    routing: "round-robin",
    store: "memory",
    path: "/api",
    allowedRedirectUris: ["http://127.0.0.1:*"],
  });
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = (options: Partial<ClientOptions> = {}): Promise<RunningClient> =>
  startClient({
    fetch,
    secrets,
    issuer: server.issuer,
    metadata: "oauth2",
    resource: server.resource,
    scope: "openid",
    ...options,
  });

describe("FastMCP's OIDCProxy mounted under a path, with an allow-list of redirect URIs", () => {
  it("has its metadata at the root with the mount path inserted, and at more places than that", async () => {
    const { origin, pathname } = new URL(server.issuer);
    expect(pathname).toBe("/api");
    const found: Record<string, unknown> = {};
    for (const path of [
      "/.well-known/oauth-authorization-server/api",
      "/api/.well-known/oauth-authorization-server",
      "/.well-known/openid-configuration/api",
      "/.well-known/openid-configuration",
      "/.well-known/oauth-authorization-server",
      "/api/.well-known/openid-configuration",
    ]) {
      const response = await fetch(origin + path);
      found[path] = response.ok ? ((await response.json()) as { issuer: string }).issuer : response.status;
    }
    expect(found).toEqual({
      "/.well-known/oauth-authorization-server/api": server.issuer,
      "/api/.well-known/oauth-authorization-server": server.issuer,
      "/.well-known/openid-configuration/api": server.issuer,
      // Not the issuer that this address belongs to.
      "/.well-known/openid-configuration": server.issuer,
      "/.well-known/oauth-authorization-server": 404,
      "/api/.well-known/openid-configuration": 404,
    });
  });

  it("challenges with the protected resource metadata that has the mount path inserted", async () => {
    const response = await fetch(server.resource, { method: "POST" });
    expect(response.status).toBe(401);
    const url = `${new URL(server.issuer).origin}/.well-known/oauth-protected-resource/api/mcp`;
    expect(response.headers.get("www-authenticate")).toContain(`resource_metadata="${url}"`);
    expect(await (await fetch(url)).json()).toMatchObject({
      resource: server.resource,
      authorization_servers: [server.issuer],
    });
  });

  it("takes a client all the way", async () => {
    const client = await open();
    const page = await browser.context.newPage();
    await page.goto(client.authorizationUrl);
    await passThroughFastMcp(page, people.add());
    await arriveAt(page, client.redirectUri);
    await page.close();
    expect(await client.outcome).toEqual({ kind: "connected", status: 200, refresh: true });
    await client.stop();
  });

  it("registers no redirect URI outside the list", async () => {
    const refused = open({ register: (port) => `http://localhost:${port}/callback` });
    await expect(refused).rejects.toBeInstanceOf(ResponseBodyError);
    await expect(refused).rejects.toMatchObject({ status: 400, error: "invalid_redirect_uri" });
  });

  it("takes no redirect URI outside the list, and says that it is the list", async () => {
    const client = await open({
      alterRequest: (parameters) =>
        parameters.set("redirect_uri", (parameters.get("redirect_uri") ?? "").replace("127.0.0.1", "localhost")),
    });
    const response = await fetch(client.authorizationUrl, { redirect: "manual" });
    await client.stop();
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: "invalid_request",
      error_description: `Redirect URI '${client.redirectUri}' does not match allowed patterns.`,
    });
  });
});
