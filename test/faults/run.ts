import { setTimeout as after } from "node:timers/promises";
import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { ExtensionBrowser } from "../e2e/browser.ts";
import type { Bench } from "./bench.ts";
import type { Driven, Shape, Verdict } from "./shapes.ts";
import { observationsSince } from "./worker.ts";

export interface Result {
  /**
   * `less` is another verdict that is true of the attempt as far as it goes, `incomplete` is none; both count only where the gap
   * is marked.
   */
  readonly kind: "right" | "less" | "incomplete" | "wrong";
  readonly verdict: Verdict | undefined;
  /** First findings of attempts that were seen under two keys. */
  readonly underTwoKeys: readonly (string | undefined)[];
  readonly gaps: readonly string[];
  readonly kept: number;
  /** Legs and gaps, for the message of a failed test. */
  readonly told: string;
}

/** Milliseconds: long enough for a page to be read twice by a worker that had to start again. */
const patience = 6_000;

/** Calls `interfere` at the n-th point of the attempt, from 0, once everything before it is stored. */
export type Interfere = (n: number, point: string) => Promise<void> | void;

/** Drives one attempt, ends what was done to it, has the worker look at what is stored, and compares the verdict. */
export async function run(
  { browser, victim }: Bench,
  shape: Shape,
  interfere: Interfere,
  end: () => Promise<void> | void = () => undefined,
): Promise<Result> {
  const since = Date.now();
  let points = 0;
  const driven = await shape.drive(browser.context, async (point) => {
    const n = points++;
    await arrive(browser, since, point);
    await interfere(n, point);
  });
  await end();
  await victim.wake();
  try {
    return await verdictOf(browser, shape, driven, since);
  } finally {
    await driven.close();
  }
}

/** What the stored observations of this attempt say, once they say what is expected or nothing more is to come. */
export async function verdictOf(
  browser: ExtensionBrowser,
  { expected, lesser }: Pick<Shape, "expected" | "lesser">,
  { hosts }: Pick<Driven, "hosts">,
  since: number,
  wait = patience,
): Promise<Result> {
  const deadline = Date.now() + wait;
  for (;;) {
    const all = await observationsSince(browser, since);
    const result = toResult(reportsOf(all, hosts), expected, lesser, countOf(all, hosts));
    if (result.kind === "right" || Date.now() > deadline) return result;
    await after(50);
  }
}

function toResult(reports: readonly FlowReport[], expected: Verdict, lesser: readonly Verdict[], kept: number): Result {
  const verdicts = reports.map(({ diagnosis }) => ({ state: diagnosis.state, finding: diagnosis.findings[0]?.id }));
  const keys = ({ legs }: FlowReport["flow"]) => new Set(legs.map(({ exchange }) => exchange.session));
  const underTwoKeys = reports
    .filter(({ flow }) => keys(flow).size > 1)
    .map(({ diagnosis }) => diagnosis.findings[0]?.id);
  const gaps = reports.flatMap(({ flow }) => flow.gaps.map(({ reason }) => reason));
  const told = reports
    .map(({ flow }) =>
      [
        ...flow.legs.map(({ role, exchange }) => `${role} ${exchange.status ?? exchange.error ?? "-"}`),
        ...flow.gaps.map(({ reason }) => `gap ${reason}`),
      ].join(", "),
    )
    .join(" | ");
  const [verdict] = verdicts;
  const is = (one: Verdict) => (other: Verdict) => one.state === other.state && one.finding === other.finding;
  const isRight = verdicts.length === 1 && verdicts.every(is(expected));
  const claims = verdicts.filter(({ state }) => !["incomplete", "in-progress"].includes(state));
  const isTrue = claims.every((claim) => [expected, ...lesser].some(is(claim)));
  const isHonest = isTrue && gaps.length > 0;
  const kind = isRight ? "right" : !isHonest ? "wrong" : claims.length > 0 ? "less" : "incomplete";
  return { kind, verdict, underTwoKeys, gaps, kept, told };
}

/** The attempts with a leg on one of these hosts, which no other attempt has. */
const reportsOf = (all: readonly Observation[], hosts: readonly string[]): FlowReport[] =>
  diagnose(all, { asOf: Date.now() }).filter(({ flow }) =>
    flow.legs.some(({ exchange }) => hosts.includes(exchange.url.host)),
  );

const countOf = (all: readonly Observation[], hosts: readonly string[]) =>
  all.filter((seen) => "url" in seen && hosts.includes(seen.url.host)).length;

/** Waits until what the browser showed up to this point is stored; the deadline is for what was meant to be lost. */
async function arrive(browser: ExtensionBrowser, since: number, point: string): Promise<void> {
  const deadline = Date.now() + 1_000;
  while (Date.now() < deadline) {
    if (point.startsWith("/start")) return;
    const all = await observationsSince(browser, since);
    if (all.some((seen) => isThere(seen, point)) && isAnswered(all, point)) return;
    await after(15);
  }
}

function isThere(seen: Observation, point: string): boolean {
  if (seen.kind === "tab" || seen.kind === "gap") return false;
  const [path] = point.split(" ");
  const isLast = point === "the last page at rest";
  if (point.endsWith("at rest"))
    return (
      (seen.kind === "page" && seen.url.path === (isLast ? "/callback" : "/authorize")) ||
      (isLast && seen.kind === "navigation" && seen.how === "failed")
    );
  // The browser tells of a page's answer that it keeps from the page when it is whole.
  const isAsked = point.endsWith("asked") || point === "/token half sent";
  return seen.url.path === path && seen.kind === (isAsked ? "request" : "response");
}

/** The last page rests when what it asked for has come: an event that dies with its worker is not what is meant here. */
const isAnswered = (all: readonly Observation[], point: string): boolean =>
  point !== "the last page at rest" ||
  all.every(
    (seen) =>
      seen.kind !== "request" ||
      seen.type !== "fetch" ||
      seen.source !== "browser" ||
      all.some((each) => (each.kind === "response" || each.kind === "failure") && each.requestId === seen.requestId),
  );
