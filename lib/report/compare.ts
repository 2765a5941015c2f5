import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Parameter, RedactedUrl, RedactedValue } from "@/lib/exchange/observation.ts";
import { printError, printLocation } from "@/lib/exchange/print.ts";
import type { FactParameter } from "@/lib/facts/flow-facts.ts";
import type { Leg, LegRole } from "@/lib/trace/flow.ts";

/**
 * `renewed`: different, as it must be in every attempt; `reused`: the same, though it must be new in every attempt;
 * `cannotTell`: replaced under two keys, so that equality is not known.
 */
export type Verdict = "same" | "different" | "onlyLeft" | "onlyRight" | "renewed" | "reused" | "cannotTell";

export interface ParameterComparison {
  readonly name: string;
  readonly left?: string;
  readonly right?: string;
  readonly verdict: Verdict;
}

export interface LegComparison {
  readonly role: LegRole;
  readonly left?: ComparedLeg;
  readonly right?: ComparedLeg;
  readonly verdict: "same" | "different" | "onlyLeft" | "onlyRight";
}

export interface ComparedLeg {
  readonly exchangeId: string;
  readonly request: string;
  /** Status or network error; undefined when no answer was seen. */
  readonly answer?: string;
}

export interface AttemptComparison {
  /** Of the two authorization requests. */
  readonly parameters: readonly ParameterComparison[];
  readonly legs: readonly LegComparison[];
}

/** Values that a client makes anew for each attempt (RFC 6749 §10.12, RFC 7636 §4.1, OpenID Connect Core §3.1.2.1). */
const madeAnew: ReadonlySet<string> = new Set(["state", "nonce", "code_challenge", "request_uri", "request"]);

/** What differs between two attempts: their authorization requests name by name, and their legs in order. */
export function compareAttempts(left: FlowReport, right: FlowReport): AttemptComparison {
  return {
    parameters: compareParameters(requestOf(left), requestOf(right)),
    legs: compareLegs(left.flow.legs, right.flow.legs),
  };
}

const requestOf = ({ facts }: FlowReport): readonly FactParameter[] =>
  facts.request.status === "observed" ? facts.request.value.parameters : [];

function compareParameters(
  left: readonly FactParameter[],
  right: readonly FactParameter[],
): readonly ParameterComparison[] {
  const rest = new Map<string, FactParameter[]>();
  for (const parameter of right) rest.set(parameter.name, [...(rest.get(parameter.name) ?? []), parameter]);
  const rows: ParameterComparison[] = left.map((parameter) => {
    const other = rest.get(parameter.name)?.shift();
    const { name, text } = parameter;
    return other
      ? { name, left: text, right: other.text, verdict: judge(parameter, other) }
      : { name, left: text, verdict: "onlyLeft" };
  });
  for (const { name, text } of [...rest.values()].flat()) rows.push({ name, right: text, verdict: "onlyRight" });
  return rows;
}

function judge(left: Parameter, right: Parameter): Verdict {
  const equality = isEqual(left.value, right.value);
  if (equality === undefined) return "cannotTell";
  if (madeAnew.has(left.name)) return equality ? "reused" : "renewed";
  return equality ? "same" : "different";
}

/** Undefined when it cannot be told. */
function isEqual(left: RedactedValue, right: RedactedValue): boolean | undefined {
  if (left.kind === "clear" && right.kind === "clear") return left.value === right.value;
  if (left.kind === "secret" && right.kind === "secret" && left.length !== right.length) return false;
  const [one, other] = [fingerprintOf(left), fingerprintOf(right)];
  if (one !== undefined && other !== undefined && keyOf(one) === keyOf(other)) return one === other;
  if (left.kind === "url" && right.kind === "url")
    return left.length === right.length ? isSameAddress(left.url, right.url) : false;
  return left.kind === right.kind ? undefined : false;
}

/** Part by part, where the fingerprints of the whole say nothing. */
function isSameAddress(left: RedactedUrl, right: RedactedUrl): boolean | undefined {
  const namesOf = ({ parameters }: RedactedUrl) => JSON.stringify(parameters.map(({ name }) => name));
  if (printLocation(left) !== printLocation(right) || namesOf(left) !== namesOf(right)) return false;
  const equalities = left.parameters.map(({ value }, index) => {
    const other = right.parameters[index];
    return other && isEqual(value, other.value);
  });
  if (equalities.includes(false)) return false;
  const isWhole = ({ pathFingerprint, hasUserinfo, fragment }: RedactedUrl) =>
    pathFingerprint === undefined && !hasUserinfo && fragment === undefined;
  return isWhole(left) && isWhole(right) && !equalities.includes(undefined) ? true : undefined;
}

const fingerprintOf = (value: RedactedValue) => (value.kind === "clear" ? undefined : value.fingerprint);
const keyOf = (fingerprint: string) => fingerprint.split(".", 1)[0];

/** Aligns the two lists by their longest common run of roles and places, so that one extra leg shifts nothing. */
function compareLegs(left: readonly Leg[], right: readonly Leg[]): LegComparison[] {
  const [ours, theirs] = [left.slice(0, legLimit), right.slice(0, legLimit)];
  const lengths = commonLengths(ours, theirs);
  const rows: LegComparison[] = [];
  for (let i = 0, j = 0; i < ours.length || j < theirs.length; ) {
    const [one, other] = [ours[i], theirs[j]];
    if (one && other && one.role === other.role && lengths[i]?.[j] === (lengths[i + 1]?.[j + 1] ?? 0) + 1) {
      const [a, b] = [describe(one), describe(other)];
      const isSame = a.request === b.request && a.answer === b.answer;
      rows.push({ role: one.role, left: a, right: b, verdict: isSame ? "same" : "different" });
      i += 1;
      j += 1;
    } else if (one && (!other || (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      rows.push({ role: one.role, left: describe(one), verdict: "onlyLeft" });
      i += 1;
    } else if (other) {
      rows.push({ role: other.role, right: describe(other), verdict: "onlyRight" });
      j += 1;
    }
  }
  return rows;
}

/** Legs compared at most; aligning takes the product of the two counts. */
export const legLimit = 300;

/** For each two positions, how many legs from there on can be paired in order. */
function commonLengths(left: readonly Leg[], right: readonly Leg[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i -= 1)
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const row = lengths[i] as number[];
      row[j] =
        left[i]?.role === right[j]?.role
          ? (lengths[i + 1]?.[j + 1] ?? 0) + 1
          : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  return lengths;
}

function describe({ exchange }: Leg): ComparedLeg {
  const answer = exchange.status === undefined ? exchange.error && printError(exchange.error) : String(exchange.status);
  return {
    exchangeId: exchange.id,
    request: `${exchange.method} ${printLocation(exchange.url)}`,
    ...(answer !== undefined && { answer }),
  };
}
