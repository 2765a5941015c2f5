import type { Exchange } from "@/lib/exchange/exchange.ts";
import { drawsOf, isNoise } from "./answers.ts";
import { authorizationProbe } from "./oracles.ts";
import { type ProbePlan, type ProbeSubject, planOf, type Random } from "./probe.ts";
import { type RegistrationReading, readRegistration, registrationRequest } from "./registration.ts";

const purpose = "probe/known-client/canary";

/** A registration of our own, asked about like the suspect afterwards: does what is registered now stay known? */
export function planCanary(subject: ProbeSubject & { readonly registrationEndpoint: string }): ProbePlan {
  const redirectUris = [subject.redirectUri ?? "http://127.0.0.1/callback"];
  return planOf("known-client", subject, [], [registrationRequest(subject, `${purpose}/register`, { redirectUris })]);
}

/** Asks several times, in parallel, whether the canary is known. */
export function planCanaryDraws(subject: ProbeSubject, canaryId: string, draws: number, random: Random): ProbePlan {
  const requests = Array.from({ length: draws }, () =>
    authorizationProbe(subject, `${purpose}/redirect`, { clientId: canaryId }, random),
  );
  return planOf("known-client", subject, requests);
}

export interface CanaryReading {
  readonly registration: RegistrationReading;
  /** How often each was said of it; answers about the network between are left out. */
  readonly known: number;
  readonly unknown: number;
}

/** `control` are the signatures of the control's answers to the same oracle. */
export function readCanary(exchanges: readonly Exchange[], control: ReadonlySet<string>): CanaryReading | undefined {
  const registration = readRegistration(exchanges, `${purpose}/register`);
  if (!registration) return undefined;
  const draws = drawsOf(exchanges, `${purpose}/redirect`).filter((draw) => !isNoise(draw));
  const unknown = draws.filter(({ signature }) => control.has(signature)).length;
  return { registration, known: draws.length - unknown, unknown };
}
