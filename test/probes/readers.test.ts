import { describe, expect, test } from "vitest";
import type { DiscoveryAnswer, Send } from "@/lib/discovery/ask.ts";
import { planClientAllowList, readClientAllowList } from "@/lib/probes/client-allow-list.ts";
import { planClientMetadata, readClientMetadata } from "@/lib/probes/client-metadata.ts";
import { chanceOfAgreement, drawsFor, planBurst, readInstances } from "@/lib/probes/instance-consistency.ts";
import { planKnownClient, readKnownClient } from "@/lib/probes/known-client.ts";
import { planLoopbackDraws, planLoopbackRegistration, readLoopback } from "@/lib/probes/loopback-port.ts";
import type { ProbeRequest } from "@/lib/probes/probe.ts";
import { questionsFor } from "@/lib/probes/questions.ts";
import { planRedirectUris, readRedirectUris } from "@/lib/probes/redirect-allow-list.ts";
import { runProbe } from "@/lib/probes/run.ts";
import { exchangesOf, randomText, seeded, simulate, subject } from "./cluster.ts";

const random = randomText(seeded(11));

async function ask(requests: readonly ProbeRequest[], send: Send) {
  const run = await runProbe(requests, { send, now: () => 1_000, session: "s", about: "flow", ranOn: [], parallel: 1 });
  return exchangesOf(run.observations);
}

const answer = (status: number, value: unknown): DiscoveryAnswer => ({
  kind: "answered",
  status,
  headers: [],
  body: { mimeType: "application/json", text: JSON.stringify(value) },
});
const refusal = (description: string) => answer(400, { error: "invalid_request", error_description: description });
const login: DiscoveryAnswer = {
  kind: "answered",
  status: 302,
  headers: [],
  redirectUrl: "https://auth.example/login",
};

/** Speaks of the client first and of the redirect URI after it, quoting both, like the MCP Python SDK. */
const quoting =
  (knowsClient: (id: string) => boolean, takesUri: (uri: string) => boolean): Send =>
  async ({ url, method, body }) => {
    if (method === "POST") {
      return answer(201, { client_id: "our-own-client", redirect_uris: JSON.parse(body?.text ?? "{}").redirect_uris });
    }
    const asked = new URL(url).searchParams;
    const [id, uri] = [asked.get("client_id") ?? "", asked.get("redirect_uri") ?? ""];
    if (!knowsClient(id)) return refusal(`Client ID '${id}' is not registered with this server.`);
    return takesUri(uri) ? login : refusal(`Redirect URI '${uri}' not registered for client`);
  };

describe("can it fetch the client's metadata document?", () => {
  const mine = "https://app.example/client.json";
  const other = "https://other.example/client.json";
  test.each([
    ["it can", [mine, other], "fetched"],
    ["this one not, another's it can", [other], "thisDocument"],
    ["nobody's", [], "noDocument"],
  ])("%s", async (_, fetchable, verdict) => {
    const plan = planClientMetadata({ ...subject, clientId: mine }, random, [other]);
    const send = quoting(
      (id) => fetchable.includes(id),
      () => false,
    );
    expect(readClientMetadata(await ask(plan.requests, send))).toMatchObject({ verdict });
  });

  test("a server that answers everybody alike settles nothing", async () => {
    const plan = planClientMetadata({ ...subject, clientId: mine }, random, [other]);
    expect(readClientMetadata(await ask(plan.requests, async () => login))).toMatchObject({ verdict: "cannotTell" });
  });

  test("an answer that quotes the document is the same answer for every document", async () => {
    const known = await ask(
      planKnownClient({ ...subject, clientId: mine }, random).requests.filter(({ method }) => method === "GET"),
      quoting(
        () => false,
        () => false,
      ),
    );
    expect(readKnownClient(known)).toMatchObject({ verdict: "unknown" });
  });
});

describe("is the loopback port free?", () => {
  test.each([
    ["any port", /^http:\/\/127\.0\.0\.1:\d+\/callback$/, "free", false],
    ["any port and name", /^http:\/\/(?:127\.0\.0\.1|localhost):\d+\/callback$/, "free", true],
    ["the registered port only", /^http:\/\/127\.0\.0\.1:41111\/callback$/, "exact", false],
  ])("%s", async (_, accepted, port, isNameInterchangeable) => {
    const send = quoting(
      () => true,
      (uri) => accepted.test(uri),
    );
    const registering = { ...subject, registrationEndpoint: "https://auth.example/register" };
    const exchanges = await ask(
      [
        ...planLoopbackRegistration(registering).writes,
        ...planLoopbackDraws(subject, "our-own-client", random).requests,
      ],
      send,
    );
    expect(readLoopback(exchanges)).toMatchObject({ port, isNameInterchangeable });
  });

  test("a server that shows everybody a login page settles nothing", async () => {
    const registering = { ...subject, registrationEndpoint: "https://auth.example/register" };
    const send = quoting(
      () => true,
      () => true,
    );
    const exchanges = await ask(
      [
        ...planLoopbackRegistration(registering).writes,
        ...planLoopbackDraws(subject, "our-own-client", random).requests,
      ],
      send,
    );
    expect(readLoopback(exchanges)).toMatchObject({ port: "cannotTell" });
  });
});

