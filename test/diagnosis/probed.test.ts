import { expect, test } from "vitest";
import type { Send } from "@/lib/discovery/ask.ts";
import { probeSubject } from "@/lib/facts/probe-subject.ts";
import { planCanary, planCanaryDraws } from "@/lib/probes/canary.ts";
import { planBurst } from "@/lib/probes/instance-consistency.ts";
import { planKnownClient } from "@/lib/probes/known-client.ts";
import type { ProbeRequest, ProbeSubject } from "@/lib/probes/probe.ts";
import { runProbe } from "@/lib/probes/run.ts";
import { clientId, diagnoseRaw, redirectUri, server, type Trace, trace } from "@/test/builders.ts";
import { type Lookup, randomText, seeded, simulate } from "@/test/probes/cluster.ts";

const random = randomText(seeded(3));
const document = {
  issuer: server,
  authorization_endpoint: `${server}/authorize`,
  token_endpoint: `${server}/token`,
  registration_endpoint: `${server}/register`,
  response_types_supported: ["code"],
  code_challenge_methods_supported: ["S256"],
};
const refused = () =>
  trace()
    .metadata(`${server}/.well-known/oauth-authorization-server`, { json: document })
    .authorizationRequest()
    .page({ status: 400, json: { error: "invalid_request", error_description: `Client ID '${clientId}' not found` } });

/** Asks about the newest attempt of the trace and adds the answers to it, as the inspector does. */
async function ask(built: Trace, send: Send, plan: (subject: ProbeSubject) => readonly ProbeRequest[], after = 1_000) {
  const [report] = diagnoseRaw(built);
  const subject = report && probeSubject(report.flow, report.facts);
  if (!subject) throw new Error("nothing to ask about");
  const at = report.flow.lastAt + after;
  const run = await runProbe(plan(subject), {
    send,
    now: () => at,
    session: `probe-${at}`,
    about: subject.flowId,
    ranOn: [],
    parallel: 4,
  });
  built.raw.push(...run.observations);
  return built;
}
const cluster = (lookup: Lookup, instances = 1) => simulate({ instances, lookup, draw: seeded(4), at: () => 0 });
const headline = (built: Trace) => {
  const [first] = diagnoseRaw(built)[0]?.diagnosis.findings ?? [];
  return first && `${first.id} ${first.certainty}`;
};
const burst = (number: number) => (subject: ProbeSubject) => planBurst(subject, number, 8, random).requests;
const known = (subject: ProbeSubject) => planKnownClient(subject, random).requests;
const someKnow: Lookup = (instance, id) => (id === clientId && instance === 0 ? "known" : "unknown");
const nobodyKnows: Lookup = (_, id) => (id.startsWith("canary") ? "known" : "unknown");
const everybodyKnows: Lookup = (_, id) => (id === clientId ? "known" : "unknown");

test("passively, the words alone", () => {
  expect(headline(refused())).toMatch(/^unknown-client (likely|possible)$/);
});

test("instances disagree: likely after one burst, proven after one 90 s later", async () => {
  const built = await ask(refused(), cluster(someKnow, 2), burst(1));
  expect(headline(built)).toBe("client-known-to-some-instances likely");
  await ask(built, cluster(someKnow, 2), burst(2), 92_000);
  expect(headline(built)).toBe("client-known-to-some-instances proven");
  const [finding] = diagnoseRaw(built)[0]?.diagnosis.findings ?? [];
  const fix = finding?.fix.map((step) => step.do).join(" ") ?? "";
  expect(fix).toMatch(/shared/i);
  expect(fix).toMatch(/key/i);
});

test("a record that some instances cannot read", async () => {
  const unreadable: Lookup = (instance, id) =>
    id === clientId ? (instance === 0 ? "unreadable" : "known") : "unknown";
  const built = trace()
    .metadata(`${server}/.well-known/oauth-authorization-server`, { json: document })
    .authorizationRequest()
    .page({ status: 500, text: "Internal Server Error" });
  expect(headline(await ask(built, cluster(unreadable, 2), burst(1)))).toBe("client-store-key-differs proven");
});

test("treated like a random id", async () => {
  expect(headline(await ask(refused(), cluster(nobodyKnows), known))).toBe("unknown-client proven");
});

