import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CertificateAuthority, createCertificateAuthority } from "./certificate-authority.ts";
import { type McpTypeScriptServer, startMcpTypeScript } from "./mcp-typescript-sdk.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";
import { createTrustingFetch, type Fetch } from "./trusting-fetch.ts";

const secrets = new SecretRegister();
const people = new People(secrets);
let authority: CertificateAuthority;
let server: McpTypeScriptServer;
let trustingFetch: Fetch;

beforeAll(async () => {
  authority = await createCertificateAuthority();
  trustingFetch = createTrustingFetch(authority.pem);
  server = await startMcpTypeScript({
    people,
    secrets,
    certificate: await authority.issue(),
    hasRateLimits: true,
    allowedOrigins: ["https://app.example"],
  });
});

afterAll(async () => {
  await server?.stop();
});

async function obtainToken(): Promise<string> {
  const client = server.provider.clientsStore.registerClient({ redirect_uris: ["http://127.0.0.1/callback"] });
  const params = { state: "s", scopes: [], codeChallenge: "c", redirectUri: "http://127.0.0.1/callback" };
  const code = server.provider.issueCode("t", { client, params, isLoggedIn: true });
  return (await server.provider.exchangeAuthorizationCode(client, code)).access_token;
}

async function initialize(token: string, origin?: string): Promise<number> {
  const response = await trustingFetch(server.resource, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      authorization: `Bearer ${token}`,
      ...(origin !== undefined && { origin }),
    },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "lab", version: "1" } },
    }),
  });
  return response.status;
}

describe("the MCP TypeScript SDK's server on TLS, with its own limits", () => {
  it("publishes metadata of its https addresses", async () => {
    const response = await trustingFetch(`${server.issuer}.well-known/oauth-authorization-server`);
    expect(server.issuer).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
    expect(await response.json()).toMatchObject({
      issuer: server.issuer,
      authorization_endpoint: `${server.issuer}authorize`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "none"],
    });
  });

  it("is not trusted without the lab's certificate authority", async () => {
    await expect(fetch(server.issuer)).rejects.toThrow();
  });

  it("refuses a foreign Origin at the MCP endpoint", async () => {
    const token = await obtainToken();
    expect(await initialize(token)).toBe(200);
    expect(await initialize(token, "https://app.example")).toBe(200);
    expect(await initialize(token, "chrome-extension://abcdefghijklmnop")).toBe(403);
  });

  it("limits registrations to twenty in an hour", async () => {
    const statuses: number[] = [];
    for (let sent = 0; sent < 21; sent += 1) {
      const response = await trustingFetch(`${server.issuer}register`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ redirect_uris: ["http://127.0.0.1/callback"] }),
      });
      statuses.push(response.status);
      if (sent === 20) expect(await response.json()).toMatchObject({ error: "too_many_requests" });
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 201), 429]);
  });
});
