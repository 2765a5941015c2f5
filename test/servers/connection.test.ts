import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSend } from "@/cli/sender.ts";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { type ConnectionInput, runConnection, type Step } from "@/lib/probes/connection.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";
import { type BetterAuthServer, startBetterAuth } from "./better-auth.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { type FastMcpCluster, startFastMcpCluster } from "./fastmcp.ts";
import { decide, logIn, passThroughFastMcp } from "./interaction.ts";
import { type McpTypeScriptServer, startMcpTypeScript } from "./mcp-typescript-sdk.ts";
import { type OidcProviderServer, startOidcProvider } from "./oidc-provider.ts";
import { People } from "./people.ts";
import { SecretRegister } from "./secrets.ts";

// The whole identity step on real servers. The response goes to a port that the browser refuses to open, where nothing listens.
const redirectUri = "http://127.0.0.1:6000/callback";
const secrets = new SecretRegister();
const people = new People(secrets);
let browser: Browser;
let oidcProvider: OidcProviderServer;
let mcpTypeScript: McpTypeScriptServer;
let fastMcp: FastMcpCluster;
let betterAuth: BetterAuthServer;

beforeAll(async () => {
  browser = await openBrowser();
  oidcProvider = await startOidcProvider({ people, secrets });
  mcpTypeScript = await startMcpTypeScript({ people, secrets });
  fastMcp = await startFastMcpCluster({ people, secrets, instances: 1, routing: "round-robin", store: "memory" });
  betterAuth = await startBetterAuth();
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([oidcProvider?.stop(), mcpTypeScript?.stop(), fastMcp?.stop(), betterAuth?.stop()]);
});

async function check(input: Partial<ConnectionInput> & { url: string }, person: (page: Page) => Promise<void>) {
  const steps: Step[] = [];
  const raw: RawObservation[] = [];
  const written: string[] = [];
  const page = await browser.context.newPage();
  await browser.context.clearCookies();
  const result = await runConnection(
    { client: { kind: "register" }, redirectUri, ...input },
    {
      send: createSend(),
      now: () => Date.now(),
      run: "1",
      random: () => randomBytes(32).toString("base64url"),
      record: (observation) => raw.push({ ...observation, session: "check" }),
      async authorize(url) {
        const response = page.waitForEvent("requestfailed", (request) => request.url().startsWith(redirectUri));
        await page.goto(url);
        await person(page);
        return (await response).url();
      },
      mayWrite: async ({ body }) => written.push(body) > 0,
      onStep: (step) => steps.push(step),
      isCancelled: () => false,
    },
  );
  await page.close();
  const ended = Object.fromEntries(steps.map(({ id, state, says }) => [id, `${state}: ${says}`]));
  return { result, ended, raw, written };
}

const through = async (page: Page) => {
  await logIn(page, people.add());
  await decide(page, "Continue");
};

describe("the whole identity step", () => {
  it("MCP TypeScript SDK, to the authenticated MCP request", async () => {
    const { result, ended, raw, written } = await check({ url: mcpTypeScript.resource }, through);
    expect(ended).toMatchObject({
      discovery: expect.stringMatching(/^done/),
      client: expect.stringMatching(/^done: Registered/),
      authorization: expect.stringMatching(/^done/),
      token: expect.stringMatching(/^done: .*refresh token$/),
      refresh: expect.stringMatching(/^done/),
      resource: expect.stringMatching(/^done: .* answered 200$/),
    });
    expect(result.isConnected).toBe(true);
    expect(written).toHaveLength(1);
    const redactor = createRedactor({ id: "test-key", bytes: new Uint8Array(32).fill(7) }, { readHtml });
    const observations = raw.flatMap((each) => redactor.redact(each) ?? []);
    expect(observations.length).toBe(raw.length);
    expect(secrets.all().filter(({ value }) => JSON.stringify(observations).includes(value))).toEqual([]);
    expect(diagnose(observations, { asOf: Date.now() })).toEqual([]);
  });

  it("FastMCP's OIDC proxy, to the authenticated MCP request", async () => {
    const { result, ended } = await check({ url: fastMcp.resource }, (page) => passThroughFastMcp(page, people.add()));
    expect(ended).toMatchObject({ resource: expect.stringMatching(/^done: .* answered 200$/) });
    expect(result.isConnected).toBe(true);
  });

  it("oidc-provider, to the userinfo endpoint", async () => {
    const { result, ended } = await check({ url: oidcProvider.issuer, scope: "openid" }, through);
    expect(ended).toMatchObject({ resource: expect.stringMatching(/^done: .* answered 200$/) });
    expect(result.isConnected).toBe(true);
  });

  it("better-auth, to the userinfo endpoint", async () => {
    const person = people.add();
    await betterAuth.addPerson(person);
    const { result, ended } = await check({ url: betterAuth.issuer, scope: "openid offline_access" }, async (page) => {
      await logIn(page, person);
      await decide(page, "Continue");
    });
    expect(ended).toMatchObject({ resource: expect.stringMatching(/^done: .* answered 200$/) });
    expect(result.isConnected).toBe(true);
  });
});

describe("what stops it", () => {
  it("a registration that the user does not allow", async () => {
    const steps: Step[] = [];
    const sent: string[] = [];
    const send = createSend();
    await runConnection(
      { url: mcpTypeScript.resource, client: { kind: "register" }, redirectUri },
      {
        send: (request) => {
          sent.push(`${request.method} ${new URL(request.url).pathname}`);
          return send(request);
        },
        now: () => Date.now(),
        run: "1",
        random: () => "x".repeat(43),
        record: () => undefined,
        authorize: async () => undefined,
        mayWrite: async () => false,
        onStep: (step) => steps.push(step),
        isCancelled: () => false,
      },
    );
    expect(steps.find(({ state }) => state === "failed")).toMatchObject({ id: "client" });
    expect(sent.filter((request) => request === "POST /register")).toEqual([]);
  });

  it("an issuer that publishes nothing", async () => {
    const { ended } = await check({ url: `${mcpTypeScript.issuer.replace(/\/$/, "")}/nowhere-at-all` }, through);
    expect(ended.discovery).toBeDefined();
  });
});
