import { expect, test } from "vitest";
import { runCheck } from "@/cli/check.ts";
import type { DiscoveryRequest, Send } from "@/lib/discovery/run.ts";
import { type Lookup, seeded, simulate } from "@/test/probes/cluster.ts";

const issuer = "https://auth.example";
const clientId = "2f6c0d7e-6a57-4a38-9f0b-6a7f0f1f2f3a";
const document = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  registration_endpoint: `${issuer}/register`,
  response_types_supported: ["code"],
  grant_types_supported: ["authorization_code", "refresh_token"],
  token_endpoint_auth_methods_supported: ["none"],
  code_challenge_methods_supported: ["S256"],
};
const registered = "8d4a11b0-61a0-4a7c-8d0e-0c0a2f2b6a11";

interface Cluster {
  readonly lookup: Lookup;
  readonly instances?: number;
  /** Members of a registration response that let it be deleted. */
  readonly management?: object;
  /** Status of every answer after so many. */
  readonly limitAfter?: number;
  readonly registrationStatus?: number;
}

/** A server with metadata, registration and a cluster behind its endpoints; what it was asked is kept. */
function serveCluster({ lookup, instances = 1, management, limitAfter = 1_000, registrationStatus = 201 }: Cluster) {
  const requests: DiscoveryRequest[] = [];
  const inner = simulate({ instances, lookup, draw: seeded(7), at: () => 0 });
  const json = (status: number, value: unknown) => ({
    kind: "answered" as const,
    status,
    headers: [{ name: "content-type", value: "application/json" }],
    body: { mimeType: "application/json", text: JSON.stringify(value) },
  });
  const send: Send = async (request) => {
    requests.push(request);
    const { pathname } = new URL(request.url);
    if (pathname === "/.well-known/oauth-authorization-server") return json(200, document);
    if (request.method === "DELETE") return { kind: "answered", status: 204, headers: [] };
    if (pathname === "/register") return json(registrationStatus, { client_id: registered, ...management });
    if (pathname !== "/authorize" && pathname !== "/token") return json(404, {});
    const asked = requests.filter(({ url }) => /\/(?:authorize|token)/.test(url)).length;
    return asked > limitAfter ? json(429, { error: "too_many_requests" }) : inner(request);
  };
  return { requests, send };
}

const isAbout = ({ url }: DiscoveryRequest): boolean => /\/(?:authorize|token|register)/.test(url);
const someKnow: Lookup = (instance, id) => (id === clientId && instance === 0 ? "known" : "unknown");
const knowOwn: Lookup = (_, id) => (id === registered ? "known" : "unknown");

async function run(cluster: Cluster, words: readonly string[], confirm?: (question: string) => boolean) {
  const { requests, send } = serveCluster(cluster);
  const printed = { out: "", err: "" };
  const waited: number[] = [];
  /** How many requests about a client had been sent when each question was put. */
  const sentBefore: number[] = [];
  let passed = Date.UTC(2026, 0, 5, 9);
  const status = await runCheck(
    {
      out: (text) => {
        printed.out += text;
      },
      err: (text) => {
        printed.err += text;
      },
      hasColours: false,
      ...(confirm && {
        confirm: async (question) => {
          sentBefore.push(requests.filter(isAbout).length);
          return confirm(question);
        },
      }),
      read: () => {
        throw new Error("a check reads no file");
      },
    },
    [issuer, ...words],
    {
      send,
      now: () => passed,
      wait: async (duration) => {
        waited.push(duration);
        passed += duration;
      },
    },
  );
  return { status, ...printed, about: requests.filter(isAbout), waited, sentBefore };
}

test("nothing about a client is sent without a yes", async () => {
  const words = ["--client-id", clientId];
  const unattended = await run({ lookup: knowOwn }, words);
  expect(unattended).toMatchObject({ status: 2, about: [] });
  expect(unattended.out).toContain(`Asking auth.example about client_id ${clientId}: at most`);
  expect(unattended.err).toContain("--yes");
  expect(await run({ lookup: knowOwn }, words, () => false)).toMatchObject({ status: 2, about: [], sentBefore: [0] });
  const agreed = await run({ lookup: knowOwn }, words, () => true);
  expect(agreed.sentBefore).toEqual([0]);
  expect(agreed.about.length).toBeGreaterThan(21);
});

