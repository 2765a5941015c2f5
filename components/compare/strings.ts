import type { LegComparison, Verdict } from "@/lib/report/compare.ts";

export const strings = {
  title: "Compare two attempts",
  lead: "What the two authorization requests said, name by name, and what happened at each leg. Differences are marked.",
  left: "First attempt",
  right: "Second attempt",
  chooseLead: "Choose the attempt to compare it with.",
  choose: "Compare with",
  chosen: "Compared attempt",
  parameters: "Parameters of the authorization request",
  legs: "Legs",
  columns: { name: "Parameter", leg: "Leg", verdict: "Difference" },
  verdicts: {
    same: "Same",
    different: "Different",
    onlyLeft: "Only in the first",
    onlyRight: "Only in the second",
    renewed: "New each time, as it should be",
    reused: "The same value again, though it must be new each time",
    cannotTell: "Cannot tell: replaced under different keys",
  } satisfies Record<Verdict | LegComparison["verdict"], string>,
  differences: (count: number) =>
    count === 0 ? "No difference." : count === 1 ? "1 difference." : `${count} differences.`,
  none: "not there",
  noAnswer: "no answer seen",
  noParameters: "No authorization request was seen in either attempt.",
  noOther: "There is no other attempt to compare with.",
  gone: {
    title: "One of these attempts is gone",
    text: "It is no longer stored, or the recording it came from is no longer open.",
  },
  loading: "Reading both attempts",
  back: "Open",
  for: "for",
  swap: "Swap sides",
  cap: (limit: number) => `Only the first ${limit} legs of each are compared.`,
} as const;
