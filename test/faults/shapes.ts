import { randomBytes } from "node:crypto";
import type { BrowserContext, Page } from "playwright-core";
import { findFreePort } from "../servers/listen.ts";
import { type Answer, type Hold, startHeldServer } from "./held-server.ts";

export interface Verdict {
  readonly state: string;
  readonly finding: string | undefined;
}

/** One way in which an attempt travels, with a fault that only its last events show. */
export interface Shape {
  readonly id: string;
  readonly expected: Verdict;
  /** What is true of it too, as far as it goes, when some of its events are lost with their gap. */
  readonly lesser: readonly Verdict[];
  /** Drives one attempt in a new tab and leaves it open; `hold` is called at every point where nothing moves. */
  drive(context: BrowserContext, hold: Hold, leave?: Leave): Promise<Driven>;
}

/** Takes the attempt elsewhere on its login page: gets the URL that the login would have led to, gives the page that went there. */
export type Leave = (url: string) => Promise<Page>;

export interface Driven {
  /** The tab in which the attempt ended. */
  readonly page: Page;
  /** With their ports, of this attempt and no other. */
  readonly hosts: readonly string[];
  close(): Promise<void>;
}

const random = () => randomBytes(24).toString("base64url");

interface Parts {
  readonly responseMode?: string;
  /** The server's answer to the submitted login page. */
  readonly respond: (callback: string, state: string) => Answer;
  /** What the authorization endpoint answers instead of the login page. */
  readonly refuse?: Answer;
  readonly callback?: (serverOrigin: string) => Answer;
  readonly nobodyListens?: true;
  readonly popup?: true;
  readonly lesser?: readonly Verdict[];
}

const form = (action: string, fields: Readonly<Record<string, string>>) =>
  `<form method="post" action="${action}">${Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
    .join("")}<noscript><button>Continue</button></noscript></form><script>document.forms[0].submit()</script>`;

const login =
  '<h1>Sign in</h1><form method="post" action="/login"><label>Password <input type="password" name="password"></label><button>Continue</button></form>';

function shape(id: string, expected: Verdict, parts: Parts): Shape {
  return {
    id,
    expected,
    lesser: parts.lesser ?? [],
    async drive(context, hold, leave) {
      const state = random();
      const clientId = `client-${random()
        .slice(0, 8)
        .replace(/[^A-Za-z0-9]/g, "x")}`;
      let callback = "";
      const client = await startHeldServer((url) => {
        if (url.pathname === "/start")
          return { html: `<h1>Client</h1><a href="${authorize()}" target="_blank" rel="opener">Connect</a>` };
        return url.pathname === "/callback" ? (parts.callback?.(server.origin) ?? { html: "<p>Done.</p>" }) : undefined;
      }, hold);
      const server = await startHeldServer((url) => {
        if (url.pathname === "/authorize") return parts.refuse ?? { html: login };
        if (url.pathname === "/login") return parts.respond(callback, state);
        return url.pathname === "/token"
          ? { status: 400, html: "{}", headers: { "content-type": "application/json" } }
          : undefined;
      }, hold);
      callback = parts.nobodyListens
        ? `http://127.0.0.1:${await findFreePort()}/callback`
        : `${client.origin}/callback`;
      const authorize = () =>
        `${server.origin}/authorize?${new URLSearchParams({
          response_type: "code",
          client_id: clientId,
          redirect_uri: callback,
          state,
          code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
          code_challenge_method: "S256",
          ...(parts.responseMode !== undefined && { response_mode: parts.responseMode }),
        })}`;

      const first = await context.newPage();
      let page = first;
      if (parts.popup) {
        await first.goto(`${client.origin}/start`);
        const opened = first.waitForEvent("popup");
        await first.getByText("Connect").click();
        page = await opened;
        await page.waitForLoadState();
      } else await page.goto(authorize());
      await hold("the first page at rest");
      if (leave) {
        const answer = parts.respond(callback, state);
        page = await leave("redirect" in answer ? answer.redirect : callback);
      } else if (!parts.refuse) {
        const arrived = page
          .waitForURL((url) => url.pathname === "/callback" || url.protocol === "chrome-error:", { timeout: 15_000 })
          .catch(() => undefined);
        await page.getByText("Continue").click({ noWaitAfter: true });
        await arrived;
        await hold("the last page at rest");
      }
      return {
        page,
        hosts: [client.origin, server.origin, callback].map((url) => new URL(url).host),
        async close() {
          // Either may be gone with its browser.
          await Promise.allSettled([first.close(), page === first ? undefined : page.close()]);
          await Promise.all([client.stop(), server.stop()]);
        },
      };
    },
  };
}

const other = "changed-on-the-way-0123456789abcdefghij";
const query = (values: Readonly<Record<string, string>>) => new URLSearchParams(values).toString();

/** True of every response that the client refuses, whatever its request was. */
const refused = { state: "not-connected", finding: "callback-failed" };
/** True of every response that the client takes, whatever it does with it. */
const delivered = { state: "code-delivered", finding: undefined };

/** Each verdict rests on the events at the end, and most on a comparison with those at the start. */
export const shapes: readonly Shape[] = [
  shape(
    "query",
    { state: "not-connected", finding: "state-mismatch" },
    {
      lesser: [refused],
      respond: (callback) => ({ redirect: `${callback}?${query({ code: random(), state: other })}` }),
      callback: () => ({ status: 400, html: "<p>The state does not match.</p>" }),
    },
  ),
  shape(
    "form_post",
    { state: "not-connected", finding: "state-mismatch" },
    {
      lesser: [refused],
      responseMode: "form_post",
      respond: (callback) => ({ html: form(callback, { code: random(), state: other }) }),
      callback: () => ({ status: 400, html: "<p>The state does not match.</p>" }),
    },
  ),
  shape(
    "fragment",
    { state: "not-connected", finding: "access-denied" },
    {
      responseMode: "fragment",
      respond: (callback, state) => ({ redirect: `${callback}#${query({ error: "access_denied", state })}` }),
    },
  ),
  shape(
    "popup",
    { state: "not-connected", finding: "unknown-client" },
    {
      popup: true,
      refuse: { status: 400, html: "<h1>invalid_client</h1><p>Client not found.</p>" },
      respond: (callback) => ({ redirect: callback }),
    },
  ),
  shape(
    "loopback refused",
    { state: "not-connected", finding: "callback-unreachable" },
    {
      nobodyListens: true,
      respond: (callback, state) => ({ redirect: `${callback}?${query({ code: random(), state })}` }),
    },
  ),
  shape(
    "token request of a page",
    { state: "not-connected", finding: "token-request-blocked" },
    {
      lesser: [delivered],
      respond: (callback, state) => ({ redirect: `${callback}?${query({ code: random(), state })}` }),
      callback: (server) => ({
        html: `<p>Welcome</p><script>
          const { searchParams } = new URL(location.href);
          const body = new URLSearchParams({ grant_type: "authorization_code", code: searchParams.get("code"), redirect_uri: location.origin + location.pathname, code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" });
          fetch("${server}/token", { method: "POST", body }).catch(() => document.body.append("Could not connect"));
        </script>`,
      }),
    },
  ),
];
