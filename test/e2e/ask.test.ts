import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { ServerCertificate } from "../servers/certificate-authority.ts";
import { type Lab, startLab } from "../servers/lab.ts";
import { type McpTypeScriptServer, startMcpTypeScript } from "../servers/mcp-typescript-sdk.ts";
import { type Routing, type RoutingProxy, startRoutingProxy } from "../servers/routing-proxy.ts";
import { type ExtensionBrowser, launch } from "./browser.ts";
import { ask, headlineOf, openQuestions } from "./questions.ts";
import { storedObservations } from "./read.ts";

let lab: Lab;
let browser: ExtensionBrowser;

beforeAll(async () => {
  lab = await startLab();
  browser = await launch({ extension: inject("extension"), grant: "all", args: lab.browserArgs, asksServers: true });
});
afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

test("asking turns an unknown client from likely to proven, and sends what was announced", async () => {
  const attempt = await lab.flows.find(({ id }) => id === "mcp-typescript-sdk-unknown-client")?.start();
  const page = await browser.context.newPage();
  try {
    await attempt?.drive(page);
    const inspector = await openQuestions(browser, page);
    await expect.poll(() => headlineOf(inspector), { timeout: 10_000 }).toBe("unknown-client likely");
    // The one thing that goes out unasked, and the proof that the account which other files are held to sees the worker.
    const isMetadata = ({ url }: { readonly url: string }) => url.includes("/.well-known/");
    await expect.poll(() => browser.ownRequests.filter(isMetadata).length, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(browser.ownRequests.filter((request) => !isMetadata(request))).toEqual([]);
    await ask(inspector, "Does the server know this client?");
    await expect.poll(() => headlineOf(inspector), { timeout: 20_000 }).toBe("unknown-client proven");
    await inspector.getByText("No. It is answered exactly like an id that nobody registered.").waitFor();
    const probes = (await storedObservations(browser)).filter(
      ({ source, kind, purpose }) =>
        source === "probe" && kind === "request" && String(purpose).startsWith("probe/known-client/1"),
    );
    await inspector.getByText(`${probes.length} requests were sent.`).waitFor();
    await inspector.close();
  } finally {
    await page.close();
    await attempt?.stop();
  }
});

test("a registration is asked for, shows its body, and what stays on the server is listed", async () => {
  const attempt = await lab.flows.find(({ id }) => id === "mcp-typescript-sdk-unknown-client")?.start();
  const page = await browser.context.newPage();
  const before = new Set(lab.mcpTypeScript.provider.clients.keys());
  const made = () => [...lab.mcpTypeScript.provider.clients.keys()].filter((id) => !before.has(id));
  try {
    await attempt?.drive(page);
    const inspector = await openQuestions(browser, page);
    await ask(inspector, "Does a new registration stay known?");
    const canary = inspector.getByRole("region", { name: "Does a new registration stay known?" });
    await canary.getByText('"client_name": "Hopscope probe (safe to delete)"').waitFor();
    expect(made()).toEqual([]);
    await canary.getByRole("button", { name: "Send it" }).click();
    await canary.getByText(/^Yes\. All 8 answers knew the new client\.$/).waitFor({ timeout: 20_000 });
    expect(made()).toHaveLength(1);
    await canary.getByText(made()[0] ?? "").waitFor();
    await inspector.close();
  } finally {
    await page.close();
    await attempt?.stop();
  }
});

test("a server that offers to delete registrations has none of ours left", async () => {
  const attempt = await lab.flows.find(({ id }) => id === "oidc-provider-unknown-client")?.start();
  const page = await browser.context.newPage();
  try {
    await attempt?.drive(page);
    const inspector = await openQuestions(browser, page);
    await ask(inspector, "Does a new registration stay known?");
    const canary = inspector.getByRole("region", { name: "Does a new registration stay known?" });
    await canary.getByRole("button", { name: "Send it" }).click();
    await canary.getByText(/1 registration was deleted again\./).waitFor({ timeout: 20_000 });
    await inspector.close();
  } finally {
    await page.close();
    await attempt?.stop();
  }
});

interface Cluster {
  readonly proxy: RoutingProxy;
  readonly instances: readonly McpTypeScriptServer[];
  stop(): Promise<void>;
}

/** Two processes' worth of the same server behind one address, each with its clients in its own memory. */
async function startCluster(how: Routing, certificate?: ServerCertificate): Promise<Cluster> {
  const proxy = await startRoutingProxy(how, certificate);
  const { people, secrets } = lab;
  const start = () => startMcpTypeScript({ people, secrets, publicOrigin: proxy.origin });
  const instances = [await start(), await start()];
  return {
    proxy,
    instances,
    stop: async () => {
      await proxy.close();
      await Promise.all(instances.map((instance) => instance.stop()));
    },
  };
}

/** The questions about a client that one instance of two knows, after it came to the other. */
async function askAboutSplit({ proxy, instances }: Cluster, page: Page): Promise<Page> {
  const [knowing, other] = instances.map(({ origin }) => origin);
  const redirectUri = "http://127.0.0.1:41111/callback";
  const registration = await fetch(`${knowing}/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ redirect_uris: [redirectUri], token_endpoint_auth_method: "none" }),
  });
  const { client_id: clientId } = (await registration.json()) as { client_id: string };
  proxy.route([other ?? ""]);
  const url = new URL("/authorize", proxy.origin);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    state: "s".repeat(43),
    code_challenge: "c".repeat(43),
    code_challenge_method: "S256",
  }).toString();
  await page.goto(url.href);
  proxy.route([knowing ?? "", other ?? ""]);
  return openQuestions(browser, page, { prepare: (opened) => opened.clock.install() });
}

test("instances that disagree are proven when they still do after 90 s; no request names the extension", async () => {
  const cluster = await startCluster("random");
  const { proxy, stop } = cluster;
  const page = await browser.context.newPage();
  try {
    const inspector = await askAboutSplit(cluster, page);
    await ask(inspector, "Do all instances agree?");
    await inspector.getByRole("timer").waitFor({ timeout: 20_000 });
    await inspector.getByText("The answers differ: some know the client, some do not.").waitFor();
    expect(await headlineOf(inspector)).not.toContain("proven");
    await inspector.clock.fastForward(91_000);
    await inspector.getByText(/The answers still differ after 90 s/).waitFor({ timeout: 20_000 });
    await expect.poll(() => headlineOf(inspector)).toBe("client-known-to-some-instances proven");
    expect(proxy.requests.filter(({ method }) => method === "POST").length).toBeGreaterThan(10);
    expect(proxy.requests.filter(({ origin }) => origin !== undefined)).toEqual([]);
    await inspector.close();
  } finally {
    await page.close();
    await stop();
  }
});

test("over HTTP/2 a browser keeps one connection: no disagreement is seen, and the terminal is named", async () => {
  const cluster = await startCluster("sticky", await lab.authority.issue());
  const page = await browser.context.newPage();
  try {
    const inspector = await askAboutSplit(cluster, page);
    const from = cluster.proxy.requests.length;
    await ask(inspector, "Do all instances agree?");
    await inspector.getByText(/^No disagreement was seen/).waitFor({ timeout: 20_000 });
    await inspector.getByText(/^npm run --silent hopscope -- check /).waitFor();
    const sent = cluster.proxy.requests.slice(from).filter(({ path }) => /^\/(?:authorize|token)/.test(path));
    expect(sent.length).toBeGreaterThan(10);
    expect(new Set(sent.map(({ connection }) => connection)).size).toBe(1);
    await inspector.close();
  } finally {
    await page.close();
    await cluster.stop();
  }
});
