import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BetterAuthServer, startBetterAuth } from "./better-auth.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { type ClientOptions, type ClientOutcome, type RunningClient, startClient } from "./client.ts";
import { arriveAt, decide, logIn } from "./interaction.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";

const secrets = new SecretRegister();
const people = new People(secrets);
let server: BetterAuthServer;
let browser: Browser;

beforeAll(async () => {
  server = await startBetterAuth();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = (options: Partial<ClientOptions> = {}): Promise<RunningClient> =>
  startClient({ fetch, secrets, issuer: server.issuer, metadata: "oidc", scope: "openid offline_access", ...options });

interface ErrorPage {
  readonly statuses: readonly (number | undefined)[];
  readonly path: string;
  readonly error: string | null;
  readonly description: string | null;
  readonly text: string | null;
}

/** Statuses of the authorization request and of the page behind its redirect, and what that page says. */
async function fail(options: Partial<ClientOptions>): Promise<ErrorPage> {
  const client = await open(options);
  const page = await browser.context.newPage();
  const response = await page.goto(client.authorizationUrl);
  const first = await response?.request().redirectedFrom()?.response();
  const { pathname, searchParams } = new URL(page.url());
  const text = await page.textContent("body");
  await page.close();
  await client.stop();
  return {
    statuses: [first?.status(), response?.status()],
    path: pathname,
    error: searchParams.get("error"),
    description: searchParams.get("error_description"),
    text,
  };
}

async function pass(decision: "Continue" | "Deny"): Promise<ClientOutcome> {
  const client = await open();
  const person = people.add();
  await server.addPerson(person);
  const page = await browser.context.newPage();
  await page.context().clearCookies();
  await page.goto(client.authorizationUrl);
  await logIn(page, person);
  await decide(page, decision);
  await arriveAt(page, client.redirectUri);
  await page.close();
  await client.stop();
  return client.outcome;
}

describe("better-auth", () => {
  it("sends an unknown client to its own error page, which is 200 and misleads", async () => {
    expect(await fail({ clientId: "never-registered" })).toEqual({
      statuses: [302, 200],
      path: "/api/auth/error",
      error: "invalid_client",
      description: "client_id is required",
      text: expect.stringMatching(/Something went wrong\s*CODE:\s*invalid_client\s*client_id is required/),
    });
  });

  it("sends another redirect URI to its own error page", async () => {
    const alterRequest = (parameters: URLSearchParams): void =>
      parameters.set("redirect_uri", `${parameters.get("redirect_uri")}/other`);
    expect(await fail({ alterRequest })).toEqual({
      statuses: [302, 200],
      path: "/api/auth/error",
      error: "invalid_redirect",
      description: "invalid redirect uri",
      text: expect.stringMatching(/CODE:\s*invalid_redirect\s*invalid redirect uri/),
    });
  });

  it("takes another port of the loopback address", async () => {
    const alterRequest = (parameters: URLSearchParams): void => {
      const other = new URL(parameters.get("redirect_uri") ?? "");
      other.port = "5999";
      parameters.set("redirect_uri", other.href);
    };
    expect(await fail({ alterRequest })).toMatchObject({ path: "/login", error: null });
  });

  it("takes a client all the way to userinfo and refresh", async () => {
    expect(await pass("Continue")).toEqual({ kind: "connected", status: 200, refresh: true });
  });

  it("tells the client when the person denies", async () => {
    expect(await pass("Deny")).toMatchObject({ kind: "refused", error: "access_denied" });
  });
});
