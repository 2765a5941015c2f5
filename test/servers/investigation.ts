import { randomBytes } from "node:crypto";
import { createSend } from "@/cli/sender.ts";
import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { headlineOf } from "@/lib/diagnosis/engine.ts";
import type { Finding } from "@/lib/diagnosis/rule.ts";
import { runDiscovery, type Send } from "@/lib/discovery/run.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { probeSubject } from "@/lib/facts/probe-subject.ts";
import { planCanary, planCanaryDraws } from "@/lib/probes/canary.ts";
import { drawsFor, planBurst } from "@/lib/probes/instance-consistency.ts";
import { planKnownClient } from "@/lib/probes/known-client.ts";
import type { ProbeRequest, ProbeSubject } from "@/lib/probes/probe.ts";
import { runProbe } from "@/lib/probes/run.ts";
import { readHtml } from "@/lib/redaction/html.ts";
import { createRedactor } from "@/lib/redaction/redact.ts";

/** As many as a terminal asks: at most 1 % agree by chance with the client known to one of five instances. */
const drawsPerBurst = drawsFor(5, 0.01);
export const random = (): string => randomBytes(32).toString("base64url");

interface Asked {
  readonly sent: number;
  readonly stopped?: string;
}

/** Attempts at real servers as a recording shows them, what was asked about the newest, and what is made of both. */
export class Investigation {
  readonly #observations: Observation[] = [];
  readonly #redactor = createRedactor({ id: "test", bytes: randomBytes(32) }, { readHtml });
  readonly #issuer: string;
  readonly #send: Send;
  #runs = 0;
  #recording = "recording";

  constructor(issuer: string, send: Send = createSend()) {
    this.#issuer = issuer;
    this.#send = send;
  }

  record(raw: readonly RawObservation[]): void {
    this.#observations.push(...raw.flatMap((observation) => this.#redactor.redact(observation) ?? []));
  }

  /** Opens the authorization request as a browser does, up to the first page; `arrivedAt` is where a person came out. */
  async attempt(authorizationUrl: string, at = Date.now(), arrivedAt?: string): Promise<number> {
    const session = `recording-${++this.#runs}`;
    this.#recording = session;
    const { raw, status } = await browse(authorizationUrl, session, at);
    this.record(raw);
    if (arrivedAt !== undefined) {
      const base = { source: "import", session, tabId: 1, frameId: 0, requestId: "arrival", url: arrivedAt } as const;
      this.record([
        { ...base, kind: "request", at: at + 1_000, method: "GET", type: "main_frame" },
        { ...base, kind: "response", at: at + 1_010, status: 200, headers: [] },
      ]);
    }
    return status;
  }

  /** Opens it again, in recordings that are thrown away, until it is refused. */
  async failingAttempt(authorizationUrl: string): Promise<number> {
    for (let tries = 0; tries < 40; tries += 1) {
      const { raw, status } = await browse(authorizationUrl, `recording-${++this.#runs}`, Date.now());
      if (status < 400) continue;
      this.record(raw);
      return status;
    }
    throw new Error("the attempt never failed");
  }

