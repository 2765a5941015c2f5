import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import http from "node:http";
import { delimiter, dirname } from "node:path";
import { SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Send } from "@/lib/discovery/run.ts";
import { chanceOfAgreement } from "@/lib/probes/instance-consistency.ts";
import { openBrowser } from "./browser.ts";
import { type RunningClient, startClient } from "./client.ts";
import { type ClusterStore, type FastMcpCluster, startFastMcpCluster } from "./fastmcp.ts";
import { findPython } from "./installed.ts";
import { arriveAt, passThroughFastMcp } from "./interaction.ts";
import { Investigation } from "./investigation.ts";
import { People } from "./people.ts";
import type { Routing } from "./routing-proxy.ts";
import { SecretRegister } from "./secrets.ts";

const secrets = new SecretRegister();
const people = new People(secrets);
const later = 91_000;
const clients: RunningClient[] = [];
const table: string[] = [];

afterEach(() => Promise.all(clients.splice(0).map((client) => client.stop())));
afterAll(() => console.log(table.join("\n")));

async function open(cluster: FastMcpCluster, clientId?: string): Promise<RunningClient> {
  const client = await startClient({
    fetch,
    secrets,
    issuer: cluster.issuer,
    metadata: "oauth2",
    resource: cluster.resource,
    scope: "openid",
    ...(clientId !== undefined && { clientId }),
  });
  clients.push(client);
  return client;
}

/** The refused attempt of a client that did register, with what the server publishes. */
async function refused(cluster: FastMcpCluster, clientId?: string, send?: Send): Promise<Investigation> {
  const client = await open(cluster, clientId);
  const investigation = new Investigation(cluster.issuer, send);
  await investigation.failingAttempt(client.authorizationUrl);
  await investigation.discover();
  return investigation;
}

/** The accepted attempt, up to the consent page. */
async function accepted(cluster: FastMcpCluster): Promise<Investigation> {
  const client = await open(cluster);
  const investigation = new Investigation(cluster.issuer);
  await investigation.attempt(client.authorizationUrl);
  await investigation.discover();
  return investigation;
}

function note(name: string, investigation: Investigation, sent: number): void {
  const bursts = investigation.instances()?.bursts ?? [];
  const counts = bursts.map(({ number, oracles, verdict }) => {
    const parts = oracles.map(
      ({ oracle, known, unknown, crashed }) => `${oracle} ${known.length}/${unknown.length}/${crashed.length}`,
    );
    return `${number}: ${parts.join(", ")} ${verdict}`;
  });
  table.push(`${name}: ${investigation.verdict()}; ${sent} requests; ${counts.join("; ")}`);
}

describe("clients in the memory of each of several FastMCP processes", { timeout: 180_000 }, () => {
  let cluster: FastMcpCluster;
  beforeAll(async () => {
    cluster = await startFastMcpCluster({ people, secrets, instances: 5, routing: "round-robin", store: "memory" });
  }, 300_000);
  afterAll(() => cluster?.stop());

  const setUps: [number, Routing][] = [2, 3, 5].flatMap((count) =>
    (["round-robin", "random", "sticky", "cookie"] as const).map((routing): [number, Routing] => [count, routing]),
  );
  for (const [count, routing] of setUps) {
    it(`${count}, ${routing}: likely after one burst, proven after one 90 s later`, async () => {
      cluster.route(count, routing);
      const investigation = await refused(cluster);
      const first = await investigation.burst(1);
      expect(investigation.verdict()).toBe("client-known-to-some-instances likely");
      const second = await investigation.burst(2, { delay: later });
      note(`memory ${count} ${routing}`, investigation, first.sent + second.sent);
      expect(investigation.verdict()).toBe("client-known-to-some-instances proven");
      expect(investigation.headline()?.summary).toContain("cannot be seen from here");
      const steps = (investigation.headline()?.fix ?? []).map((step) => `${step.do} ${step.code?.text}`).join("\n");
      expect(steps).toContain("client_storage=");
      expect(steps).toContain("jwt_signing_key=");
    });
  }

  it("the repeat by the real clock", { timeout: 240_000 }, async () => {
    cluster.route(2, "random");
    const investigation = await refused(cluster);
    const started = Date.now();
    await investigation.burst(1);
    await new Promise((resolve) => setTimeout(resolve, 90_100));
    await investigation.burst(2);
    expect(Date.now() - started).toBeGreaterThan(90_000);
    expect(investigation.verdict()).toBe("client-known-to-some-instances proven");
  });

  it.each([
    ["sticky", "one connection"],
    ["cookie", "the cookie of the instance that answered first"],
  ] as const)("%s: whoever keeps %s sees no disagreement, and is told what that is worth", async (routing, _) => {
    cluster.route(2, routing);
    const { send, close } = asOneBrowser();
    try {
      const investigation = await refused(cluster, undefined, send);
      const { sent } = await investigation.burst(1, { parallel: 1, draws: 8 });
      const reading = investigation.instances();
      note(`memory 2 ${routing}, connection or cookie kept`, investigation, sent);
      expect(reading?.verdict).toMatch(/^agree(?:Known|Unknown)$/);
      // The words of the page are all there is when it agrees with them, and do not stand when it does not.
      expect(investigation.errors()).toEqual(reading?.verdict === "agreeUnknown" ? ["unknown-client likely"] : []);
      const question = investigation.unsettled("client-known-to-some-instances");
      expect(question?.missing).toMatch(/^No disagreement was seen/);
      expect(question?.missing).toContain(`${(100 * chanceOfAgreement(3, reading?.draws ?? 0)).toFixed(1)} %`);
      expect(question?.settledBy).toContain("terminal");
    } finally {
      close();
    }
  });
});

