import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { type ExtensionBrowser, launch } from "../e2e/browser.ts";
import { ask, headlineOf, openQuestions } from "../e2e/questions.ts";
import { type RunningClient, startClient } from "./client.ts";
import { type FastMcpCluster, startFastMcpCluster } from "./fastmcp.ts";
import { arriveAt, passThroughFastMcp } from "./interaction.ts";
import { People } from "./people.ts";
import type { Routing } from "./routing-proxy.ts";
import { SecretRegister } from "./secrets.ts";

// What the terminal proves in probes.test.ts, asked in the inspector of the built extension in a real browser.
const secrets = new SecretRegister();
const people = new People(secrets);
const table: string[] = [];
let cluster: FastMcpCluster;
let browser: ExtensionBrowser;
const clients: RunningClient[] = [];
const pages: Page[] = [];

const questions = {
  known: "Does the server know this client?",
  instances: "Do all instances agree?",
  canary: "Does a new registration stay known?",
} as const;
const answerDue = { timeout: 30_000 };

beforeAll(async () => {
  cluster = await startFastMcpCluster({ people, secrets, instances: 5, routing: "round-robin", store: "memory" });
  browser = await launch({ extension: inject("extension"), grant: "all", asksServers: true });
}, 300_000);
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.close()));
  await Promise.all(clients.splice(0).map((client) => client.stop()));
  await browser.context.clearCookies();
});
afterAll(async () => {
  console.log(table.join("\n"));
  await browser?.close();
  await cluster?.stop();
});

async function open(clientId?: string): Promise<RunningClient> {
  const { issuer, resource } = cluster;
  const options = { fetch, secrets, issuer, metadata: "oauth2", resource, scope: "openid" } as const;
  const client = await startClient({ ...options, ...(clientId !== undefined && { clientId }) });
  clients.push(client);
  return client;
}

async function visit(url: string): Promise<Page> {
  const page = await browser.context.newPage();
  pages.push(page);
  await page.goto(url);
  return page;
}

/** A client that registered with one instance and is refused by the other, and the questions about that. */
async function refusedByTheOther(
  how: Routing,
  { processes = 2, clientId }: { processes?: number; clientId?: string } = {},
): Promise<Page> {
  cluster.routeTo(0);
  const client = await open(clientId);
  cluster.routeTo(1);
  const page = await visit(client.authorizationUrl);
  cluster.route(processes, how);
  return questionsAbout(page, "not-connected");
}

async function questionsAbout(page: Page, state: string): Promise<Page> {
  const inspector = await openQuestions(browser, page, { state, prepare: (opened) => opened.clock.install() });
  pages.push(inspector);
  return inspector;
}

/** Asks whether all instances agree, and again 90 s later by the clock of the page; what the requests of it looked like. */
async function askTwice(inspector: Page, name: string, [first, again]: readonly [RegExp, RegExp]): Promise<void> {
  const from = cluster.requests.length;
  await ask(inspector, questions.instances);
  await inspector.getByText(first).waitFor(answerDue);
  await inspector.clock.fastForward(91_000);
  await inspector.getByText(again).waitFor(answerDue);
  const sent = cluster.requests.slice(from).filter(({ path }) => /^\/(?:authorize|token)/.test(path));
  const connections = new Set(sent.map(({ connection }) => connection)).size;
  table.push(`${name}: ${await headlineOf(inspector)}; ${sent.length} requests on ${connections} connections`);
  expect(sent.filter(({ origin, hasCookie }) => origin !== undefined || hasCookie)).toEqual([]);
}

const stillDiffer = [/^The answers differ: some know/, /^The answers still differ after 90 s/] as const;

async function openCause(inspector: Page): Promise<void> {
  await inspector.getByRole("link", { name: "See the evidence and what to do" }).click();
  await inspector.locator("article.headline").waitFor();
}

