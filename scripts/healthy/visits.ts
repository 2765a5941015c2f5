import type { BrowserContext, Page } from "playwright-core";
import { type ClientOptions, type RunningClient, startClient } from "../../test/servers/client.ts";
import { arriveAt } from "../../test/servers/interaction.ts";
import type { Person } from "../../test/servers/people.ts";
import type { Fetch } from "../../test/servers/trusting-fetch.ts";

export type State = "connected" | "code-delivered" | "incomplete" | "not-connected";

/** A real server and what people do at it. */
export interface Bench {
  readonly name: string;
  readonly fetch: Fetch;
  readonly recipes: readonly Recipe[];
  readonly client: Omit<ClientOptions, "fetch">;
  newPerson(): Promise<Person>;
  /** From the first page to the authorization response. */
  pass(page: Page, person: Person): Promise<void>;
  /** Wrong credentials, up to the page that says so. */
  mistype(page: Page, person: Person): Promise<void>;
  stop(): Promise<void>;
}

export interface Visit {
  readonly bench: Bench;
  readonly context: BrowserContext;
  readonly fetch: Fetch;
}

/** One recording: what to do, and the states its attempts must have in the end, in the order of their start. */
export interface Recipe {
  readonly id: string;
  readonly states: readonly State[];
  readonly visit: (visit: Visit) => Promise<void>;
}

type Does = (page: Page, attempt: { client: RunningClient; person: Person; bench: Bench }) => Promise<void>;
type Changes = Partial<Pick<ClientOptions, "register" | "alterRequest" | "scope" | "clientId">>;

export const start = ({ bench, fetch }: Visit, changes: Changes = {}): Promise<RunningClient> =>
  startClient({ ...bench.client, fetch, ...changes });

/** Waits for the response to be handled, then ends the client. Throws when the attempt did not connect. */
export async function finish(page: Page, client: RunningClient): Promise<void> {
  await arriveAt(page, client.redirectUri);
  const outcome = await client.outcome;
  await page.waitForLoadState("load");
  await client.stop();
  if (outcome.kind !== "connected") throw new Error(JSON.stringify(outcome));
}

/** One attempt with a person's own way through the pages. */
const attempt = (id: string, person: Does, changes: Changes = {}): Recipe => ({
  id,
  states: ["connected"],
  async visit(visit) {
    const client = await start(visit, changes);
    const page = await visit.context.newPage();
    await page.goto(client.authorizationUrl);
    await person(page, { client, person: await visit.bench.newPerson(), bench: visit.bench });
    await finish(page, client);
  },
});

const pass: Does = (page, { bench, person }) => bench.pass(page, person);

/** The request is another one, the person the usual one. */
export const asking = (
  id: string,
  parameters: Readonly<Record<string, string | undefined>>,
  changes: Changes = {},
): Recipe =>
  attempt(id, pass, {
    ...changes,
    alterRequest(query) {
      for (const [name, value] of Object.entries(parameters)) {
        if (value === undefined) query.delete(name);
        else query.set(name, value);
      }
    },
  });

/** Every server takes these redirect URIs. */
export const redirecting: readonly Recipe[] = [
  attempt("redirect-localhost", pass, { register: (port) => `http://localhost:${port}/callback` }),
  attempt("redirect-root", pass, { register: (port) => `http://127.0.0.1:${port}/` }),
  attempt("redirect-path", pass, { register: (port) => `http://127.0.0.1:${port}/oauth/error/callback` }),
  attempt("redirect-query", pass, { register: (port) => `http://127.0.0.1:${port}/cb?tenant=invalid_client&v=2` }),
];

/** What people do before they let the client in. */
export const people: readonly Recipe[] = [
  attempt("plain", pass),
  attempt("wrong-password", async (page, { bench, person }) => {
    await bench.mistype(page, person);
    await bench.pass(page, person);
  }),
  attempt("wrong-password-thrice", async (page, { bench, person }) => {
    for (let time = 0; time < 3; time += 1) await bench.mistype(page, person);
    await bench.pass(page, person);
  }),
  attempt("reloads", async (page, { bench, person }) => {
    await page.reload();
    await page.reload();
    await bench.pass(page, person);
  }),
  attempt("leaves-and-returns", async (page, { bench, person }) => {
    await page.goto("about:blank");
    await page.goBack();
    await bench.pass(page, person);
  }),
  attempt("slow-network", async (page, { bench, person }) => {
    await page.route("**/*", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue();
    });
    await bench.pass(page, person);
  }),
  attempt("thinks-it-over", async (page, { bench, person }) => {
    await page.waitForTimeout(2_500);
    await bench.pass(page, person);
  }),
  {
    id: "two-tabs",
    states: ["connected", "connected"],
    async visit(visit) {
      const clients = [await start(visit), await start(visit)];
      const pages = [await visit.context.newPage(), await visit.context.newPage()];
      const person = await visit.bench.newPerson();
      for (const [index, client] of clients.entries()) {
        const page = pages[index];
        if (!page) continue;
        await page.goto(client.authorizationUrl);
        await visit.bench.pass(page, person);
        await finish(page, client);
      }
    },
  },
  {
    id: "closed-then-again",
    states: ["incomplete", "connected"],
    async visit(visit) {
      const left = await start(visit);
      const first = await visit.context.newPage();
      await first.goto(left.authorizationUrl);
      await first.close();
      await left.stop();
      const client = await start(visit);
      const page = await visit.context.newPage();
      await page.goto(client.authorizationUrl);
      await visit.bench.pass(page, await visit.bench.newPerson());
      await finish(page, client);
    },
  },
  {
    id: "help-page-afterwards",
    states: ["connected"],
    async visit(visit) {
      const client = await start(visit);
      const page = await visit.context.newPage();
      await page.goto(client.authorizationUrl);
      await visit.bench.pass(page, await visit.bench.newPerson());
      await finish(page, client);
      await page.route("https://docs.example/**", (route) =>
        route.fulfill({
          contentType: "text/html",
          body: "<title>redirect_uri_mismatch</title><h1>Error 400: redirect_uri_mismatch</h1><p>invalid_client: the client was not found.</p>",
        }),
      );
      await page.goto("https://docs.example/errors/redirect_uri_mismatch");
    },
  },
];
