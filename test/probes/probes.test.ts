import { describe, expect, test } from "vitest";
import type { Send } from "@/lib/discovery/ask.ts";
import { chanceOfAgreement, planBurst, readInstances } from "@/lib/probes/instance-consistency.ts";
import { planKnownClient, readKnownClient } from "@/lib/probes/known-client.ts";
import { controlIdFor } from "@/lib/probes/oracles.ts";
import type { ProbePlan } from "@/lib/probes/probe.ts";
import { runProbe } from "@/lib/probes/run.ts";
import { exchangesOf, type Lookup, randomText, seeded, simulate, subject } from "./cluster.ts";

const random = randomText(seeded(1));

async function ask(plan: ProbePlan, send: Send, now: () => number = () => 1_000) {
  const run = await runProbe(plan.requests, { send, now, session: "s", about: "flow", ranOn: [], parallel: 4 });
  return { ...run, exchanges: exchangesOf(run.observations) };
}
const cluster = (lookup: Lookup, instances = 1) => simulate({ instances, lookup, draw: seeded(2), at: () => 0 });
const knowsOnly: Lookup = (_, clientId) => (clientId === subject.clientId ? "known" : "unknown");

describe("does the server know this client?", () => {
  test("known: it is answered differently from an id that nobody registered", async () => {
    const { exchanges } = await ask(planKnownClient(subject, random), cluster(knowsOnly));
    expect(readKnownClient(exchanges)).toMatchObject({ verdict: "known" });
  });

  test("unknown: it is answered like one, in words about the client", async () => {
    const { exchanges } = await ask(
      planKnownClient(subject, random),
      cluster(() => "unknown"),
    );
    expect(readKnownClient(exchanges)).toMatchObject({ verdict: "unknown", isRefusalAboutClient: true });
  });

  test("a server that says the same of client and redirect URI gives no verdict about the client alone", async () => {
    const vague: Send = async ({ method }) => ({
      kind: "answered",
      status: 400,
      headers: [],
      body: {
        mimeType: "application/json",
        text: JSON.stringify({
          error: method === "POST" ? "invalid_grant" : "invalid_client",
          error_description: "Unknown client or redirect_uri",
        }),
      },
    });
    const { exchanges } = await ask(planKnownClient(subject, random), vague);
    expect(readKnownClient(exchanges)).toMatchObject({ isRefusalAboutClient: false });
  });

  test.each([
    ["a login page for everybody", 200],
    ["a redirect that hides its reason", 302],
    ["a limiter", 429],
    ["a gateway with nothing behind it", 502],
  ])("%s settles nothing", async (_, status) => {
    const send: Send = async () => ({
      kind: "answered",
      status,
      headers: [],
      ...(status === 302 && { redirectUrl: "https://auth.example/error?errorId=CfDJ8x" }),
      body: { mimeType: "text/html", text: "<h1>Sign in</h1>" },
    });
    const { exchanges } = await ask(planKnownClient(subject, random), send);
    expect(readKnownClient(exchanges)?.verdict).toBe("cannotTell");
  });
});

describe("do all instances agree?", () => {
  const secondOnly: Lookup = (instance, clientId) =>
    clientId === subject.clientId && instance === 1 ? "known" : "unknown";

  test("one of two knows the client: they disagree, still after 90 seconds", async () => {
    const send = cluster(secondOnly, 2);
    const first = await ask(planBurst(subject, 1, 8, random), send, () => 1_000);
    expect(readInstances(first.exchanges)?.verdict).toBe("disagree");
    const second = await ask(planBurst(subject, 2, 8, random), send, () => 92_000);
    const both = exchangesOf([...first.observations, ...second.observations.map(renumber)]);
    expect(readInstances(both)?.verdict).toBe("stillDisagree");
  });

  test("a disagreement that is gone after 90 seconds is not one that lasts", async () => {
    const first = await ask(planBurst(subject, 1, 8, random), cluster(secondOnly, 2), () => 1_000);
    const second = await ask(planBurst(subject, 2, 8, random), cluster(knowsOnly, 2), () => 92_000);
    const both = exchangesOf([...first.observations, ...second.observations.map(renumber)]);
    expect(readInstances(both)?.verdict).toBe("disagree");
  });

  test("the record is there and one instance cannot read it", async () => {
    const unreadable: Lookup = (instance, clientId) =>
      clientId === subject.clientId ? (instance === 1 ? "unreadable" : "known") : "unknown";
    const { exchanges } = await ask(planBurst(subject, 1, 8, random), cluster(unreadable, 2));
    expect(readInstances(exchanges)?.verdict).toBe("crash");
  });

  test("a server that fails for everybody now and then does not hold an unreadable record", async () => {
    const draw = seeded(5);
    const flaky: Lookup = (_, clientId) => (draw() < 0.4 ? "unreadable" : knowsOnly(0, clientId, 0));
    const { exchanges } = await ask(planBurst(subject, 1, 8, random), cluster(flaky, 2));
    expect(["cannotTell", "agreeKnown"]).toContain(readInstances(exchanges)?.verdict);
  });

  test("a limiter stops the burst and is no disagreement", async () => {
    let count = 0;
    const healthy = cluster(knowsOnly);
    const limited: Send = (request) =>
      ++count > 10 ? Promise.resolve({ kind: "answered", status: 429, headers: [] }) : healthy(request);
    const run = await ask(planBurst(subject, 1, 8, random), limited);
    expect(run.stopped).toBe("rate-limited");
    expect(run.sent).toBeLessThan(planBurst(subject, 1, 8, random).requests.length);
    expect(readInstances(run.exchanges)?.verdict).toBe("agreeKnown");
  });
});

test("the control looks like the suspect and is another id", () => {
  for (const clientId of [
    "2f6c0d7e-6a57-4a38-9f0b-6a7f0f1f2f3a",
    "Ov23liAbCdEf",
    "mcp_client-17",
    "https://app.example/client.json",
  ]) {
    const control = controlIdFor(clientId, random);
    expect(control).not.toBe(clientId);
    if (!clientId.startsWith("https")) expect(control).toHaveLength(clientId.length);
  }
  expect(controlIdFor("2f6c0d7e-6a57-4a38-9f0b-6a7f0f1f2f3a", random)).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test("the odds of agreeing by chance", () => {
  expect(chanceOfAgreement(2, 8)).toBeCloseTo(0.0078, 4);
  expect(chanceOfAgreement(3, 8)).toBeCloseTo(0.039, 3);
  expect(chanceOfAgreement(10, 20)).toBeCloseTo(0.1216, 4);
});

/** A second run in the same session goes on counting. */
function renumber<Raw extends object>(observation: Raw): Raw {
  return "requestId" in observation ? { ...observation, requestId: `b-${observation.requestId}` } : observation;
}
