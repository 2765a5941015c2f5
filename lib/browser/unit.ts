import { type FlowReport, historyFor, type ReadFlow, readFlow, reportFlow } from "@/lib/diagnosis/diagnose.ts";
import type { Attempts } from "@/lib/diagnosis/history.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import type { AttemptFacts } from "@/lib/facts/flow-facts.ts";
import { type Alert, alertOf } from "@/lib/report/alerts.ts";
import { type Pair, pairsOf } from "@/lib/report/pairs.ts";
import { type AttemptSummary, summarise, summariseImported } from "@/lib/report/summary.ts";
import { correlate } from "@/lib/trace/correlate.ts";
import type { Flow } from "@/lib/trace/flow.ts";
import { isLinked, type Link, linksFrom, linksWantedBy } from "@/lib/trace/links.ts";
import { rangeOf } from "@/lib/trace/units.ts";
import type { Timeline } from "./store.ts";

/** What is kept of one attempt, so that it need not be diagnosed again. */
export interface Row {
  readonly summary: AttemptSummary;
  readonly session: string;
  readonly lastAt: number;
  readonly alert?: Alert;
  readonly pair?: Pair;
  /** Attempts with the same key are compared with each other. */
  readonly key?: string;
  /** When its request was made; others are told apart by it. */
  readonly askedAt?: number;
  /** What it tells them. */
  readonly attempt?: AttemptFacts;
  /** What they told it when it was diagnosed. */
  readonly told: string;
}

/** A part of the stored observations that is diagnosed by itself: all that `splitUnits` leaves together, or one recording. */
export interface Unit {
  readonly key: string;
  /** Version of the extension, thus of its rules, that made it. */
  readonly version: string;
  readonly from: number;
  readonly to: number;
  readonly size: number;
  /** When what a recording holds was seen: it lies among what was seen here. */
  readonly times?: readonly number[];
  /** Times at which something was certainly not seen, and that no tab shows. */
  readonly gaps: number;
  readonly links: readonly Link[];
  /** Keys of links in other units that its attempts take. */
  readonly wants: readonly string[];
  readonly rows: readonly Row[];
  /** Nothing is in it that belongs to no attempt. */
  readonly isTidy?: true;
}

/** What a report depends on beside the observations. */
export interface Context {
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  readonly isImported: (session: string) => boolean;
}

/** What a unit has to ask the others. */
export interface Others {
  links(keys: readonly string[], unit: string): Promise<readonly Link[]>;
  histories(keys: readonly string[]): Promise<{ get(key: string): Attempts | undefined }>;
}

export const keyOfUnit = ({ source, session, at }: Observation): string =>
  source === "import" ? `import ${session}` : `at ${at}`;
export const sessionOfUnit = (key: string): string | undefined =>
  key.startsWith("import ") ? key.slice("import ".length) : undefined;

/** The observations of a unit in order of time. */
export async function readUnit(
  timeline: Timeline,
  { key, from, to }: Pick<Unit, "key" | "from" | "to">,
): Promise<readonly Observation[]> {
  const session = sessionOfUnit(key);
  const { observations } = await timeline.between(from, to);
  return observations.filter((seen) =>
    session === undefined ? seen.source !== "import" : seen.source === "import" && seen.session === session,
  );
}

export interface Correlated {
  readonly flows: readonly Flow[];
  readonly wants: readonly string[];
  /** Observations of other units that are part of these attempts. */
  readonly linked: readonly Observation[];
}

/** The attempts in a unit, with what other units have of them. */
export async function correlateUnit(
  own: readonly Observation[],
  { timeline, others }: { readonly timeline: Timeline; readonly others: Pick<Others, "links"> },
): Promise<Correlated> {
  const flows = correlate(own);
  const wants = [...linksWantedBy(flows)];
  const [first] = own;
  const links = first ? await others.links(wants, keyOfUnit(first)) : [];
  if (links.length === 0) return { flows, wants, linked: [] };
  const linked: Observation[] = [];
  for (const link of links) {
    const { observations } = await timeline.between(link.from, link.to);
    linked.push(...observations.filter((seen) => isLinked(seen, link)));
  }
  const isOwn = new Set(own.map(({ id }) => id));
  return { flows: correlate([...own, ...linked]).filter(({ id }) => isOwn.has(id)), wants, linked };
}

/** The reports of these attempts, given those of their clients elsewhere. */
export async function reportUnit(
  flows: readonly Flow[],
  asOf: number,
  others: Pick<Others, "histories">,
): Promise<readonly FlowReport[]> {
  const read = flows.map(readFlow);
  const histories = await others.histories(read.flatMap(({ key }) => key ?? []));
  return read.map((each) => reportFlow(each, historyFor(each, histories), { asOf }));
}

/** Two attempts that were told the same by the others agree in this. */
export const sayTold = (around: readonly AttemptFacts[]): string =>
  around.map(({ flowId, at, clientAccepted }) => JSON.stringify([flowId, at, clientAccepted])).join();

export function rowOf(
  { flow, facts, key, attempt }: ReadFlow,
  report: FlowReport,
  told: string,
  isImported: boolean,
): Row {
  const alert = isImported ? undefined : alertOf(report);
  const [pair] = isImported ? [] : pairsOf([report]);
  return {
    summary: isImported ? summariseImported(report) : summarise(report),
    session: flow.session,
    lastAt: flow.lastAt,
    told,
    ...(alert && { alert }),
    ...(pair && { pair }),
    ...(key !== undefined && { key }),
    ...(facts.request.status === "observed" && { askedAt: facts.request.value.at }),
    ...(attempt && { attempt }),
  };
}

export function unitOf(
  own: readonly Observation[],
  { version, rows, wants }: Pick<Unit, "version" | "rows" | "wants">,
): Unit | undefined {
  const [first] = own;
  if (!first) return undefined;
  // Those of one tab are shown with its attempt; those the user asked for are no surprise.
  const isGap = (seen: Observation) => seen.kind === "gap" && seen.tabId === undefined && seen.reason !== "paused";
  return {
    key: keyOfUnit(first),
    version,
    ...rangeOf(own),
    size: own.length,
    ...(first.source === "import" && { times: own.map(({ at }) => at) }),
    gaps: own.filter(isGap).length,
    links: linksFrom(own),
    wants,
    rows,
  };
}
