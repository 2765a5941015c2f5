import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, openBrowser } from "./browser.ts";
import type { ClientOutcome } from "./client.ts";
import { type Lab, startLab } from "./lab.ts";

let lab: Lab;
let browser: Browser;

beforeAll(async () => {
  lab = await startLab();
  browser = await openBrowser(lab.browserArgs);
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

interface Ending {
  /** Whose page the attempt ends on. */
  readonly at: "server" | "client" | "browser";
  /** Of the last document request; none when nothing answered. */
  readonly status: number | undefined;
  readonly text: RegExp;
  readonly outcome: Partial<ClientOutcome>;
}

const nothing = { kind: "nothing-came" } as const;
const signedIn: Ending = {
  at: "client",
  status: 200,
  text: /You are signed in/,
  outcome: { kind: "connected", status: 200, refresh: true },
};
const denied: Ending = {
  at: "client",
  status: 200,
  text: /refused: access_denied/,
  outcome: { kind: "refused", error: "access_denied" },
};
const stateAltered: Ending = {
  at: "client",
  status: 400,
  text: /not accepted/,
  outcome: { kind: "rejected-response", reason: 'unexpected "state" response parameter value' },
};
const nobodyListens: Ending = { at: "browser", status: undefined, text: /ERR_CONNECTION_REFUSED/, outcome: nothing };
const callbackFails: Ending = {
  at: "client",
  status: 500,
  text: /Internal Server Error/,
  outcome: { kind: "failed" },
};
const abandoned: Ending = { at: "server", status: 200, text: /Forgot your password\?/, outcome: nothing };
const common = {
  denied,
  "state-altered": stateAltered,
  "nobody-listens": nobodyListens,
  "callback-500": callbackFails,
  abandoned,
  healthy: signedIn,
  "healthy-wrong-password": signedIn,
};
const oidcRedirectUri: Ending = {
  at: "server",
  status: 400,
  text: /invalid_redirect_uri[\s\S]*redirect_uri did not match any of the client's registered redirect_uris/,
  outcome: nothing,
};
const mcpRedirectUri: Ending = { at: "server", status: 400, text: /Unregistered redirect_uri/, outcome: nothing };

const endings: Record<string, Record<string, Ending>> = {
  "oidc-provider": {
    ...common,
    "unknown-client": {
      at: "server",
      status: 400,
      text: /oops! something went wrong[\s\S]*invalid_client[\s\S]*client is invalid/,
      outcome: nothing,
    },
    "redirect-path": oidcRedirectUri,
    "redirect-scheme": oidcRedirectUri,
    "no-pkce": {
      at: "client",
      status: 200,
      text: /refused: invalid_request/,
      outcome: {
        kind: "refused",
        error: "invalid_request",
        description: "Authorization Server policy requires PKCE to be used for this request",
      },
    },
  },
  "mcp-typescript-sdk": {
    ...common,
    "unknown-client": { at: "server", status: 400, text: /"invalid_client"[\s\S]*Invalid client_id/, outcome: nothing },
    "redirect-path": mcpRedirectUri,
    "redirect-scheme": mcpRedirectUri,
    // The SDK drops `state` here, so the client cannot accept even the error.
    "no-pkce": {
      at: "client",
      status: 400,
      text: /not accepted/,
      outcome: { kind: "rejected-response", reason: 'response parameter "state" missing' },
    },
  },
};

function watchStatus(page: Page): () => number | undefined {
  let status: number | undefined;
  page.on("request", (request) => {
    if (request.isNavigationRequest()) status = undefined;
  });
  page.on("response", (response) => {
    if (response.request().isNavigationRequest()) status = response.status();
  });
  return () => status;
}

function findWhose(page: Page, client: { redirectUri: string }): Ending["at"] {
  if (page.url().startsWith("chrome-error:")) return "browser";
  return page.url().startsWith(client.redirectUri) ? "client" : "server";
}

describe("a browser without the extension sees each flow end as listed", () => {
  for (const [server, byScenario] of Object.entries(endings)) {
    for (const [scenario, ending] of Object.entries(byScenario)) {
      it(`${server}: ${scenario}`, async () => {
        const flow = lab.flows.find(({ id }) => id === `${server}-${scenario}`);
        if (!flow) throw new Error(`the lab has no such flow`);
        const page = await browser.context.newPage();
        const lastStatus = watchStatus(page);
        const attempt = await flow.start();
        await attempt.drive(page);
        const seen = {
          at: findWhose(page, attempt.client),
          status: lastStatus(),
          text: await page.textContent("body"),
        };
        await page.close();
        await attempt.stop();
        expect(seen).toEqual({ at: ending.at, status: ending.status, text: expect.stringMatching(ending.text) });
        expect(await attempt.client.outcome).toMatchObject(ending.outcome);
      });
    }
  }

  it("lists no flow that is not checked here", () => {
    const checked = Object.entries(endings).flatMap(([server, byScenario]) =>
      Object.keys(byScenario).map((scenario) => `${server}-${scenario}`),
    );
    expect(lab.flows.map(({ id }) => id).sort()).toEqual(checked.sort());
  });
});

describe("the lab", () => {
  it("speaks HTTP/2 over TLS under a certificate authority that the browser trusts", async () => {
    const page = await browser.context.newPage();
    await page.goto(`${lab.oidcProvider.issuer}/.well-known/openid-configuration`);
    const protocol = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType("navigation");
      return navigation instanceof PerformanceNavigationTiming ? navigation.nextHopProtocol : "";
    });
    await page.close();
    expect(protocol).toBe("h2");
  });

  it("starts each flow from its start page, as a native client opens the browser", async () => {
    const page = await browser.context.newPage();
    await page.goto(lab.startUrl);
    await page.locator('a[href="/start/mcp-typescript-sdk-healthy"]').click();
    await page.getByLabel("Password").waitFor();
    expect(await page.locator("body").textContent()).toContain("Lab client");
    await page.close();
  });

  it("records every kind of secret it plants", () => {
    const kinds = new Set(lab.secrets.all().map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      "ID token",
      "access token",
      "authorization code",
      "code verifier",
      "password",
      "refresh token",
      "registration access token",
      "session cookie",
      "state",
      "username",
    ]);
  });

  it("answers the MCP endpoint without a token with a challenge that names its metadata", async () => {
    const { resource } = lab.mcpTypeScript;
    const response = await lab.fetch(resource, { method: "POST" });
    expect(response.status).toBe(401);
    const { origin } = new URL(resource);
    expect(response.headers.get("www-authenticate")).toContain(
      `resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
    );
  });
});
