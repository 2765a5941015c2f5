import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import type { Draw } from "@/lib/probes/answers.ts";
import { chanceOfAgreement, type InstanceReading } from "@/lib/probes/instance-consistency.ts";
import type { KnownClientReading, OracleReading } from "@/lib/probes/known-client.ts";
import type { ProbeReadings } from "@/lib/probes/read.ts";
import type { Evidence } from "./rule.ts";

type Probed = Pick<FlowFacts, "probes">;

/** What the server said when it was asked; undefined when nobody asked. */
export const probesOf = ({ probes }: Probed): ProbeReadings | undefined =>
  probes.status === "observed" ? probes.value : undefined;

const oracles: Readonly<Record<OracleReading["oracle"], string>> = {
  redirect: "an authorization request with a redirect_uri that nobody registered",
  token: "a token request with a code that never existed",
  original: "the authorization request as it was",
};

/** Two answers to the same question, one about the client and one about a random id or about the client again. */
export function drawEvidence(
  oracle: OracleReading["oracle"],
  draw: Draw,
  against?: { readonly of: string; readonly draw: Draw },
): Evidence {
  return {
    exchangeId: draw.exchangeId,
    role: "probe",
    part: "probe",
    where: `answer to ${oracles[oracle]}`,
    says: draw.says,
    ...(against && { against: { where: `${against.of}, same question`, says: against.draw.says } }),
  };
}

/** The client answered like a random id, in words that name the client: it is not known to whoever answered. */
export function unknownByControl(knownClient: KnownClientReading | undefined): Evidence | undefined {
  if (knownClient?.verdict !== "unknown" || !knownClient.isRefusalAboutClient) return undefined;
  const oracle = knownClient.oracles.find(
    ({ oracle: name, verdict }) => name !== "token" && verdict === "sameAsControl",
  );
  const [suspect, control] = [oracle?.suspect[0], oracle?.control[0]];
  return oracle && suspect && control
    ? drawEvidence(oracle.oracle, suspect, { of: "a random client_id", draw: control })
    : undefined;
}

/** A known client whose own redirect URI is answered like one that nobody registered. */
export function redirectByControl(knownClient: KnownClientReading | undefined): Evidence | undefined {
  if (knownClient?.verdict !== "known") return undefined;
  const of = (name: OracleReading["oracle"]) => knownClient.oracles.find(({ oracle }) => oracle === name);
  const [own, probe] = [of("original")?.suspect[0], of("redirect")?.suspect[0]];
  const isSame = own !== undefined && probe !== undefined && own.signature === probe.signature && own.status >= 400;
  const isAboutClient = of("redirect")?.verdict !== "differs";
  return isSame && !isAboutClient
    ? drawEvidence("original", own, { of: "a redirect_uri that nobody registered", draw: probe })
    : undefined;
}

/** One answer of each kind from the first burst that has both, and the control's. */
export function burstEvidence(
  { bursts }: InstanceReading,
  kinds: readonly ["known", "unknown" | "crashed"],
): Evidence[] {
  for (const burst of bursts) {
    for (const oracle of burst.oracles) {
      const [one, other] = [oracle[kinds[0]][0], oracle[kinds[1]][0]];
      const control = oracle.control[0];
      if (!one || !other || !control) continue;
      return [
        drawEvidence(oracle.oracle, other, { of: "the same client_id, another answer", draw: one }),
        { ...drawEvidence(oracle.oracle, control), where: `answer to a random client_id in the same burst` },
      ];
    }
  }
  return [];
}

/** `5 answers knew it, 3 did not`. */
export function sayBursts({ bursts }: InstanceReading): string {
  const count = (kind: "known" | "unknown" | "crashed") =>
    bursts.flatMap(({ oracles: all }) => all).reduce((sum, oracle) => sum + oracle[kind].length, 0);
  const parts = [`${count("known")} answers knew it`, `${count("unknown")} did not`];
  if (count("crashed") > 0) parts.push(`${count("crashed")} were server errors`);
  return parts.join(", ");
}

/** What agreement rules out and what not. A browser cannot choose its connections, so the draws may not be independent. */
function sayOdds(draws: number): string {
  const percent = (instances: number) => {
    const chance = 100 * chanceOfAgreement(instances, draws);
    return chance < 0.1 ? "less than 0.1 %" : `${chance.toFixed(1)} %`;
  };
  return `${draws} answers agreed. If the client were known to one of two instances that would happen in ${percent(2)} of such bursts, with three in ${percent(3)}, with five in ${percent(5)}, with ten in ${percent(10)}, and more often when one connection always reaches the same instance`;
}

/** What a burst without a disagreement is worth. */
export function sayAgreement({ verdict, draws }: InstanceReading): string {
  if (verdict === "agreeKnown" || verdict === "agreeUnknown") return `No disagreement was seen. ${sayOdds(draws)}.`;
  return "Asked several times at once, the server did not answer in a way that tells a client it knows from one it does not.";
}