describe("two FastMCP processes in front of one OpenID provider", { timeout: 180_000 }, () => {
  let cluster: FastMcpCluster;
  beforeAll(async () => {
    cluster = await startFastMcpCluster({ people, secrets, instances: 2, routing: "round-robin", store: "memory" });
  }, 300_000);
  afterAll(() => cluster?.stop());

  async function bothBursts(investigation: Investigation, name: string): Promise<void> {
    const first = await investigation.burst(1);
    const second = await investigation.burst(2, { delay: later });
    note(name, investigation, first.sent + second.sent);
  }

  it("a restart: lost when an earlier attempt was accepted, else both rivals", async () => {
    const seenBefore = new Investigation(cluster.issuer);
    const neverSeen = new Investigation(cluster.issuer);
    cluster.route(1, "round-robin");
    const first = await open(cluster);
    await seenBefore.attempt(first.authorizationUrl, Date.now() - 3_600_000, await signIn(first));
    expect(seenBefore.errors()).toEqual([]);
    await cluster.restart();
    const again = await open(cluster, first.clientId);
    for (const investigation of [seenBefore, neverSeen]) {
      await investigation.attempt(again.authorizationUrl);
      await investigation.discover();
      await investigation.knownClient();
      await investigation.burst(1);
      cluster.route(1, "round-robin");
      await investigation.canary();
    }
    note("restart, accepted before", seenBefore, 0);
    note("restart, never seen accepted", neverSeen, 0);
    expect(seenBefore.verdict()).toBe("client-registration-lost proven");
    expect(neverSeen.verdict()).toBe("client-registration-lost likely");
    expect(neverSeen.headline()?.rivals.map(({ id }) => id)).toEqual(["unknown-client"]);
  });

  it.each<ClusterStore>(["separate-homes", "shared-home-secret-differs", "encryption-key-differs-quietly"])(
    "%s: the disagreement is proven, and no cause",
    async (store) => {
      await cluster.restartWith(store);
      const investigation = await refused(cluster);
      await bothBursts(investigation, store);
      expect(investigation.errors()[0]).toBe("client-known-to-some-instances proven");
      const proven = investigation.report().diagnosis.findings.filter(({ certainty }) => certainty === "proven");
      expect(proven.map(({ id }) => id)).toEqual(["client-known-to-some-instances"]);
      expect(investigation.headline()?.summary).toMatch(
        /keeps clients to itself or they share a store but not its key/,
      );
    },
  );

  it("encryption-key-differs: the record is there and cannot be read", async () => {
    await cluster.restartWith("encryption-key-differs");
    const investigation = await refused(cluster);
    await bothBursts(investigation, "encryption-key-differs");
    expect(investigation.verdict()).toBe("client-store-key-differs proven");
  });

  it("signing-key-differs: every answer agrees, and the log line that settles it is named", async () => {
    await cluster.restartWith("signing-key-differs");
    const investigation = await accepted(cluster);
    await bothBursts(investigation, "signing-key-differs");
    expect(investigation.errors()).toEqual([]);
    const question = investigation.unsettled("client-store-key-differs");
    expect(question?.missing).toContain("not provable from here");
    const line = /"(.+)"/.exec(question?.settledBy ?? "")?.[1] ?? "no line";
    expect(unwrapped(cluster.logs())).not.toContain(line);
    const token = await foreignToken(cluster.issuer, cluster.resource);
    await fetch(cluster.resource, { method: "POST", headers: { authorization: `Bearer ${token}` } });
    expect(unwrapped(cluster.logs())).toContain(line);
  });

  it("everything shared: no finding", async () => {
    await cluster.restartWith("shared");
    const investigation = await accepted(cluster);
    await investigation.knownClient();
    await bothBursts(investigation, "shared");
    expect(investigation.errors()).toEqual([]);
    expect(investigation.instances()?.verdict).toBe("agreeKnown");
  });

  it("the fix that is shown, word for word, turns it green", async () => {
    await cluster.restartWith("memory");
    const sick = await refused(cluster);
    await bothBursts(sick, "before the fix");
    const codes = (sick.headline()?.fix ?? []).flatMap(({ code }) => code ?? []);
    const python = codes.find(({ language }) => language === "python")?.text ?? "";
    const commands = codes.find(({ language }) => language === "sh")?.text ?? "";
    await cluster.restartWithFix(python, makeSecrets(commands));
    const healthy = await accepted(cluster);
    await healthy.knownClient();
    await bothBursts(healthy, "after the fix");
    expect(healthy.errors()).toEqual([]);
    expect(healthy.instances()?.verdict).toBe("agreeKnown");
  });

  it("never registered, on a healthy server: both rivals", async () => {
    await cluster.restartWith("shared");
    const investigation = await refused(cluster, "2f6c0d7e-6a57-4a38-9f0b-6a7f0f1f2f3a");
    await investigation.knownClient();
    await investigation.burst(1);
    await investigation.canary();
    note("never registered", investigation, 0);
    expect(investigation.verdict()).toBe("client-registration-lost likely");
    expect(investigation.headline()?.summary).toContain("or it was never registered here");
    expect(investigation.headline()?.rivals.map(({ id }) => id)).toEqual(["unknown-client"]);
  });
});

