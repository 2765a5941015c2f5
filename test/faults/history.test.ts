import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { findFreePort } from "../servers/listen.ts";
import { type Stub, type StubPages, startStub } from "./stub.ts";
import { launchUnwatched, type UnwatchedBrowser } from "./unwatched.ts";
import { observationsSince } from "./worker.ts";

// Documents that were there before the person came to them: rendered ahead, or kept and shown again.

let browser: UnwatchedBrowser;
beforeAll(async () => {
  browser = await launchUnwatched(inject("extension"));
});
afterAll(() => browser?.close());

interface Seen {
  readonly state: string;
  readonly finding?: string;
  readonly legs: readonly string[];
}

/** The attempts with a leg at this server, once they are these. */
async function expectAttempts(host: string, since: number, expected: readonly Seen[]) {
  await expect
    .poll(
      async () =>
        diagnose(await observationsSince(browser, since), { asOf: Date.now() })
          .filter(({ flow }) => flow.legs.some(({ exchange }) => exchange.url.host === host))
          .map(({ flow, diagnosis }) => ({
            state: diagnosis.state,
            ...(diagnosis.findings[0] && { finding: diagnosis.findings[0].id }),
            legs: flow.legs
              .filter(({ exchange }) => exchange.type !== "fetch")
              .map(({ role, exchange }) => `${role} ${exchange.error ?? exchange.status}`),
          })),
      { timeout: 10_000, interval: 100 },
    )
    .toEqual(expected);
}

/** Seconds that everything takes which is on its way into the store; what is not to come has come by then. */
async function expectNothing(host: string, since: number) {
  const marker = await startStub(() => ({ "/authorize": { html: "<p>Sign in</p>" } }));
  const tab = await browser.open(marker.request());
  await expectAttempts(marker.host, since, [{ state: "in-progress", legs: ["authorization-request 200"] }]);
  await browser.closeTab(tab);
  await marker.stop();
  await expectAttempts(host, since, []);
}

const refusal = "<h1>invalid_client</h1><p>Client not found.</p>";

describe("an authorization request that the client's page has rendered ahead", () => {
  const ahead = (request: string) =>
    `<a href="${request}">Connect</a><script type="speculationrules">{"prerender":[{"urls":["${request}"]}]}</script>`;

  async function drive(
    { pages, redirectUri }: { pages: (stub: Stub) => StubPages; redirectUri?: () => Promise<string> },
    act: (tab: number, stub: Stub, since: number) => Promise<void>,
  ) {
    const stub = await startStub((own) => ({ "/start": { html: ahead(own.request()) }, ...pages(own) }), redirectUri);
    const since = Date.now();
    const tab = await browser.open(`${stub.origin}/start`);
    await stub.wasAsked("/authorize");
    await act(tab, stub, since);
    await browser.closeTab(tab);
    await stub.stop();
  }
  const isAhead = (tab: number) => expect.poll(() => browser.rendersAhead(tab), { timeout: 10_000 }).toBe(true);
  const wasAhead = (tab: number) =>
    browser.run(tab, () => {
      const [entry] = performance.getEntriesByType("navigation");
      return entry !== undefined && "activationStart" in entry && Number(entry.activationStart) > 0;
    });
  const connect = (tab: number) => browser.run(tab, () => document.querySelector("a")?.click());

  test("and that nobody follows is no attempt, although the server answered it", async () => {
    await drive({ pages: () => ({ "/authorize": { html: refusal } }) }, async (tab, { host }, since) => {
      await isAhead(tab);
      await expectNothing(host, since);
    });
  });

  test("and that went all the way to the client by itself is none either", async () => {
    const pages = (stub: Stub) => ({
      "/authorize": { html: `<script>location.replace("${stub.response()}")</script>` },
      "/callback": { html: "<p>Welcome.</p>" },
    });
    await drive({ pages }, async (_, stub, since) => {
      await stub.wasAsked("/callback");
      await expectNothing(stub.host, since);
    });
  });

  test("and is then followed is one attempt with its verdict", async () => {
    await drive({ pages: () => ({ "/authorize": { html: refusal } }) }, async (tab, { host }, since) => {
      await isAhead(tab);
      await connect(tab);
      const legs = ["authorization-request 200"];
      await expectAttempts(host, since, [{ state: "not-connected", finding: "unknown-client", legs }]);
      expect(await wasAhead(tab)).toBe(true);
    });
  });

  test("and led to the client is one attempt, compared with its own request", async () => {
    const pages = (stub: Stub) => ({
      "/authorize": { redirect: stub.response().replace(stub.state, "changed-on-the-way-0123456789abcdefghij") },
      "/callback": { html: "<p>The state does not match.</p>" },
    });
    await drive({ pages }, async (tab, stub, since) => {
      await stub.wasAsked("/callback");
      await isAhead(tab);
      await connect(tab);
      await expectAttempts(stub.host, since, [
        {
          state: "not-connected",
          finding: "state-mismatch",
          legs: ["authorization-request 302", "redirection-endpoint 200"],
        },
      ]);
      expect(await wasAhead(tab)).toBe(true);
    });
  });

  test("and was refused is given up by the browser, and one attempt when it is asked for again", async () => {
    const pages = () => ({ "/authorize": { status: 400, html: refusal } });
    await drive({ pages }, async (tab, { host }, since) => {
      await expectNothing(host, since);
      await connect(tab);
      const legs = ["authorization-request 400"];
      await expectAttempts(host, since, [{ state: "not-connected", finding: "unknown-client", legs }]);
    });
  });

  test("and led where nobody listens is given up, and one attempt when it is asked for again", async () => {
    const redirectUri = async () => `http://127.0.0.1:${await findFreePort()}/callback`;
    const pages = (stub: Stub) => ({ "/authorize": { redirect: stub.response() } });
    await drive({ pages, redirectUri }, async (tab, { host }, since) => {
      await expectNothing(host, since);
      await connect(tab);
      const legs = ["authorization-request 302", "redirection-endpoint net::ERR_CONNECTION_REFUSED"];
      await expectAttempts(host, since, [{ state: "not-connected", finding: "callback-unreachable", legs }]);
    });
  });
});
