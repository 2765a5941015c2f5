import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "./browser.ts";
import { startClient } from "./client.ts";
import { type OidcProviderServer, startOidcProvider } from "./oidc-provider.ts";
import { People } from "./people.ts";
import { scenarios } from "./scenarios.ts";
import { SecretRegister } from "./secrets.ts";

const secrets = new SecretRegister();
const people = new People(secrets);
let server: OidcProviderServer;
let browser: Browser;

beforeAll(async () => {
  server = await startOidcProvider({ people, secrets, path: "/op" });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe("oidc-provider mounted under a path, on plain HTTP", () => {
  it("answers OpenID discovery appended to the issuer, and nowhere else", async () => {
    const { origin } = new URL(server.issuer);
    const found = await fetch(`${server.issuer}/.well-known/openid-configuration`);
    expect(await found.json()).toMatchObject({
      issuer: `${origin}/op`,
      authorization_endpoint: `${origin}/op/auth`,
      registration_endpoint: `${origin}/op/reg`,
    });
    expect((await fetch(`${origin}/.well-known/openid-configuration/op`)).status).toBe(404);
    expect((await fetch(`${origin}/.well-known/oauth-authorization-server/op`)).status).toBe(404);
  });

  it("takes a client through login, consent, token, userinfo and refresh", async () => {
    const client = await startClient({
      fetch,
      secrets,
      issuer: server.issuer,
      metadata: "oidc",
      scope: "openid profile",
    });
    const page = await browser.context.newPage();
    await page.goto(client.authorizationUrl);
    await scenarios.find(({ id }) => id === "healthy")?.person(page, { client, people, rest: async () => undefined });
    expect(await client.outcome).toEqual({ kind: "connected", status: 200, refresh: true });
    await client.stop();
  });
});