/** Through consent and login in a browser; the address at which the browser arrives at the client. */
async function signIn(client: RunningClient): Promise<string> {
  const browser = await openBrowser();
  try {
    const page = await browser.context.newPage();
    await page.goto(client.authorizationUrl);
    await passThroughFastMcp(page, people.add());
    await arriveAt(page, client.redirectUri);
    return page.url();
  } finally {
    await browser.close();
  }
}

/** FastMCP breaks its lines at 80 columns and puts the place in the source between the words. */
const unwrapped = (logs: readonly string[]): string =>
  logs
    .join("\n")
    .replace(/ +\w+\.py:\d+ */g, " ")
    .replace(/\s+/g, " ");

/** Signed like those of an instance with another key. */
const foreignToken = (issuer: string, audience: string): Promise<string> =>
  new SignJWT({ client_id: "lab", scope: "openid" })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime("1h")
    .setJti("lab")
    .sign(randomBytes(32));

/** Runs the commands that make the values, and names the values as the comment behind each command does. */
function makeSecrets(commands: string): Record<string, string> {
  const PATH = `${dirname(findPython())}${delimiter}${process.env.PATH}`;
  const entries = commands.split("\n").map((command) => {
    const name = /# (\w+)$/.exec(command)?.[1];
    if (name === undefined) throw new Error(`no name behind ${command}`);
    return [
      name,
      execFileSync("sh", ["-c", command], { env: { ...process.env, PATH } })
        .toString()
        .trim(),
    ];
  });
  return Object.fromEntries(entries);
}

/** One kept connection and the cookies that came on it, as a browser has them. */
function asOneBrowser(): { readonly send: Send; close(): void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let cookie = "";
  const send: Send = (request) =>
    new Promise((resolve) => {
      const headers = Object.fromEntries(request.headers.map(({ name, value }) => [name, value]));
      const sent = http.request(
        request.url,
        {
          agent,
          method: request.method,
          headers: {
            ...headers,
            ...(cookie && { cookie }),
            ...(request.body && { "content-type": request.body.mimeType }),
          },
        },
        (response) => {
          cookie ||= response.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const { location } = response.headers;
            resolve({
              kind: "answered",
              status: response.statusCode ?? 0,
              headers: Object.entries(response.headers).map(([name, value]) => ({ name, value: String(value) })),
              ...(location !== undefined && { redirectUrl: new URL(location, request.url).href }),
              body: { mimeType: response.headers["content-type"] ?? "", text: Buffer.concat(chunks).toString() },
            });
          });
        },
      );
      sent.on("error", ({ message }) => resolve({ kind: "failed", error: message }));
      sent.end(request.body?.text);
    });
  return { send, close: () => agent.destroy() };
}
