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
  // Chromium drops kept pages when the listeners or rules of a metadata request of ours come and go.
  // The worker changes settings when it starts, too: each waits for the other.
  await browser.bench.evaluate(() =>
    navigator.locks.request("settings", async () => {
      const { settings } = await chrome.storage.local.get<{ settings?: object }>("settings");
      await chrome.storage.local.set({ settings: { ...settings, fetchesMetadata: false } });
    }),
  );
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

describe("a page that the browser kept when it was left", () => {
  const noted = `<script>addEventListener("pageshow", ({ persisted }) => { document.documentElement.lang = persisted ? "kept" : "new" })</script>`;
  const link = (name: string, url: string) => `<a id="${name}" href="${url}">${name}</a>`;
  /** The client is another site than the server, and sends another state each time. */
  const client = {
    redirectUri: ({ origin }: Stub) => `${origin.replace("127.0.0.1", "localhost")}/callback`,
    pages: (stub: Stub): StubPages => ({
      "/start": {
        html: `${noted}${link("connect", stub.request())}<script>
          connect.onclick = () => { connect.href = connect.href.replace(/state=[^&]*/, "state=" + crypto.randomUUID()) }</script>`,
      },
      "/about": { html: `${noted}<p>About us</p>` },
    }),
  };

  async function drive(pages: (stub: Stub) => StubPages, act: (tab: Tab) => Promise<void>, expected: readonly Seen[]) {
    const stub = await startStub((own) => ({ ...client.pages(own), ...pages(own) }), client.redirectUri);
    const since = Date.now();
    const id = await browser.open(stub.redirectUri.replace("/callback", "/start"));
    await shows(id, "/start");
    await act(tabOf(id));
    await expectAttempts(stub.host, since, expected);
    await browser.closeTab(id);
    await stub.stop();
  }

  interface Tab {
    /** Follows a link of the page, which leads to a page of the attempt. */
    click(name: string, path: string): Promise<void>;
    /** Fails unless the very page that was left is shown. */
    move(to: "back" | "forward", path: string): Promise<void>;
  }
  const tabOf = (id: number): Tab => ({
    async click(name, path) {
      const from = Date.now();
      await browser.run(id, `() => { document.getElementById("${name}").click() }`);
      await shows(id, path);
      if (path !== "/about") await isRead(id, path, from);
    },
    async move(to, path) {
      await browser.run(id, `() => { history.${to}() }`);
      await shows(id, path);
      const [how, why] = await browser.run(id, () => {
        const [entry] = performance.getEntriesByType("navigation");
        return [document.documentElement.lang, JSON.stringify(entry)];
      });
      expect(how, why).toBe("kept");
    },
  });
  /** Chromium keeps no page that an extension is still reading; the second reading ends soon after the page's text has changed. */
  const isRead = (id: number, path: string, from: number) =>
    expect
      .poll(
        async () => {
          await browser.run(id, `() => { document.body.append(" Changed.") }`);
          const seen = await observationsSince(browser, from);
          return seen.filter((one) => one.kind === "page" && one.tabId === id && one.url.path === path).length;
        },
        { timeout: 10_000, interval: 600 },
      )
      .toBeGreaterThan(1);
  /** Asks the tab, not its page: nor does Chromium keep a page in which a script of an extension is on its way. */
  const shows = (id: number, path: string) =>
    expect.poll(() => browser.shownPath(id), { timeout: 10_000, interval: 20 }).toBe(path);

  const login = (stub: Stub): StubPages => ({
    "/authorize": { redirect: `${stub.origin}/login` },
    "/login": {
      html: `${noted}<h1>Sign in</h1><input type="password">
        ${link("continue", stub.response())}${link("consent", `${stub.origin}/consent`)}${link("about", stub.redirectUri.replace("/callback", "/about"))}`,
    },
    "/callback": { status: 400, html: `<p>The state does not match.</p>` },
    "/consent": { status: 400, html: refusal },
  });
  const asked = ["authorization-request 302", "interaction 200"];
  /** Where the server's own page leads is part of the attempt. */
  const elsewhere = "interaction 200";
  const mismatch = { state: "not-connected", finding: "state-mismatch", legs: [...asked, "redirection-endpoint 400"] };

  test("the client's page: the next attempt from it is another one", async () => {
    const failed = { state: "not-connected", finding: "unknown-client", legs: ["authorization-request 200"] };
    await drive(
      () => ({ "/authorize": { html: refusal } }),
      async ({ click, move }) => {
        await click("connect", "/authorize");
        await move("back", "/start");
        await click("connect", "/authorize");
      },
      [failed, failed],
    );
  });

  test.each([
    [
      "to the client",
      "continue",
      "/callback",
      { ...mismatch, legs: [...asked, elsewhere, "redirection-endpoint 400"] },
    ],
    [
      "at the server",
      "consent",
      "/consent",
      { state: "not-connected", finding: "unknown-client", legs: [...asked, elsewhere, "interaction 400"] },
    ],
  ])("the login page, after a look elsewhere: the attempt goes on %s", async (_, next, path, expected) => {
    await drive(
      login,
      async ({ click, move }) => {
        await click("connect", "/login");
        await click("about", "/about");
        await move("back", "/login");
        await click(next, path);
      },
      [expected],
    );
  });

  test("the login page, after the client's was shown again: the attempt goes on", async () => {
    await drive(
      login,
      async ({ click, move }) => {
        await click("connect", "/login");
        await move("back", "/start");
        await move("forward", "/login");
        await click("continue", "/callback");
      },
      [mismatch],
    );
  });

  test("the client's page, with a login that nobody went back to: the attempt was left", async () => {
    await drive(
      login,
      async ({ click, move }) => {
        await click("connect", "/login");
        await move("back", "/start");
      },
      [{ state: "incomplete", finding: "callback-missing", legs: asked }],
    );
  });

  test("the login page, after a response that the client refused: the next response is of the same attempt", async () => {
    await drive(
      login,
      async ({ click, move }) => {
        await click("connect", "/login");
        await click("continue", "/callback");
        await move("back", "/login");
        await click("continue", "/callback");
      },
      [{ ...mismatch, legs: [...mismatch.legs, "redirection-endpoint 400"] }],
    );
  });

  test("the client's page that took the response: it is no second response", async () => {
    await drive(
      (stub) => ({
        "/authorize": { redirect: stub.response() },
        "/callback": { html: `${noted}<p>Welcome.</p>${link("about", "/about")}` },
      }),
      async ({ click, move }) => {
        await click("connect", "/callback");
        await click("about", "/about");
        await move("back", "/callback");
      },
      [{ ...mismatch, legs: ["authorization-request 302", "redirection-endpoint 200"] }],
    );
  });
});
