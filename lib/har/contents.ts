import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { Observation } from "@/lib/exchange/observation.ts";
import { printLocation } from "@/lib/exchange/print.ts";
import { buildJsonReport } from "@/lib/report/json.ts";
import { printMarkdown } from "@/lib/report/markdown.ts";
import type { LegRole } from "@/lib/trace/flow.ts";
import { buildHar, observationsOf, printHar } from "./export.ts";

export const exportFormats = ["har", "markdown", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What stands in the file of an exported attempt, for the person who is about to save it. */
export interface ExportContents {
  /** Requests in the trace; what an import of the file will count as used. */
  readonly entries: number;
  readonly legs: readonly { readonly role: LegRole; readonly request: string }[];
  /** Replaced values by the name of their parameter, most frequent first. */
  readonly replaced: readonly { readonly name: string; readonly count: number }[];
  /** Observations stored beside this attempt that are no part of it and stay behind. */
  readonly leftOut: number;
}

export interface PreparedExport {
  readonly contents: ExportContents;
  readonly text: Readonly<Record<ExportFormat, string>>;
}

interface Exported {
  readonly flowId: string;
  readonly observations: readonly Observation[];
  readonly reports: readonly FlowReport[];
  /** Milliseconds since the epoch: when the reports were made. */
  readonly asOf: number;
  /** Version of Hopscope that writes the file. */
  readonly version: string;
}

/** One attempt in every format, with what is in it; undefined when the attempt is not among the reports. */
export function prepareExport({
  flowId,
  observations: all,
  reports,
  asOf,
  version,
}: Exported): PreparedExport | undefined {
  const report = reports.find(({ flow }) => flow.id === flowId);
  if (!report) return undefined;
  const observations = observationsOf(all, [report]);
  const har = buildHar({ observations, reports: [report], asOf, version });
  const json = buildJsonReport("attempt", [report]);
  return {
    contents: {
      entries: har.log.entries.length,
      legs: report.flow.legs.map(({ role, exchange }) => ({
        role,
        request: `${exchange.method} ${printLocation(exchange.url)}`,
      })),
      replaced: countReplaced(observations),
      leftOut: all.length - observations.length,
    },
    text: {
      har: printHar(har),
      markdown: printMarkdown(report, [["Hopscope", version]]),
      json: `${JSON.stringify(json, null, 2)}\n`,
    },
  };
}

/** Values that only their length and alphabet are left of, and cookies, of which only names are ever kept. */
function countReplaced(observations: readonly Observation[]): ExportContents["replaced"] {
  const counts = new Map<string, number>();
  const count = (name: string, by = 1) => counts.set(name, (counts.get(name) ?? 0) + by);
  const open: unknown[] = [...observations];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== "object" || next === null) continue;
    if (isReplaced(next)) count(next.name);
    if ("kind" in next && next.kind === "response" && "cookies" in next && Array.isArray(next.cookies))
      count("cookie", next.cookies.length);
    open.push(...Object.values(next));
  }
  return [...counts]
    .filter(([, times]) => times > 0)
    .map(([name, times]) => ({ name, count: times }))
    .sort((left, right) => right.count - left.count || (left.name < right.name ? -1 : 1));
}

function isReplaced(value: object): value is { readonly name: string } {
  if (!("name" in value) || !("value" in value) || typeof value.name !== "string") return false;
  const { value: content } = value;
  return typeof content === "object" && content !== null && "kind" in content && content.kind === "secret";
}