const registering =
  (inner: Send): Send =>
  async (request) =>
    request.url.endsWith("/register")
      ? {
          kind: "answered",
          status: 201,
          headers: [],
          body: {
            mimeType: "application/json",
            text: JSON.stringify({ client_id: "canary-1", redirect_uris: [redirectUri] }),
          },
        }
      : inner(request);

async function withCanary(built: Trace) {
  const send = registering(cluster(nobodyKnows));
  await ask(built, send, known);
  await ask(
    built,
    send,
    (subject) => planCanary({ ...subject, registrationEndpoint: `${server}/register` }).writes,
    2_000,
  );
  return ask(built, send, (subject) => planCanaryDraws(subject, "canary-1", 6, random).requests, 3_000);
}

test("gone while new registrations stay: both rivals when it was never seen accepted", async () => {
  const built = await withCanary(refused());
  expect(headline(built)).toBe("client-registration-lost likely");
  const [finding] = diagnoseRaw(built)[0]?.diagnosis.findings ?? [];
  expect(finding?.summary).toContain("never registered");
  expect(finding?.rivals).toHaveLength(1);
});

test("gone, and seen accepted before", async () => {
  const before = trace()
    .authorizationRequest()
    .respondsWith()
    .page({ text: "You can close this window." })
    .wait(3_600_000)
    .authorizationRequest({ state: "another-state-of-the-same-length-32" })
    .page({ status: 400, json: { error: "invalid_request", error_description: `Client ID '${clientId}' not found` } });
  before.raw.push(
    ...trace()
      .metadata(`${server}/.well-known/oauth-authorization-server`, { json: document })
      .raw.map((raw) => ({ ...raw, session: "meta" })),
  );
  expect(headline(await withCanary(before))).toBe("client-registration-lost proven");
});

test("a failure that does not reproduce is no longer said to be the client", async () => {
  const built = await ask(refused(), cluster(everybodyKnows), known);
  const [report] = diagnoseRaw(built);
  expect(report?.diagnosis.findings.map(({ id }) => id)).not.toContain("unknown-client");
  expect(report?.diagnosis.unsettled.find(({ id }) => id === "unknown-client")?.missing).toContain("did not reproduce");
});

test("agreement is no more than no disagreement seen, with the odds", async () => {
  const built = await ask(refused(), cluster(nobodyKnows), burst(1));
  const [report] = diagnoseRaw(built);
  const question = report?.diagnosis.unsettled.find(({ id }) => id === "client-known-to-some-instances");
  expect(question?.missing).toMatch(/^No disagreement was seen\. 8 answers agreed\./);
  expect(question?.missing).toContain("one of two instances that would happen in 0.8 % of such bursts");
  expect(question?.missing).toContain("more often when one connection always reaches the same instance");
});

test("answers that tell nothing are not counted as agreement", async () => {
  const silent: Send = async () => ({ kind: "answered", status: 200, headers: [] });
  const built = await ask(refused(), silent, burst(1));
  const [report] = diagnoseRaw(built);
  const question = report?.diagnosis.unsettled.find(({ id }) => id === "client-known-to-some-instances");
  expect(question?.missing).not.toContain("agreed");
});

test("all instances know it now: the words of the page do not stand", async () => {
  const built = await ask(refused(), cluster(everybodyKnows), burst(1));
  expect(diagnoseRaw(built)[0]?.diagnosis.findings.map(({ id }) => id)).not.toContain("unknown-client");
});

test("another signing key is not provable from here; the product's log line settles it", async () => {
  const built = trace()
    .metadata(`${server}/.well-known/oauth-authorization-server`, { json: document })
    .authorizationRequest()
    .redirectsTo(`${server}/consent?txn_id=k3J9vQ2mX7pL1sT8wY4zB6nD0fG5hR_c-AeUiOoPq_0`)
    .page({ text: "Allow access?", title: "Application Access Request" });
  const inner = cluster(everybodyKnows);
  const fastmcp: Send = async (request) => {
    const answer = await inner(request);
    if (answer.kind === "failed" || !answer.body) return answer;
    const text = answer.body.text.replace("not found", "is not registered with this server");
    return { ...answer, body: { ...answer.body, text } };
  };
  expect(headline(await ask(built, fastmcp, burst(1)))).toBeUndefined();
  const [report] = diagnoseRaw(built);
  const question = report?.diagnosis.unsettled.find(({ id }) => id === "client-store-key-differs");
  expect(question?.missing).toContain("not provable from here");
  expect(question?.settledBy).toContain("Token validation failed: bad_signature");
});
