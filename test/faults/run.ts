import { setTimeout as after } from "node:timers/promises";
import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { ExtensionBrowser } from "../e2e/browser.ts";
import type { Driven, Shape, Verdict } from "./shapes.ts";
import { observationsSince, type Victim } from "./worker.ts";

export interface Result {
  /** `incomplete` counts only where the gap is marked; of an attempt that is `unseen` nothing was stored, nor claimed. */
  readonly kind: "right" | "incomplete" | "unseen" | "wrong";
  readonly verdict: Verdict | undefined;
  readonly gaps: readonly string[];
  readonly kept: number;
  /** Legs and gaps, for the message of a failed test. */
  readonly told: string;
}

interface Bench {
  readonly browser: ExtensionBrowser;
  readonly victim: Victim;
}

/** Long enough for a page to be read twice by a worker that had to start again. */
const patience = 6_000;

/** Calls `interfere` at the n-th point of the attempt, from 0, once everything before it is stored. */
export type Interfere = (n: number, point: string) => Promise<void> | void;

/** Drives one attempt, has the worker look at what is stored, and compares the verdict. */
export async function run({ browser, victim }: Bench, shape: Shape, interfere: Interfere): Promise<Result> {
  const since = Date.now();
  let points = 0;
  const driven = await shape.drive(browser.context, async (point) => {
    const n = points++;
    await arrive(browser, since, point);
    await interfere(n, point);
  });
  await victim.wake();
  try {
    return await verdictOf(browser, shape, driven, since);
  } finally {
    await driven.close();
  }
}

export async function verdictOf(
  browser: ExtensionBrowser,
  { expected, lesser }: Pick<Shape, "expected" | "lesser">,
  { clientId }: Pick<Driven, "clientId">,
  since: number,
  wait = patience,
): Promise<Result> {
  const deadline = Date.now() + wait;
  for (;;) {
    const all = await observationsSince(browser, since);
    const result = toResult(reportsOf(all, clientId, Date.now()), expected, lesser, all.length);
    if (result.kind === "right" || Date.now() > deadline) return result;
    await after(50);
  }
}

function toResult(reports: readonly FlowReport[], expected: Verdict, lesser: string | undefined, kept: number): Result {
  const verdicts = reports.map(({ diagnosis }) => ({ state: diagnosis.state, finding: diagnosis.findings[0]?.id }));
  const gaps = reports.flatMap(({ flow }) => flow.gaps.map(({ reason }) => reason));
  const told = reports
    .flatMap(({ flow }) => [
      ...flow.legs.map(({ role, exchange }) => `${role} ${exchange.status ?? exchange.error ?? "-"}`),
      ...flow.gaps.map(({ reason }) => `gap ${reason}`),
    ])
    .join(", ");
  const [verdict] = verdicts;
  const isRight = verdicts.length === 1 && verdict?.state === expected.state && verdict.finding === expected.finding;
  const claims = verdicts.some(({ state }) => !["incomplete", "in-progress"].includes(state));
  const isLess = verdict !== undefined && verdict.state === lesser && verdict.finding === undefined;
  const isHonest = isLess || (!claims && gaps.length > 0);
  const kind = isRight ? "right" : kept === 0 ? "unseen" : isHonest ? "incomplete" : "wrong";
  return { kind, verdict, gaps, kept, told };
}

/** The attempts of this client; one whose request was lost has no client, so those of this time count too. */
const reportsOf = (all: readonly Observation[], clientId: string, asOf: number): FlowReport[] =>
  diagnose(all, { asOf }).filter(({ flow }) => JSON.stringify(flow.legs).includes(clientId) || all.length < 40);

/** Waits until what the browser showed up to this point is stored; the deadline is for what was meant to be lost. */
async function arrive(browser: ExtensionBrowser, since: number, point: string): Promise<void> {
  const deadline = Date.now() + 1_500;
  while (Date.now() < deadline) {
    const all = await observationsSince(browser, since);
    if (all.some((seen) => isThere(seen, point))) return;
    if (/^\/start|^\/token half/.test(point)) return;
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
  return seen.url.path === path && seen.kind === (point.endsWith("asked") ? "request" : "response");
}
