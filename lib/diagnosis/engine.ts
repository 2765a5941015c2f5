import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import type { Actor } from "@/lib/servers/server.ts";
import type { LegRole } from "@/lib/trace/flow.ts";
import type { Certainty, Diagnosis, Evidence, Finding, FixStep, Outcome, Rule, Severity } from "./rule.ts";
import { shorten } from "./words.ts";

export type Ruling = Pick<Diagnosis, "findings" | "unsettled" | "faults">;

/** Steps of a fix in the words of the recognised product and client; empty when neither has any for this finding. */
export type Remedies = (findingId: string, serverId?: string, clientId?: string) => readonly FixStep[];

const severities: readonly Severity[] = ["error", "warning", "info"];
const certainties: readonly Certainty[] = ["proven", "likely", "possible"];
/** The order in which an attempt reaches its legs; what broke first explains what broke after it. */
const legs: readonly LegRole[] = [
  "challenge",
  "resource-metadata",
  "server-metadata",
  "client-metadata",
  "registration",
  "pushed-request",
  "authorization-request",
  "interaction",
  "upstream",
  "redirection-endpoint",
  "token",
  "refresh",
  "resource",
  "probe",
];

/**
 * Applies every rule to the facts it needs. A rule that throws becomes a fault for that rule alone. Findings come in
 * the order they are to be read: by severity, certainty and how early the leg is, each followed by those folded under it.
 */
export function runRules(facts: FlowFacts, rules: readonly Rule[], remedies: Remedies): Ruling {
  const server = facts.server.status === "observed" ? facts.server.value.id : undefined;
  const client = facts.client.status === "observed" ? facts.client.value.id : undefined;
  const failed: { readonly rule: Rule; readonly finding: Finding }[] = [];
  const unsettled: Diagnosis["unsettled"][number][] = [];
  const faults: Diagnosis["faults"][number][] = [];
  for (const rule of rules) {
    try {
      const outcome = rule.check(pick(facts, rule.needs));
      if (outcome.kind === "fail") {
        failed.push({ rule, finding: buildFinding(rule, outcome, remedies(rule.id, server, client)) });
      } else if (outcome.kind === "cannotTell") {
        const { missing, settledBy } = outcome;
        unsettled.push({ id: rule.id, title: rule.title, missing, settledBy });
      }
    } catch (error) {
      faults.push({ id: rule.id, message: error instanceof Error ? error.message : String(error) });
    }
  }
  const findings = foldSuperseded(failed);
  const named = new Set(findings.flatMap((finding) => finding.rivals.map((rival) => rival.id)));
  return { findings, unsettled: unsettled.filter((question) => !named.has(question.id)), faults };
}

/**
 * The finding that explains the attempt: the first error, or else the first remark on how the attempt ended. Warnings
 * are advice beside it and never stand for it.
 */
export function headlineOf(findings: readonly Finding[]): Finding | undefined {
  const standing = findings.filter((finding) => finding.supersededBy === undefined);
  return (
    standing.find((finding) => finding.severity === "error") ?? standing.find((finding) => finding.severity === "info")
  );
}

/** What the finding rests on first of all. */
export const primaryOf = ({ evidence }: Pick<Finding, "evidence">): Evidence =>
  evidence.find(({ isPrimary }) => isPrimary) ?? evidence[0];

/** A rule can read what it declared and nothing else: an undeclared need shows as a fault, not as a hidden dependency. */
function pick(facts: FlowFacts, needs: readonly (keyof FlowFacts)[]): FlowFacts {
  return Object.fromEntries(needs.map((need) => [need, facts[need]])) as unknown as FlowFacts;
}

function buildFinding(rule: Rule, found: Extract<Outcome, { kind: "fail" }>, specific: readonly FixStep[]): Finding {
  const covered = new Set(specific.map((step) => step.by));
  const fix = [...specific, ...rule.fix.filter((step) => !covered.has(step.by))];
  return {
    id: rule.id,
    title: rule.title,
    severity: found.severity ?? rule.severity,
    certainty: found.certainty,
    summary: shorten(found.summary, longestSummary),
    why: rule.why,
    evidence: [bound(found.evidence[0]), ...found.evidence.slice(1).map(bound)],
    fix,
    by: actorsOf(fix),
    references: rule.references,
    rivals: found.rivals ?? [],
  };
}

/** A request of 100 kB must not make a popup of 100 kB. */
const longestSummary = 1_000;
const longestSays = 500;

function bound(evidence: Evidence): Evidence {
  const { says, where, against } = evidence;
  return {
    ...evidence,
    where: shorten(where, longestSays),
    says: shorten(says, longestSays),
    ...(against && { against: { ...against, says: shorten(against.says, longestSays) } }),
  };
}

function actorsOf(fix: readonly FixStep[]): readonly Actor[] {
  return [...new Set(fix.map((step) => step.by))];
}

function compareFindings(one: Finding, other: Finding): number {
  return (
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    certainties.indexOf(one.certainty) - certainties.indexOf(other.certainty) ||
    legOf(one) - legOf(other)
  );
}

function legOf(finding: Finding): number {
  const primary = primaryOf(finding);
  return primary.role ? legs.indexOf(primary.role) : legs.length;
}

function foldSuperseded(failed: readonly { readonly rule: Rule; readonly finding: Finding }[]): readonly Finding[] {
  const sorted = [...failed].sort((one, other) => compareFindings(one.finding, other.finding));
  const parentOf = new Map<string, string>();
  for (const { rule, finding } of sorted) {
    for (const id of rule.supersedes ?? []) {
      const folded = sorted.find((other) => other.finding.id === id);
      const isWeaker =
        folded &&
        (severities.indexOf(folded.finding.severity) < severities.indexOf(finding.severity) ||
          (folded.finding.certainty === "proven" && finding.certainty === "possible"));
      if (folded && !isWeaker && !parentOf.has(id)) parentOf.set(id, finding.id);
    }
  }
  const rootOf = (id: string): string => {
    const seen = new Set<string>();
    let root = id;
    for (let parent = parentOf.get(root); parent && !seen.has(parent); parent = parentOf.get(root)) {
      seen.add(parent);
      root = parent;
    }
    return root;
  };
  const standing = sorted.filter(({ finding }) => rootOf(finding.id) === finding.id);
  return standing.flatMap(({ finding }) => [
    finding,
    ...sorted
      .filter((other) => other.finding.id !== finding.id && rootOf(other.finding.id) === finding.id)
      .map((other) => ({ ...other.finding, supersededBy: finding.id })),
  ]);
}
