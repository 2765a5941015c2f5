import { randomBytes } from "node:crypto";
import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Send } from "@/lib/discovery/run.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { RawObservation } from "@/lib/exchange/raw-observation.ts";
import { probeSubject } from "@/lib/facts/probe-subject.ts";
import { authorizationProbe, probeRedirectUri } from "@/lib/probes/oracles.ts";
import type { ProbeRequest, ProbeSubject } from "@/lib/probes/probe.ts";
import { type ProbeRun, runProbe } from "@/lib/probes/run.ts";
import { createRunRedactor } from "./recordings.ts";

/** What a person asked to have asked. */
export interface AskOptions {
  readonly clientId?: string;
  readonly redirectUri?: string;
  /** A burst must agree by chance in at most 1 % when the client is known to one of so many instances. */
  readonly instances: number;
  /** Once more after 90 seconds when the answers disagree. */
  readonly repeat: boolean;
  /** Registers a client of our own as a control, or to ask about when no client is named. */
  readonly register: boolean;
  /** The person agreed beforehand. */
  readonly yes: boolean;
}

export interface AskSurroundings {
  readonly send: Send;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds. */
  readonly wait: (duration: number) => Promise<void>;
}

/** What a finished ladder saw of the server that is asked. */
export interface Ladder {
  readonly raw: readonly RawObservation[];
  readonly report: FlowReport;
  readonly url: string;
}

/** The server, and a request to it that lacks its client. */
export type Start = Omit<ProbeSubject, "clientId">;

/** How many requests are on their way at once. */
export const parallel = 8;
export const random = (): string => randomBytes(32).toString("base64url");

/** What the ladder gives to begin with, or why that is not enough. */
export function startOf({ facts }: FlowReport, { register }: AskOptions): Start | string {
  const metadata = facts.metadata.status === "observed" ? facts.metadata.value : undefined;
  const document = metadata?.server?.document;
  const text = (name: string) => {
    const value = document?.[name];
    return typeof value === "string" && URL.canParse(value) ? value : undefined;
  };
  const [authorizationEndpoint, tokenEndpoint, registrationEndpoint] = [
    text("authorization_endpoint"),
    text("token_endpoint"),
    text("registration_endpoint"),
  ];
  if (authorizationEndpoint === undefined)
    return "Nothing can be asked about a client: no authorization endpoint was found.";
  if (register && registrationEndpoint === undefined) return "The server metadata names no registration endpoint.";
  const resource = metadata?.resource?.document?.resource;
  const scopes = document?.scopes_supported;
  return {
    flowId: "",
    authorizationEndpoint,
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    ...(registrationEndpoint !== undefined && { registrationEndpoint }),
    endpoints: {},
    parameters: [
      { name: "response_type", value: "code" },
      ...(Array.isArray(scopes) && scopes.includes("openid") ? [{ name: "scope", value: "openid" }] : []),
      ...(typeof resource === "string" ? [{ name: "resource", value: resource }] : []),
    ],
    hasState: true,
    hasNonce: false,
    hasCodeChallenge: true,
    unrepeatable: [],
  };
}

/** One attempt of our own and everything asked about it. */
export class Asking {
  readonly surroundings: AskSurroundings;
  readonly ranOn: readonly string[];
  stopped: ProbeRun["stopped"];
  sent = 0;
  readonly #start: Start;
  readonly #ladder: Ladder;
  readonly #redactor = createRunRedactor();
  /** Seen before there was an attempt to see it for. */
  readonly #early: RawObservation[];
  readonly #observations: Observation[] = [];
  #flowId: string | undefined;
  #report: { readonly of: number; readonly report: FlowReport | undefined } | undefined;
  #runs = 0;

  constructor(ladder: Ladder, start: Start, surroundings: AskSurroundings) {
    this.#ladder = ladder;
    this.#early = [...ladder.raw];
    this.#start = start;
    this.surroundings = surroundings;
    this.ranOn = [new URL(ladder.url).hostname];
  }

  /** The authorization request as a browser sends it, up to the first answer. */
  async attempt(clientId: string, redirectUri: string | undefined): Promise<void> {
    const change = { clientId, redirectUri: redirectUri ?? probeRedirectUri };
    const { url } = authorizationProbe({ ...this.#start, clientId }, "", change, random);
    const request: ProbeRequest = {
      purpose: "",
      method: "GET",
      url,
      headers: [{ name: "accept", value: "text/html" }],
    };
    const { observations } = await this.#run([request], "");
    this.#record(observations.map(asNavigation));
    this.#flowId = this.report()?.flow.id;
    this.#record(this.#early);
  }

  async probe(requests: readonly ProbeRequest[]): Promise<readonly RawObservation[]> {
    // Cleaning up behind oneself is owed even to a server that asked for fewer requests.
    if (this.stopped !== undefined && requests.some(({ method }) => method !== "DELETE")) return [];
    const { observations, stopped } = await this.#run(requests, this.#flowId ?? "");
    if (this.#flowId === undefined) this.#early.push(...observations);
    else this.#record(observations);
    this.stopped ??= stopped;
    return observations;
  }

  async #run(requests: readonly ProbeRequest[], about: string): Promise<ProbeRun> {
    this.#runs += 1;
    const { send, now } = this.surroundings;
    const session = `ask-${this.#runs}`;
    const run = await runProbe(requests, { send, now, session, about, ranOn: this.ranOn, parallel });
    this.sent += run.sent;
    return run;
  }

  #record(raw: readonly RawObservation[]): void {
    for (const one of raw) {
      const isOurs = one.kind === "request" && one.purpose !== undefined;
      const about = isOurs && this.#flowId !== undefined ? { about: this.#flowId } : {};
      const observation = this.#redactor.redact({ ...one, ...about });
      if (observation) this.#observations.push(observation);
    }
  }

  report(): FlowReport | undefined {
    const of = this.#observations.length;
    if (this.#report?.of !== of) {
      this.#report = { of, report: diagnose(this.#observations, { asOf: this.surroundings.now() })[0] };
    }
    return this.#report.report;
  }

  readings() {
    const probes = this.report()?.facts.probes;
    return probes?.status === "observed" ? probes.value : undefined;
  }

  subject(): ProbeSubject {
    const report = this.report();
    const found = report && probeSubject(report.flow, report.facts);
    const { redirectUri, ...subject } = found ?? { ...this.#start, redirectUri: undefined };
    // Ours stands for a redirect URI that nobody gave; there is no request as it was.
    return redirectUri === undefined || redirectUri === probeRedirectUri ? subject : { ...subject, redirectUri };
  }

  /** What is wrong with the client, without what is only true of our own request. */
  errors({ redirectUri }: Pick<AskOptions, "redirectUri">) {
    return (this.report()?.diagnosis.findings ?? []).filter(
      ({ id, severity }) => severity === "error" && (redirectUri !== undefined || !id.startsWith("redirect-uri-")),
    );
  }

  /** Open questions about the client, but for the agreement, which is printed by itself with its odds. */
  unsettled(): FlowReport["diagnosis"]["unsettled"] {
    const before = new Set(this.#ladder.report.diagnosis.unsettled.map(({ id }) => id));
    return (this.report()?.diagnosis.unsettled ?? []).filter(
      ({ id }) => !before.has(id) && id.includes("client") && id !== "client-known-to-some-instances",
    );
  }
}

/** The attempt stands for what a browser did, so it is read like one. */
function asNavigation(raw: RawObservation): RawObservation {
  if (raw.kind !== "request") return raw;
  const { about: _about, purpose: _purpose, ...request } = raw;
  return { ...request, type: "main_frame" };
}
