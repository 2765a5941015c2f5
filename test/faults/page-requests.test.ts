import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { type ExtensionBrowser, launch } from "../e2e/browser.ts";
import { type Stub, startStub } from "./stub.ts";
import { createVictim, observationsSince } from "./worker.ts";

// Every way in which a page can ask a server that the browser tells apart, and what of it the browser shows.

let browser: ExtensionBrowser;
beforeAll(async () => {
  browser = await launch({ extension: inject("extension"), grant: "all" });
});
afterAll(() => browser?.close());

interface Seen {
  readonly state: string;
  readonly finding: string | undefined;
  readonly requests: readonly string[];
  readonly gaps: readonly string[];
}

/** Opens an attempt whose client's page runs this, and waits until its attempts are those. */
async function expectAttempts(
  send: string,
  expected: readonly Seen[],
  {
    path = "/token",
    host = "127.0.0.1",
    isAsked = true,
  }: { readonly path?: string; readonly host?: string; readonly isAsked?: boolean } = {},
) {
  const stub = await startStub((own) => ({
    "/authorize": { redirect: own.response() },
    "/callback": { html: `<p>Signing you in</p><script type="module">${client(own, host, path)}${send}</script>` },
    "/worker.js": { script: `onmessage = ({ data }) => fetch(...data)` },
    "/shared.js": { script: `onconnect = ({ ports: [port] }) => { port.onmessage = ({ data }) => fetch(...data) }` },
    [path]: {
      status: 400,
      html: "",
      headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" },
    },
  }));
  const since = Date.now();
  const page = await browser.context.newPage();
  try {
    await page.goto(stub.request());
    if (isAsked) await stub.wasAsked(path);
    await expect.poll(() => attempts(since), { timeout: 10_000, interval: 100 }).toEqual(expected);
  } finally {
    await page.close();
    await stub.stop();
  }
}

const client = ({ origin, redirectUri }: Stub, host: string, path: string) => `
  const token = "${origin.replace("127.0.0.1", host)}${path}";
  const form = "application/x-www-form-urlencoded";
  const fields = {
    grant_type: "authorization_code",
    code: new URL(location).searchParams.get("code"),
    redirect_uri: "${redirectUri}",
    client_id: "client",
    code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
  };
  const parameters = new URLSearchParams(fields);
  const parts = new FormData();
  for (const [name, value] of Object.entries(fields)) parts.append(name, value);
  const post = (body, more) => fetch(token, { method: "POST", body, ...more });
  const request = [token, { method: "POST", headers: { "content-type": form }, body: String(parameters) }];
`;

const attempts = async (since: number) =>
  diagnose(await observationsSince(browser, since), { asOf: Date.now() }).map(({ flow, diagnosis }) => ({
    state: diagnosis.state,
    finding: diagnosis.findings[0] && `${diagnosis.findings[0].id} ${diagnosis.findings[0].certainty}`,
    requests: flow.legs
      .filter(({ exchange }) => exchange.type === "fetch" && exchange.source === "browser")
      .map(({ role, exchange }) => `${role} ${exchange.error ?? exchange.status}`),
    gaps: [...new Set(flow.gaps.map(({ reason }) => reason))],
  }));

/** The browser shows no extension what a page was answered: the server's `invalid_grant` is not among what was seen. */
const refused: Seen = {
  state: "not-connected",
  finding: "authorization-request-invalid possible",
  requests: ["token 400"],
  gaps: [],
};

describe("a refused token request that the browser shows", () => {
  test.each([
    ["parameters by fetch", "post(parameters)"],
    ["parts by fetch", "post(parts)"],
    ["parameters that outlive the page", "post(parameters, { keepalive: true })"],
    ["parameters by beacon", "navigator.sendBeacon(token, parameters)"],
    ["parts by beacon", "navigator.sendBeacon(token, parts)"],
    [
      "JSON by XMLHttpRequest",
      `const asking = new XMLHttpRequest(); asking.open("POST", token); asking.send(JSON.stringify(fields))`,
    ],
    ["parameters of a worker", `new Worker("/worker.js").postMessage(request)`],
    ["parameters of a shared worker", `new SharedWorker("/shared.js").port.postMessage(request)`],
    [
      "parameters of a service worker",
      `await navigator.serviceWorker.register("/worker.js"); const { active } = await navigator.serviceWorker.ready; active.postMessage(request)`,
    ],
  ])("%s: part of the attempt whose code it sends", (_, send) => expectAttempts(send, [refused]));
});

