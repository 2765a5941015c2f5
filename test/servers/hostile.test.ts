import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSend } from "@/cli/sender.ts";
import { findClient } from "@/lib/clients/index.ts";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { runDiscovery } from "@/lib/discovery/run.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { probeSubject } from "@/lib/facts/probe-subject.ts";
import { runCompatibility } from "@/lib/probes/compatibility.ts";
import { runConnection, type Step } from "@/lib/probes/connection.ts";
import { questionsFor } from "@/lib/probes/questions.ts";
import { runProbe } from "@/lib/probes/run.ts";
import { redactAll } from "../discovery/web.ts";
import { type HostileServer, hostilities, startHostileServer } from "./hostile-server.ts";

const random = (): string => randomBytes(32).toString("base64url");
const send = createSend();
let server: HostileServer;
beforeAll(async () => {
  server = await startHostileServer();
});
afterAll(() => server?.stop());

/** The attempt that is asked about, as a recording shows it. */
function attemptAt(base: string): RawObservation[] {
  const url = new URL(`${base}/authorize`);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: "2f6c0d7e-6a57-4a38-9f0b-6a7f0f1f2f3a",
    redirect_uri: "http://127.0.0.1:33418/callback",
    state: random(),
    code_challenge: random(),
    code_challenge_method: "S256",
  }).toString();
  const seen = { source: "import", session: "recording", requestId: "1", tabId: 1, frameId: 0, url: url.href } as const;
  return [
    { ...seen, kind: "request", at: 1, method: "GET", type: "main_frame" },
    { ...seen, kind: "response", at: 2, status: 400, headers: [] },
  ];
}

/** Nothing of what a registration answered that is secret, and nothing went where it said that it is to be managed. */
function expectKept(text: string): void {
  expect(server.secrets.filter((secret) => text.includes(secret))).toEqual([]);
  expect(server.astray).toEqual([]);
}

describe.each(hostilities)("%s", { timeout: 240_000 }, (how) => {
  it("asked everything: nothing is made of it, and no more is sent than announced", async () => {
    const base = server.resource(how).slice(0, -"/mcp".length);
    const raw: RawObservation[] = attemptAt(base);
    const report = () => {
      const [newest] = diagnose(redactAll(raw), { asOf: Date.now() });
      if (!newest) throw new Error("the attempt is gone");
      return newest;
    };
    const about = report().flow.id;
    raw.push(
      ...(await runDiscovery(
        { from: "url", url: base, challenge: false },
        { send, now: Date.now, session: "l", about },
      )),
    );
    const subject = probeSubject(report().flow, report().facts);
    if (!subject) throw new Error("nothing to ask about");
    const questions = questionsFor(subject, random);
    const before = server.requests.length;
    const runs = await Promise.all(
      questions.map(({ plan }) =>
        runProbe([...plan.requests, ...plan.writes], {
          send,
          now: Date.now,
          session: plan.id,
          run: random().slice(0, 8),
          about,
          ranOn: ["127.0.0.1"],
          parallel: 8,
        }),
      ),
    );
    raw.push(...runs.flatMap(({ observations }) => observations));
    const announced = questions.reduce((sum, { total }) => sum + total, 0);
    expect(server.requests.length - before).toBeLessThanOrEqual(announced);
    if (how === "429 at once") expect(runs.map(({ stopped }) => stopped)).toEqual(runs.map(() => "rate-limited"));
    const { diagnosis, facts } = report();
    const proven = diagnosis.findings.filter(({ certainty }) => certainty === "proven").map(({ id }) => id);
    expect(proven.filter((id) => /client|redirect|loopback|registration/.test(id))).toEqual([]);
    expect(diagnosis.faults).toEqual([]);
    const { knownClient, instances, loopback, clientAllowList } =
      facts.probes.status === "observed" ? facts.probes.value : {};
    expect(knownClient?.isRefusalAboutClient).not.toBe(true);
    expect(["cannotTell", "agreeUnknown"]).toContain(instances?.verdict);
    const registers = how === "a registration full of secrets";
    expect([loopback?.port, clientAllowList?.verdict]).toEqual(["cannotTell", registers ? "open" : "cannotTell"]);
    expectKept(JSON.stringify([redactAll(raw), report()]));
    expect(JSON.stringify(redactAll(raw)).length).toBeLessThan(1_000_000);
  });

  it("checked: the run ends, and says where", async () => {
    const steps: Step[] = [];
    const before = server.requests.length;
    const result = await runConnection(
      { url: server.resource(how), client: { kind: "register" }, redirectUri: "http://127.0.0.1:6000/callback" },
      {
        send,
        now: Date.now,
        run: "1",
        random,
        record: () => undefined,
        authorize: async () => undefined,
        mayWrite: async () => true,
        onStep: (step) => steps.push(step),
        isCancelled: () => false,
      },
    );
    const registers = how === "a registration full of secrets";
    expect(result.isConnected).toBe(false);
    expect(result.leftBehind).toHaveLength(registers ? 1 : 0);
    expectKept(JSON.stringify(steps));
    const failed = steps.find(({ state }) => state === "failed");
    expect(failed?.id).toBe(how === "429 at once" ? "endpoints" : registers ? "authorization" : "client");
    expect(failed?.says.length).toBeLessThan(400);
    if (how === "429 at once") {
      expect(failed?.says).toMatch(/asked for fewer requests \(429\), so nothing more is sent/);
      expect(server.requests.slice(before).filter((request) => !request.includes(".well-known"))).toHaveLength(2);
    }
  });

  it("tried as other clients: no client is said to connect", async () => {
    const client = findClient("claude");
    if (!client) throw new Error("no such client");
    const rows: string[] = [];
    await runCompatibility(
      { url: server.resource(how), clients: [client], isOwnServer: false },
      {
        send,
        now: Date.now,
        run: "1",
        random,
        record: () => undefined,
        mayWrite: async () => true,
        onRow: ({ verdict }) => rows.push(verdict),
        isCancelled: () => false,
      },
    );
    expect(rows).not.toContain("accepted");
  });
});
