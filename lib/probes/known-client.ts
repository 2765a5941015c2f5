import type { Exchange } from "@/lib/exchange/exchange.ts";
import { type Draw, drawsOf, isCrash, isNoise, isRefusal } from "./answers.ts";
import { authorizationProbe, controlIdFor, tokenProbe } from "./oracles.ts";
import { type ProbePlan, type ProbeRequest, type ProbeSubject, planOf, type Random } from "./probe.ts";

export type OracleName = "redirect" | "token" | "original";

/** What one oracle said of the client, against the control. */
export interface OracleReading {
  readonly oracle: OracleName;
  readonly suspect: readonly Draw[];
  readonly control: readonly Draw[];
  readonly verdict: Knowledge;
}

/**
 * `sameAsControl`: the server treats the client like an id that nobody registered. `differs`: it does not, so it knows the
 * client. `crashes`: 5xx for the client and never for the control. `unclear`: the control itself is no yardstick.
 */
export type Knowledge = "sameAsControl" | "differs" | "crashes" | "mixed" | "unclear";

export interface KnownClientReading {
  readonly oracles: readonly OracleReading[];
  /** `unknown` and `known` only when the oracles agree. */
  readonly verdict: "known" | "unknown" | "mixed" | "cannotTell";
  /** The control's words name the client and nothing else, so that being treated alike means being unknown. */
  readonly isRefusalAboutClient: boolean;
}

/** Two clients, the suspect and a random control, and up to three oracles: at most six requests, none of which starts anything. */
export function planKnownClient(subject: ProbeSubject, random: Random): ProbePlan {
  return planOf("known-client", subject, drawOnce(subject, "probe/known-client/1", random));
}

/** One draw of every oracle; `instance-consistency` repeats it. */
export function drawOnce(subject: ProbeSubject, prefix: string, random: Random): ProbeRequest[] {
  const { clientId, tokenEndpoint, redirectUri } = subject;
  if (clientId === undefined) return [];
  const who = [
    ["suspect", clientId],
    ["control", controlIdFor(clientId, random)],
  ] as const;
  return who.flatMap(([name, id]) => [
    authorizationProbe(subject, `${prefix}/redirect/${name}`, { clientId: id }, random),
    ...(tokenEndpoint === undefined
      ? []
      : [tokenProbe({ ...subject, tokenEndpoint }, `${prefix}/token/${name}`, id, random)]),
    ...(redirectUri === undefined
      ? []
      : [authorizationProbe(subject, `${prefix}/original/${name}`, { clientId: id, redirectUri }, random)]),
  ]);
}

export function readKnownClient(exchanges: readonly Exchange[]): KnownClientReading | undefined {
  const oracles = readOracles(exchanges, "probe/known-client/1");
  if (oracles.length === 0) return undefined;
  const verdicts = new Set(oracles.map(({ verdict }) => verdict));
  const refusal = oracles.find(({ oracle, verdict }) => oracle !== "token" && verdict === "sameAsControl");
  return {
    oracles,
    verdict: verdicts.has("mixed") || verdicts.has("crashes") ? "mixed" : settle(oracles),
    isRefusalAboutClient:
      refusal?.control.every(({ causes }) => causes[0] === "unknown-client" && causes.length === 1) ?? false,
  };
}

/** The token oracle alone cannot say *unknown*: a client with a secret is refused like one that nobody registered. */
function settle(oracles: readonly OracleReading[]): KnownClientReading["verdict"] {
  const of = (name: OracleName) => oracles.find(({ oracle }) => oracle === name)?.verdict;
  if (of("token") === "differs" || of("redirect") === "differs")
    return of("redirect") === "sameAsControl" ? "cannotTell" : "known";
  return of("redirect") === "sameAsControl" ? "unknown" : "cannotTell";
}

export function readOracles(exchanges: readonly Exchange[], prefix: string): OracleReading[] {
  return (["redirect", "token", "original"] as const).flatMap((oracle) => {
    const suspect = drawsOf(exchanges, `${prefix}/${oracle}/suspect`);
    const control = drawsOf(exchanges, `${prefix}/${oracle}/control`);
    return suspect.length === 0 ? [] : [{ oracle, suspect, control, verdict: compare(suspect, control) }];
  });
}

/** Compares answers, not words: the control says what the server answers to an id that cannot be known. */
export function compare(suspect: readonly Draw[], control: readonly Draw[]): Knowledge {
  const yardstick = new Set(control.filter((draw) => !isNoise(draw)).map(({ signature }) => signature));
  const [only] = yardstick;
  // A control that gets several answers, none, a success, or a redirect that hides its reason tells nothing apart.
  if (yardstick.size !== 1 || only === undefined || !control.some(isRefusal) || control.some(isCrash)) return "unclear";
  const kinds = new Set(
    suspect
      .filter((draw) => !isNoise(draw))
      .map((draw) => (isCrash(draw) ? "crashes" : draw.signature === only ? "sameAsControl" : "differs")),
  );
  const [kind] = kinds;
  if (kind === undefined) return "unclear";
  return kinds.size === 1 ? kind : "mixed";
}