describe("clients that each process keeps to itself", { timeout: 180_000 }, () => {
  it.each<readonly [processes: number, how: Routing]>([
    [2, "round-robin"],
    [2, "random"],
    [2, "sticky"],
    [2, "cookie"],
    [3, "round-robin"],
    [3, "sticky"],
    [5, "round-robin"],
    [5, "random"],
  ])("%i processes, in memory, %s: proven after the repeat", async (processes, how) => {
    const inspector = await refusedByTheOther(how, { processes });
    await askTwice(inspector, `${processes} in memory, ${how}`, stillDiffer);
    await expect.poll(() => headlineOf(inspector)).toBe("client-known-to-some-instances proven");
    await openCause(inspector);
    const fix = await inspector.locator("article.headline").textContent();
    expect(fix).toContain("client_storage=");
    expect(fix).toContain("jwt_signing_key=");
  });

  it("a restart: lost, when an attempt before it was accepted", async () => {
    cluster.route(1, "round-robin");
    const client = await open();
    const first = await visit(client.authorizationUrl);
    await passThroughFastMcp(first, people.add());
    await arriveAt(first, client.redirectUri);
    await cluster.restart();
    cluster.route(1, "round-robin");
    const inspector = await questionsAbout(
      await visit((await open(client.clientId)).authorizationUrl),
      "not-connected",
    );
    await askForCanary(inspector);
    table.push(`restart: ${await headlineOf(inspector)}`);
    expect(await headlineOf(inspector)).toBe("client-registration-lost proven");
  });

  it("the package's defaults, each process with a home of its own: proven after the repeat", async () => {
    await cluster.restartWith("separate-homes");
    const inspector = await refusedByTheOther("round-robin");
    await askTwice(inspector, "separate homes", stillDiffer);
    await expect.poll(() => headlineOf(inspector)).toBe("client-known-to-some-instances proven");
  });
});

async function askForCanary(inspector: Page): Promise<void> {
  await ask(inspector, questions.known);
  await inspector.getByText("No. It is answered exactly like an id that nobody registered.").waitFor(answerDue);
  await ask(inspector, questions.canary);
  const canary = inspector.getByRole("region", { name: questions.canary });
  await canary.getByRole("button", { name: "Send it" }).click();
  await canary.getByText(/^Yes\. All 8 answers knew the new client\.$/).waitFor(answerDue);
}

describe("one Redis for all", { timeout: 180_000 }, () => {
  it("an encryption key for each: the record is there and cannot be read", async () => {
    await cluster.restartWith("encryption-key-differs");
    const inspector = await refusedByTheOther("round-robin");
    const texts = [
      /^Some answers know the client, others are server errors\./,
      /^After 90 s, some answers still/,
    ] as const;
    await askTwice(inspector, "encryption key differs", texts);
    expect(await headlineOf(inspector)).toBe("client-store-key-differs proven");
  });

  it("the same, kept quiet: the disagreement is proven, and no cause", async () => {
    await cluster.restartWith("encryption-key-differs-quietly");
    const inspector = await refusedByTheOther("round-robin");
    await askTwice(inspector, "encryption key differs, quietly", stillDiffer);
    await expect.poll(() => headlineOf(inspector)).toBe("client-known-to-some-instances proven");
    await openCause(inspector);
    const proven = inspector.locator("[data-finding][data-certainty=proven][data-severity=error]");
    expect(await proven.count()).toBe(1);
    await proven
      .getByText(/keeps clients to itself or they share a store but not its key/)
      .first()
      .waitFor();
  });

  it("a signing key for each: not provable, with the log line that settles it", async () => {
    await cluster.restartWith("signing-key-differs");
    const inspector = await questionsAbout(await visit((await open()).authorizationUrl), "in-progress");
    await ask(inspector, questions.instances);
    await inspector.getByText("All answers agreed: it knows the client.").waitFor(answerDue);
    await inspector.getByText(/^No disagreement was seen/).waitFor();
    expect(await headlineOf(inspector)).toBe("none");
    await inspector.goto(inspector.url().replace(/\/ask$/, ""));
    await inspector.getByRole("button", { name: /questions? stays? open/ }).click();
    await inspector.getByText(/is not provable from here, without a token/).waitFor();
    await inspector.getByText(/"Token validation failed: bad_signature" in the log/).waitFor();
    table.push("signing key differs: not provable, log line named");
  });

  it("everything shared, a client that nobody registered: both rivals", async () => {
    await cluster.restartWith("shared");
    const inspector = await refusedByTheOther("round-robin", { clientId: "2f6c0d7e-6a57-4a38-9f0b-6a7f0f1f2f3a" });
    await askForCanary(inspector);
    table.push(`never registered: ${await headlineOf(inspector)}`);
    expect(await headlineOf(inspector)).toBe("client-registration-lost likely");
    await openCause(inspector);
    await inspector.getByText("or it was never registered here").first().waitFor();
    const rivals = inspector.locator("article.headline").getByText("Unknown client");
    await rivals.waitFor();
  });
});
