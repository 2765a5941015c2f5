import type { Exchange } from "@/lib/exchange/exchange.ts";
import { type Draw, isCrash, isNoise } from "./answers.ts";
import { compare, drawOnce, type OracleName, type OracleReading, readOracles } from "./known-client.ts";
import { type ProbePlan, type ProbeSubject, planOf, type Random } from "./probe.ts";

/** Milliseconds after which a disagreement is no longer replication lag or a rolling deployment in its usual length. */
export const repeatAfter = 90_000;

/** How often the suspect is asked in one burst; the control is asked half as often. */
export const burstSize = 8;

/** What one burst saw of one oracle. */
export interface BurstOracle extends OracleReading {
  readonly known: readonly Draw[];
  readonly unknown: readonly Draw[];
  readonly crashed: readonly Draw[];
}

export interface Burst {
  readonly number: number;
  /** Milliseconds since the epoch of its first request. */
  readonly at: number;
  readonly oracles: readonly BurstOracle[];
  /** Answers about the client that could have shown a disagreement: those of oracles that tell known from unknown here. */
  readonly draws: number;
  readonly verdict: "disagree" | "crash" | "agreeKnown" | "agreeUnknown" | "cannotTell";
}

export interface InstanceReading {
  readonly bursts: readonly Burst[];
  /** `stillDisagree` and `stillCrash`: also in a burst at least 90 s after the first. */
  readonly verdict: Burst["verdict"] | "stillDisagree" | "stillCrash";
  /** Sum over the bursts. */
  readonly draws: number;
}

/**
 * Answers that each burst needs so that `chanceOfAgreement` is at most `chance` for up to `instances` instances, the client
 * being known to one of them: 21 for five instances and 1 %.
 */
export function drawsFor(instances: number, chance: number): number {
  let draws = 1;
  while (chanceOfAgreement(instances, draws) > chance) draws += 1;
  return draws;
}

/** Oracles of a burst. `original` is none: what stands before the client's record may answer it. */
const burstOracles: readonly OracleName[] = ["redirect", "token"];

/**
 * One burst: the suspect several times in parallel, with a control throughout. A browser cannot choose its connections, so
 * agreement rules little out (`chanceOfAgreement`); one disagreement is enough.
 */
export function planBurst(
  subject: ProbeSubject,
  number: number,
  size: number,
  random: Random,
  oracles: readonly OracleName[] = burstOracles,
): ProbePlan {
  const requests = Array.from({ length: size }, (_, index) =>
    drawOnce(subject, `probe/instance-consistency/${number}`, random).filter(
      ({ purpose }) =>
        oracles.some((oracle) => purpose.includes(`/${oracle}/`)) && (index % 2 === 0 || !purpose.endsWith("/control")),
    ),
  ).flat();
  return planOf("instance-consistency", subject, inRandomOrder(requests, random));
}

/** In a fixed order a load balancer that takes turns would answer each oracle from the same instance every time. */
function inRandomOrder<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ item }) => item);
}

export function readInstances(exchanges: readonly Exchange[]): InstanceReading | undefined {
  const numbers = new Set(
    exchanges.flatMap(({ purpose }) => {
      const found = /^probe\/instance-consistency\/(\d+)\//.exec(purpose ?? "");
      return found ? [Number(found[1])] : [];
    }),
  );
  const bursts = [...numbers].sort((left, right) => left - right).map((number) => readBurst(exchanges, number));
  const first = bursts[0];
  if (!first) return undefined;
  const draws = bursts.reduce((sum, burst) => sum + burst.draws, 0);
  const of = (verdict: Burst["verdict"]) => bursts.filter((burst) => burst.verdict === verdict);
  const lasts = (same: readonly Burst[]) => same.some(({ at }) => at - (same[0]?.at ?? at) >= repeatAfter);
  const [crashes, disagreements] = [of("crash"), of("disagree")];
  if (crashes.length > 0) return { bursts, draws, verdict: lasts(crashes) ? "stillCrash" : "crash" };
  if (disagreements.length > 0) return { bursts, draws, verdict: lasts(disagreements) ? "stillDisagree" : "disagree" };
  const verdicts = new Set(bursts.map(({ verdict }) => verdict));
  return { bursts, draws, verdict: verdicts.size === 1 ? first.verdict : "cannotTell" };
}

function readBurst(exchanges: readonly Exchange[], number: number): Burst {
  const oracles = readOracles(exchanges, `probe/instance-consistency/${number}`).map((reading): BurstOracle => {
    const sorted = (verdict: string) => reading.suspect.filter((draw) => compare([draw], reading.control) === verdict);
    const known = sorted("differs");
    return {
      ...reading,
      known: isOneAnswer(known) ? known : [],
      unknown: sorted("sameAsControl"),
      crashed: sorted("crashes"),
    };
  });
  const times = oracles.flatMap(({ suspect, control }) => [...suspect, ...control]).map(({ at }) => at);
  const verdict = judge(oracles);
  const draws = oracles
    .filter((oracle) => tellsApart(oracle, verdict))
    .reduce((sum, { suspect }) => sum + suspect.filter((draw) => !isNoise(draw)).length, 0);
  return { number, at: Math.min(...times), oracles, draws, verdict };
}

/** At the token endpoint a client with a secret is answered like one that nobody registered, whoever knows it. */
const tellsApart = ({ oracle, known, verdict }: BurstOracle, burst: Burst["verdict"]): boolean =>
  burst === "agreeKnown"
    ? known.length > 0
    : verdict !== "unclear" && (burst !== "agreeUnknown" || oracle === "redirect");

/** One oracle is enough to disagree: at the token endpoint a client with a secret is never *known*. */
function judge(oracles: readonly BurstOracle[]): Burst["verdict"] {
  const some = (test: (oracle: BurstOracle) => boolean) => oracles.some(test);
  if (some(({ known, crashed, control }) => known.length > 0 && crashed.length > 0 && !control.some(isCrash)))
    return "crash";
  if (some(({ known, unknown }) => known.length > 0 && unknown.length > 0)) return "disagree";
  if (some(({ known }) => known.length > 0)) return "agreeKnown";
  return some(
    ({ oracle, unknown, known, crashed }) =>
      oracle === "redirect" && unknown.length > 0 && known.length + crashed.length === 0,
  )
    ? "agreeUnknown"
    : "cannotTell";
}

/** Answers that differ among themselves are noise of some other kind, not one more thing that is known. */
const isOneAnswer = (draws: readonly Draw[]) => new Set(draws.map(({ signature }) => signature)).size === 1;

/**
 * Chance that all of `draws` independent answers agree although the client is known to exactly one of `instances` equal
 * instances: ((k−1)/k)^N + (1/k)^N. What an agreement rules out is its complement.
 */
export const chanceOfAgreement = (instances: number, draws: number): number =>
  ((instances - 1) / instances) ** draws + (1 / instances) ** draws;