describe("a refused token request that the browser keeps to itself", () => {
  const ways = [
    ["a blob by fetch", "post(new Blob([parameters], { type: form }))"],
    [
      "a blob by XMLHttpRequest",
      `const asking = new XMLHttpRequest(); asking.open("POST", token); asking.send(new Blob([parameters], { type: form }))`,
    ],
    ["a blob by beacon", "navigator.sendBeacon(token, new Blob([parameters], { type: form }))"],
    [
      "a blob of JSON by beacon",
      `navigator.sendBeacon(token, new Blob([JSON.stringify(fields)], { type: "application/json" }))`,
    ],
  ] as const;
  test.each(ways)("%s: part of the attempt at that server", (_, send) => expectAttempts(send, [refused]));
  test("a stream, which needs HTTP/2: part of the attempt, failed as it did", () =>
    expectAttempts(
      "post(new Blob([parameters]).stream(), { duplex: 'half' })",
      [
        {
          ...refused,
          state: "code-delivered",
          finding: undefined,
          requests: ["token net::ERR_ALPN_NEGOTIATION_FAILED"],
        },
      ],
      { isAsked: false },
    ));
  test.each(ways.slice(0, 3))("%s, to another host: shown with the attempt whose page it is, and no more", (_, send) =>
    expectAttempts(send, [{ ...refused, state: "code-delivered", finding: undefined }], { host: "localhost" }),
  );
});

describe("another request of an attempt's page that the browser keeps to itself", () => {
  const delivered = { state: "code-delivered", finding: undefined, requests: [] };
  test.each(["/register", "/par", "/login/oauth/access_token"])("to %s: a gap", (path) =>
    expectAttempts("post(new Blob([parameters], { type: form }))", [{ ...delivered, gaps: ["request-unreadable"] }], {
      path,
    }),
  );
  test.each([
    ["a blob to an address that only contains such a word", "post(new Blob([parameters]))", "/track-tokens"],
    ["a form without a parameter of OAuth", `post(new URLSearchParams({ email: "person@example" }))`, "/register"],
    ["a GET", "fetch(token)", "/csrf/token"],
  ])("%s: no gap", (_, send, path) => expectAttempts(send, [{ ...delivered, gaps: [] }], { path }));
});

describe("a token request of a page's worker, which no tab shows, lost because our own worker was killed", () => {
  const fetching = `onmessage = ({ data }) => fetch(data.token, { method: "POST", body: new URLSearchParams(data.fields) })`;
  /** The answer is held; `interfere` is called when the request has arrived. */
  async function lose(interfere: () => Promise<void>, isAnswerHeard: boolean, expected: Seen) {
    const victim = await createVictim(browser);
    const next = await startStub(() => ({ "/authorize": { html: "<p>Sign in</p>" } }));
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const stub = await startStub(
      (own) => ({
        "/authorize": { redirect: own.response() },
        "/callback": {
          html: `<p>Signing you in</p><script>${client(own, "127.0.0.1", "/token")}
            navigator.serviceWorker.register("/worker.js");
            redeem = () => navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ token, fields }))</script>`,
        },
        "/worker.js": { script: fetching },
        "/token": { status: 400, html: "" },
      }),
      undefined,
      async (point) => {
        if (point === "/token asked") await interfere();
        if (point === "/token half sent") answer();
      },
    );
    const since = Date.now();
    const page = await browser.context.newPage();
    try {
      await page.goto(stub.request());
      const isRead = async () => (await observationsSince(browser, since)).some(({ kind }) => kind === "page");
      await expect.poll(isRead, { timeout: 10_000 }).toBe(true);
      // What is written from here on is lost as it is when a worker dies over it.
      await victim.run(() => {
        IDBObjectStore.prototype.put = function () {
          return this.get("");
        };
      }, undefined);
      await page.evaluate("redeem()");
      await stub.wasAsked("/token");
      await answered;
      // A worker that lives to hear of the answer stores the gap; one that dies over it may not.
      if (isAnswerHeard)
        await expect.poll(() => attempts(since), { timeout: 10_000, interval: 100 }).toEqual([expected]);
      else await browser.killWorker();
      await victim.wake();
      // What comes after it is kept, so nothing of it is still to come; a gap that no tab shows may be of this attempt, too.
      await page.goto(next.request());
      const after = expect.objectContaining({ finding: undefined, requests: [] });
      await expect.poll(() => attempts(since), { timeout: 10_000, interval: 100 }).toEqual([after, expected]);
    } finally {
      await page.close();
      await browser.killWorker();
      await Promise.all([stub.stop(), next.stop()]);
    }
  }
  const delivered: Seen = { state: "code-delivered", finding: undefined, requests: [], gaps: [] };

  test("before its answer came: a gap", () =>
    lose(() => browser.killWorker(), true, { ...delivered, gaps: ["worker-started-late"] }));

  // The browser tells the next worker again of an answer that the killed one did not confirm, or does not.
  test("together with its answer: nothing is said of a token request", () =>
    lose(async () => undefined, false, { ...delivered, gaps: expect.any(Array) }));
});
