import { describe, expect, it } from "vitest";
import { headlineOf, runRules } from "@/lib/diagnosis/engine.ts";
import { cannotTell, type Evidence, type FixStep, fail, notApplicable, pass, type Rule } from "@/lib/diagnosis/rule.ts";
import { missing, observed } from "@/lib/facts/fact.ts";
import type { FlowFacts } from "@/lib/facts/flow-facts.ts";
import type { LegRole } from "@/lib/trace/flow.ts";

const facts: FlowFacts = {
  request: missing("no request"),
  answer: missing("no answer"),
  answers: [],
  response: missing("no response"),
  delivery: missing("no delivery"),
  timeline: missing("no timeline"),
  registration: missing("no registration"),
  tokens: missing("no token request"),
  metadata: missing("no metadata"),
  probes: missing("no probes"),
  attempts: [],
  legs: [],
  server: observed({ id: "keycloak", name: "Keycloak" }),
  client: observed({ id: "cursor", name: "Cursor" }),
};

const evidence = (role: LegRole = "authorization-request"): [Evidence] => [
  { exchangeId: "e1", role, part: "request", where: "query", says: "x", isPrimary: true },
];
const failing = (certainty: "proven" | "likely" | "possible", role?: LegRole) => () =>
  fail({ summary: "It happened.", evidence: evidence(role), certainty });

function rule(id: string, rest: Partial<Rule> = {}): Rule {
  return {
    id,
    title: `Title of ${id}`,
    severity: "error",
    needs: ["answer"],
    why: "Because.",
    fix: [{ by: "client", do: "Do it." }],
    references: [
      { spec: "RFC 6749", section: "4.1.2.1", url: "https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1" },
    ],
    check: pass,
    ...rest,
  };
}
const none = (): readonly FixStep[] => [];
const ids = (rules: readonly Rule[]) => runRules(facts, rules, none).findings.map((finding) => finding.id);

