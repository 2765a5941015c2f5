import { describe, expect, it } from "vitest";
import type { Certainty, Outcome, Rule } from "@/lib/diagnosis/rule.ts";
import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import { outcomeOf, type Trace } from "../../builders.ts";

interface Case {
  readonly of: string;
  readonly trace: Trace;
  readonly is: Outcome["kind"];
  /** `told`: as certain as the words of the answer, which `lib/servers` judges; never proven. */
  readonly certainty?: Certainty | "told";
  /** Stands in the summary, the missing part or the reason. */
  readonly says?: string;
  /** Stands in what the primary evidence says, or in its other side. */
  readonly shows?: string;
}

/** One rule over whole traces, each put through redaction, correlation and facts. */
export function describeRule<Needs extends keyof FlowFacts>(rule: Rule<Needs>, cases: readonly Case[]): void {
  describe(rule.id, () => {
    it.each(cases.map((one) => [one.of, one] as const))("%s", (_, { trace, is, certainty, says, shows }) => {
      const outcome = outcomeOf(rule, trace);
      expect({ kind: outcome.kind, text: textOf(outcome) }).toEqual({
        kind: is,
        text: says === undefined ? expect.anything() : expect.stringContaining(says),
      });
      if (outcome.kind !== "fail") return;
      expect(certainty === "told" ? ["likely", "possible"] : [certainty]).toContain(outcome.certainty);
      const primary = outcome.evidence.filter((item) => item.isPrimary);
      expect(primary).toHaveLength(1);
      if (shows !== undefined) expect(`${primary[0]?.says} ${primary[0]?.against?.says}`).toContain(shows);
    });
  });
}

function textOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "fail":
      return outcome.summary;
    case "cannotTell":
      return outcome.missing;
    case "notApplicable":
      return outcome.reason;
    case "pass":
      return "";
  }
}