test("which redirect URIs it accepts", async () => {
  const uris = ["https://app.example/callback", "https://app.example/other", "com.example.app:/callback"];
  const send = quoting(
    () => true,
    (uri) => uri.endsWith("/callback") && uri.startsWith("https"),
  );
  const readings = readRedirectUris(await ask(planRedirectUris(subject, uris, random).requests, send));
  expect(readings.map(({ redirectUri, verdict }) => [redirectUri, verdict])).toEqual([
    [uris[0], "accepted"],
    [uris[1], "refused"],
    [uris[2], "refused"],
  ]);
});

test.each([
  ["everybody", () => true, "open"],
  ["the well-known only", (uri: string) => uri.startsWith("https://known.example"), "allowList"],
  ["nobody", () => false, "closed"],
] as const)("registration is open to %s", async (_, accepts, verdict) => {
  const send: Send = async ({ body }) => {
    const [uri = ""] = JSON.parse(body?.text ?? "{}").redirect_uris as string[];
    return accepts(uri) ? answer(201, { client_id: "one" }) : answer(403, { error: "access_denied" });
  };
  const registering = { ...subject, registrationEndpoint: "https://auth.example/register" };
  const plan = planClientAllowList(registering, "https://known.example/callback");
  expect(readClientAllowList(await ask(plan.writes, send))).toMatchObject({ verdict });
});

test("a question names the hosts of what follows it too", () => {
  const split = { ...subject, registrationEndpoint: "https://registration.example/register" };
  const [question] = questionsFor(split, random).filter(({ id }) => id === "loopback-port");
  expect(question?.plan.hosts).toEqual(["registration.example", "auth.example"]);
});

describe("a burst", () => {
  const size = 24;
  /** Takes turns in the order in which requests arrive, as most load balancers do. */
  function takingTurns(instances: number): Send {
    let turn = 0;
    const inner = simulate({
      instances,
      lookup: (instance, id) => (id === subject.clientId && instance === 0 ? "known" : "unknown"),
      draw: () => (turn++ % instances) / instances,
      at: () => 0,
    });
    return inner;
  }

  test.each([2, 3, 4])("reaches every one of %i instances that take turns, with every oracle", async (instances) => {
    const exchanges = await ask(planBurst(subject, 1, size, random).requests, takingTurns(instances));
    for (const { oracle, known, unknown } of readInstances(exchanges)?.bursts[0]?.oracles ?? []) {
      expect({ oracle, isMixed: known.length > 0 && unknown.length > 0 }).toEqual({ oracle, isMixed: true });
    }
  });

  test("counts for the odds only answers that could have shown a disagreement", async () => {
    const confidential: Send = (request) =>
      request.method === "POST"
        ? Promise.resolve(answer(401, { error: "invalid_client" }))
        : quoting(
            (id) => id === subject.clientId,
            () => false,
          )(request);
    const known = readInstances(await ask(planBurst(subject, 1, size, random).requests, confidential));
    expect(known).toMatchObject({ verdict: "agreeKnown", draws: size });
    const unknown = readInstances(
      await ask(
        planBurst(subject, 1, size, random).requests,
        simulate({ instances: 1, lookup: () => "unknown", draw: () => 0, at: () => 0 }),
      ),
    );
    expect(unknown).toMatchObject({ verdict: "agreeUnknown", draws: size });
  });

  test("asks with the oracles that were chosen, and with no other", () => {
    const { requests } = planBurst(subject, 1, size, random, ["redirect"]);
    expect(requests.every(({ purpose }) => purpose.includes("/redirect/"))).toBe(true);
    expect(requests).toHaveLength(size + size / 2);
  });

  test("is as large as the odds need", () => {
    for (let instances = 2; instances <= 10; instances += 1) {
      const draws = drawsFor(instances, 0.01);
      expect(chanceOfAgreement(instances, draws)).toBeLessThanOrEqual(0.01);
      expect(chanceOfAgreement(instances, draws - 1)).toBeGreaterThan(0.01);
    }
    expect(drawsFor(5, 0.01)).toBe(21);
  });
});