describe("runRules", () => {
  it("passes a rule only the facts it declared", () => {
    let seen: readonly string[] = [];
    const nosy = rule("nosy", {
      needs: ["answer", "request"],
      check: (given) => {
        seen = Object.keys(given).sort();
        return pass();
      },
    });
    runRules(facts, [nosy], none);
    expect(seen).toEqual(["answer", "request"]);
  });

  it("turns a throwing rule into a fault and still runs the others", () => {
    const broken = rule("broken", {
      check: () => {
        throw new Error("no such thing");
      },
    });
    const ruling = runRules(facts, [broken, rule("fine", { check: failing("likely") })], none);
    expect(ruling.faults).toEqual([{ id: "broken", message: "no such thing" }]);
    expect(ruling.findings.map((finding) => finding.id)).toEqual(["fine"]);
  });

  it("turns remedies that throw into a fault of that rule alone", () => {
    const ruling = runRules(facts, [rule("one", { check: failing("likely") })], () => {
      throw new Error("no remedies");
    });
    expect(ruling).toEqual({ findings: [], unsettled: [], faults: [{ id: "one", message: "no remedies" }] });
  });

  it("orders by severity, then certainty, then how early the leg is", () => {
    expect(
      ids([
        rule("advice", { severity: "warning", check: failing("proven") }),
        rule("remark", { severity: "info", check: failing("proven") }),
        rule("guess", { check: failing("possible") }),
        rule("late", { check: failing("likely", "token") }),
        rule("early", { check: failing("likely", "registration") }),
        rule("sure", { check: failing("proven", "token") }),
      ]),
    ).toEqual(["sure", "early", "late", "guess", "advice", "remark"]);
  });

  it("orders by the leg of the primary evidence", () => {
    const [first] = evidence("token");
    const { isPrimary: _, ...secondary } = first;
    const early = rule("early", {
      check: () =>
        fail({ summary: "It happened.", certainty: "likely", evidence: [secondary, ...evidence("registration")] }),
    });
    expect(ids([rule("late", { check: failing("likely", "interaction") }), early])).toEqual(["early", "late"]);
  });

  it("folds superseded findings, and theirs, under the one that replaces their headline", () => {
    const { findings } = runRules(
      facts,
      [
        rule("general", { check: failing("proven") }),
        rule("middle", { check: failing("likely"), supersedes: ["general"] }),
        rule("special", { check: failing("possible"), supersedes: ["middle"] }),
        rule("other", { check: failing("possible", "token") }),
      ],
      none,
    );
    expect(findings.map((finding) => [finding.id, finding.supersededBy])).toEqual([
      ["special", undefined],
      ["general", "special"],
      ["middle", "special"],
      ["other", undefined],
    ]);
  });

  it("does not fold an error under advice, nor anything under a rule that did not fail", () => {
    const { findings } = runRules(
      facts,
      [
        rule("failure", { check: failing("likely") }),
        rule("advice", { severity: "warning", check: failing("proven"), supersedes: ["failure"] }),
        rule("silent", { supersedes: ["failure"] }),
      ],
      none,
    );
    expect(findings.map((finding) => finding.supersededBy)).toEqual([undefined, undefined]);
  });

  it("does not fold what is proven under what is only possible", () => {
    const { findings } = runRules(
      facts,
      [
        rule("seen", { check: failing("proven") }),
        rule("guessed", { check: failing("possible"), supersedes: ["seen"] }),
      ],
      none,
    );
    expect(findings.map((finding) => [finding.id, finding.supersededBy])).toEqual([
      ["seen", undefined],
      ["guessed", undefined],
    ]);
  });

  it("loses no finding when two rules supersede each other", () => {
    expect(
      ids([
        rule("one", { check: failing("likely"), supersedes: ["two"] }),
        rule("two", { check: failing("likely"), supersedes: ["one"] }),
      ]).sort(),
    ).toEqual(["one", "two"]);
  });

  it("puts the product's own steps first and keeps the general ones of actors they leave out", () => {
    const asked: unknown[] = [];
    const specific: FixStep = { by: "operator", do: "Open Clients." };
    const { findings } = runRules(
      facts,
      [
        rule("failure", {
          check: failing("likely"),
          fix: [
            { by: "operator", do: "Register it." },
            { by: "client", do: "Send it." },
          ],
        }),
      ],
      (...args) => {
        asked.push(args);
        return [specific];
      },
    );
    expect(asked).toEqual([["failure", "keycloak", "cursor"]]);
    expect(findings[0]?.fix).toEqual([specific, { by: "client", do: "Send it." }]);
    expect(findings[0]?.by).toEqual(["operator", "client"]);
  });

  it("lists what cannot be told, except where a finding already names it as a rival", () => {
    const ruling = runRules(
      facts,
      [
        rule("rival", { check: () => cannotTell("a", "b") }),
        rule("open", { check: () => cannotTell("the token leg", "a server log line") }),
        rule("irrelevant", { check: () => notApplicable("no request") }),
        rule("chosen", {
          check: () =>
            fail({
              summary: "It happened.",
              evidence: evidence(),
              certainty: "possible",
              rivals: [{ id: "rival", separatedBy: "a control" }],
            }),
        }),
      ],
      none,
    );
    expect(ruling.unsettled).toEqual([
      { id: "open", title: "Title of open", missing: "the token leg", settledBy: "a server log line" },
    ]);
  });
});

describe("headlineOf", () => {
  const found = (...rules: readonly Rule[]) => headlineOf(runRules(facts, rules, none).findings)?.id;

  it("is the first error that stands", () => {
    expect(
      found(
        rule("folded", { check: failing("proven") }),
        rule("standing", { check: failing("likely"), supersedes: ["folded"] }),
      ),
    ).toBe("standing");
  });

  it("is a remark on how the attempt ended rather than advice", () => {
    expect(
      found(
        rule("advice", { severity: "warning", check: failing("proven") }),
        rule("remark", { severity: "info", check: failing("likely") }),
      ),
    ).toBe("remark");
  });

  it("is never advice", () => {
    expect(found(rule("advice", { severity: "warning", check: failing("proven") }))).toBeUndefined();
  });
});