  /** A request that the client makes itself, in the recording of the attempt before it: registration, token. */
  async call(url: string, init: { method: string; headers: Record<string, string>; body: string }): Promise<number> {
    const response = await fetch(url, init);
    const headers = [...response.headers].map(([name, value]) => ({ name, value }));
    const base = { source: "import", session: this.#recording, requestId: "call", url } as const;
    const mimeType = response.headers.get("content-type") ?? "";
    this.record([
      {
        ...base,
        kind: "request",
        at: Date.now(),
        method: init.method,
        type: "fetch",
        headers: Object.entries(init.headers).map(([name, value]) => ({ name, value })),
        body: { kind: "text", mimeType: init.headers["content-type"] ?? "", text: init.body },
      },
      {
        ...base,
        kind: "response",
        at: Date.now(),
        status: response.status,
        headers,
        body: { mimeType, text: await response.text() },
      },
    ]);
    return response.status;
  }

  async discover(url = this.#issuer): Promise<void> {
    const about = this.report().flow.id;
    const session = `ladder-${++this.#runs}`;
    const start = { from: "url", url, challenge: false } as const;
    this.record(await runDiscovery(start, { send: this.#send, now: Date.now, session, about }));
  }

  report(): FlowReport {
    const [newest] = diagnose(this.#observations, { asOf: Date.now() });
    if (!newest) throw new Error("no attempt was found in the recording");
    return newest;
  }

  subject(): ProbeSubject {
    const { flow, facts } = this.report();
    const subject = probeSubject(flow, facts);
    if (!subject) throw new Error("nothing to ask about");
    return subject;
  }

  async ask(requests: readonly ProbeRequest[], options: { delay?: number; parallel?: number } = {}): Promise<Asked> {
    const { delay = 0, parallel = 8 } = options;
    const run = await runProbe(requests, {
      send: this.#send,
      now: () => Date.now() + delay,
      session: `probe-${++this.#runs}`,
      about: this.report().flow.id,
      ranOn: [new URL(this.#issuer).hostname],
      parallel,
    });
    this.record(run.observations);
    return { sent: run.sent, ...(run.stopped && { stopped: run.stopped }) };
  }

  knownClient = (): Promise<Asked> => this.ask(planKnownClient(this.subject(), random).requests);

  burst(number: number, options: { delay?: number; parallel?: number; draws?: number } = {}): Promise<Asked> {
    return this.ask(planBurst(this.subject(), number, options.draws ?? drawsPerBurst, random).requests, options);
  }

  /** Registers a client of our own and asks whether it stays known. */
  async canary(): Promise<void> {
    const { registrationEndpoint } = this.subject();
    if (registrationEndpoint === undefined) throw new Error("no registration endpoint");
    await this.ask(planCanary({ ...this.subject(), registrationEndpoint }).writes);
    const { facts } = this.report();
    const clientId = facts.probes.status === "observed" ? facts.probes.value.canary?.registration.clientId : undefined;
    if (clientId === undefined) throw new Error("the canary was not registered");
    await this.ask(planCanaryDraws(this.subject(), clientId, drawsPerBurst, random).requests);
  }

  headline(): Finding | undefined {
    return headlineOf(this.report().diagnosis.findings);
  }

  /** Headline and its certainty; `none` when nothing is wrong. */
  verdict(): string {
    const headline = this.headline();
    return headline ? `${headline.id} ${headline.certainty}` : "none";
  }

  /** Every finding that says the attempt failed because of it, with its certainty. */
  errors(): string[] {
    return this.report()
      .diagnosis.findings.filter(({ severity }) => severity === "error")
      .map(({ id, certainty }) => `${id} ${certainty}`);
  }

  instances() {
    const { probes } = this.report().facts;
    return probes.status === "observed" ? probes.value.instances : undefined;
  }

  unsettled(id: string) {
    return this.report().diagnosis.unsettled.find((question) => question.id === id);
  }
}

/** What a HAR of these requests says, page included. */
async function browse(
  start: string,
  session: string,
  at: number,
): Promise<{ readonly raw: RawObservation[]; readonly status: number }> {
  const raw: RawObservation[] = [];
  const base = { source: "import", session, tabId: 1, frameId: 0 } as const;
  const client = new URL(new URL(start).searchParams.get("redirect_uri") ?? "http://none.invalid").origin;
  const cookies = new Map<string, string>();
  let url = start;
  for (let hop = 0; hop < 6; hop += 1) {
    const requestId = "navigation";
    const time = at + hop * 10;
    raw.push({ ...base, kind: "request", at: time, requestId, url, method: "GET", type: "main_frame" });
    if (hop > 0 && new URL(url).origin === client) return { raw, status: 302 };
    const response = await fetch(url, {
      redirect: "manual",
      headers: {
        accept: "text/html,application/xhtml+xml,*/*;q=0.8",
        "sec-fetch-mode": "navigate",
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const { status } = response;
    const headers = [...response.headers].map(([name, value]) => ({ name, value }));
    const location = response.headers.get("location");
    const redirectUrl = location === null ? undefined : new URL(location, url).href;
    raw.push({
      ...base,
      kind: "response",
      at: time + 5,
      requestId,
      url,
      status,
      headers,
      ...(redirectUrl !== undefined && { redirectUrl }),
    });
    const text = await response.text();
    if (redirectUrl === undefined || status < 300 || status > 399) {
      const contentType = response.headers.get("content-type") ?? "";
      const shown = contentType.includes("html") ? { html: text } : { text, title: "" };
      raw.push({ ...base, kind: "page", at: time + 6, requestId, url, status, contentType, ...shown });
      return { raw, status };
    }
    url = redirectUrl;
  }
  throw new Error(`more than six redirects from ${start}`);
}