test("no more is sent than was said, and nothing that identifies anybody", async () => {
  for (const lookup of [someKnow, knowOwn]) {
    const { about, out } = await run({ lookup, instances: 2 }, [
      "--client-id",
      clientId,
      "--repeat",
      "--register",
      "--yes",
    ]);
    const most = Number(/at most (\d+) requests/.exec(out)?.[1]);
    expect(about.length).toBeLessThanOrEqual(most);
    expect(Number(/(\d+) requests were sent/.exec(out)?.[1])).toBe(about.length);
    expect(about.flatMap(({ headers }) => headers.map(({ name }) => name))).toEqual(about.map(() => "accept"));
  }
});

test("the answers are as many as the odds need", async () => {
  for (const [instances, draws, chance] of [
    ["2", 8, "0.8"],
    ["5", 21, "0.9"],
    ["10", 44, "1.0"],
  ] as const) {
    const { out } = await run({ lookup: (_, id) => (id === clientId ? "known" : "unknown") }, [
      "--client-id",
      clientId,
      "--instances",
      instances,
      "--yes",
    ]);
    expect(out).toContain(`${draws} answers about the client`);
    expect(out).toContain(`by chance in ${chance} %`);
    expect(out).toContain(`No disagreement was seen. ${draws} answers agreed.`);
    expect(out).toContain("Nothing wrong was found with the client.");
  }
});

test("a disagreement is likely at once and proven 90 seconds later", async () => {
  const words = ["--client-id", clientId, "--yes"];
  const once = await run({ lookup: someKnow, instances: 2 }, words);
  expect(once).toMatchObject({ status: 1, waited: [] });
  expect(once.out).toContain("[client-known-to-some-instances]");
  expect(once.out).toContain("Certainty: likely");
  const twice = await run({ lookup: someKnow, instances: 2 }, [...words, "--repeat"]);
  expect(twice).toMatchObject({ status: 1, waited: [90_000] });
  expect(twice.out).toContain("Certainty: proven");
  const agreed = await run({ lookup: knowOwn }, [...words, "--repeat"]);
  expect(agreed.waited).toEqual([]);
});

test("a client of our own is shown before it is registered, and listed when it stays", async () => {
  const questions: string[] = [];
  const { about, out, sentBefore } = await run(
    { lookup: knowOwn },
    ["--client-id", clientId, "--register"],
    (question) => {
      questions.push(question);
      return true;
    },
  );
  const registration = about.find(({ url }) => url.endsWith("/register"));
  expect(questions).toHaveLength(2);
  expect(sentBefore).toEqual([0, 0]);
  expect(out).toContain(registration?.body?.text);
  expect(out).toContain("[client-registration-lost]");
  expect(out).toContain(`Left behind: client_id ${registered} at ${issuer}/register.`);
});

test("whoever does not want it registered gets the rest all the same", async () => {
  const { about, out } = await run({ lookup: knowOwn }, ["--client-id", clientId, "--register"], (question) =>
    question.startsWith("Send"),
  );
  expect(about.some(({ url }) => url.endsWith("/register"))).toBe(false);
  expect(out).toContain("[unknown-client]");
});

test("it is deleted where the server offers that, even when the server asked for fewer requests", async () => {
  const management = {
    registration_client_uri: `${issuer}/register/${registered}`,
    registration_access_token: "a-token-that-deletes-it-0123456789",
  };
  const { about, out } = await run({ lookup: knowOwn, management, limitAfter: 12 }, ["--register", "--yes"]);
  expect(about.at(-1)).toMatchObject({ method: "DELETE", url: management.registration_client_uri });
  expect(out).toContain("The server asked for fewer (429), so no more were.");
  expect(out).toContain(`${registered}, is deleted again.`);
  expect(out).not.toContain(management.registration_access_token);
});

test("a refused registration leaves nothing to ask about, and nothing behind", async () => {
  const { err, out, status } = await run({ lookup: knowOwn, registrationStatus: 403 }, ["--register", "--yes"]);
  expect(status).toBe(2);
  expect(err).toContain("The registration was refused: 403");
  expect(out).not.toContain("Left behind");
});
