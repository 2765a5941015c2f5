import { findClient } from "@/lib/clients/index.ts";
import { planCanary, planCanaryDraws } from "./canary.ts";
import { planClientAllowList } from "./client-allow-list.ts";
import { planClientMetadata } from "./client-metadata.ts";
import { planEndpoints } from "./endpoints.ts";
import { burstSize, planBurst } from "./instance-consistency.ts";
import { planKnownClient } from "./known-client.ts";
import { planLoopbackDraws, planLoopbackRegistration } from "./loopback-port.ts";
import { type ProbePlan, type ProbeSubject, planOf, type Random } from "./probe.ts";
import type { ProbeReadings } from "./read.ts";
import { planRedirectUris } from "./redirect-allow-list.ts";

/** What a person can have asked about an attempt, in the order in which it helps. */
export const questionIds = [
  "known-client",
  "instances",
  "endpoints",
  "redirect-uris",
  "loopback-port",
  "client-metadata",
  "registration",
  "canary",
] as const;
export type QuestionId = (typeof questionIds)[number];

export interface Question {
  readonly id: QuestionId;
  readonly plan: ProbePlan;
  /** What is asked next about the client that the plan registered. */
  readonly followUp?: (clientId: string) => ProbePlan;
  /** Requests in all, at most: the plan, what follows, and one to delete each registration. */
  readonly total: number;
}

interface Known {
  readonly readings?: ProbeReadings | undefined;
  /** Id of the client in `lib/clients`, when it was recognised. */
  readonly client?: string | undefined;
}

/** The questions that fit this attempt; each holds new random values, so it is good for being asked once. */
export function questionsFor(subject: ProbeSubject, random: Random, known: Known = {}): readonly Question[] {
  const { clientId, redirectUri, registrationEndpoint } = subject;
  const registering = registrationEndpoint === undefined ? undefined : { ...subject, registrationEndpoint };
  const makers: Readonly<Record<QuestionId, () => Question | undefined>> = {
    "known-client": () => (clientId === undefined ? undefined : ask("known-client", planKnownClient(subject, random))),
    instances: () =>
      clientId === undefined
        ? undefined
        : ask("instances", planBurst(subject, nextBurst(known.readings), burstSize, random)),
    endpoints: () => ask("endpoints", planEndpoints(subject)),
    "redirect-uris": () =>
      clientId === undefined
        ? undefined
        : ask("redirect-uris", planRedirectUris(subject, redirectUrisToTry(redirectUri, known.client), random)),
    "loopback-port": () =>
      registering && isLoopback(redirectUri)
        ? ask("loopback-port", planLoopbackRegistration(registering), (id) => planLoopbackDraws(subject, id, random))
        : undefined,
    "client-metadata": () =>
      clientId?.startsWith("https://") ? ask("client-metadata", planClientMetadata(subject, random)) : undefined,
    registration: () =>
      registering && redirectUri !== undefined
        ? ask("registration", planClientAllowList(registering, redirectUri))
        : undefined,
    canary: () => {
      if (!registering || clientId === undefined) return undefined;
      // What the server says to an id that nobody registered is the yardstick for the new one.
      const control = known.readings?.knownClient ? [] : planKnownClient(subject, random).requests;
      const plan = planOf("known-client", subject, control, planCanary(registering).writes);
      return ask("canary", plan, (id) => planCanaryDraws(subject, id, burstSize, random));
    },
  };
  return questionIds.flatMap((id) => {
    const question = makers[id]();
    return question && question.total > 0 ? [question] : [];
  });
}

function ask(id: QuestionId, plan: ProbePlan, followUp?: (clientId: string) => ProbePlan): Question {
  const following = followUp?.("");
  const total = plan.requests.length + 2 * plan.writes.length + (following?.requests.length ?? 0);
  // Registration and authorization may be at different hosts, and access to both is asked for at one click.
  const hosts = [...new Set([...plan.hosts, ...(following?.hosts ?? [])])];
  return { id, plan: { ...plan, hosts }, total, ...(followUp && { followUp }) };
}

const nextBurst = (readings: ProbeReadings | undefined): number =>
  (readings?.instances?.bursts.at(-1)?.number ?? 0) + 1;

const loopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$)/;
const isLoopback = (redirectUri: string | undefined): boolean =>
  redirectUri !== undefined && loopback.test(redirectUri);

/** The attempt's own, what it is commonly confused with, and what its client is known to use. */
function redirectUrisToTry(redirectUri: string | undefined, client: string | undefined): readonly string[] {
  const own = redirectUri === undefined ? [] : [redirectUri, ...variantsOf(redirectUri)];
  const others = client === undefined ? [] : (findClient(client)?.redirectUris ?? []);
  return [...new Set([...own, ...others.filter((uri) => !uri.includes("{"))])].slice(0, 8);
}

function variantsOf(redirectUri: string): readonly string[] {
  if (redirectUri.includes("?") || redirectUri.includes("#")) return [];
  const slash = redirectUri.endsWith("/") ? redirectUri.slice(0, -1) : `${redirectUri}/`;
  const name = loopback.exec(redirectUri)?.[1];
  const other = name === "localhost" ? "127.0.0.1" : "localhost";
  return [slash, ...(name === undefined ? [] : [redirectUri.replace(name, other)])];
}
