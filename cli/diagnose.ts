import { diagnose, type FlowReport } from "@/lib/diagnosis/diagnose.ts";
import type { HarImport } from "@/lib/har/import.ts";
import { buildJsonReport } from "@/lib/report/json.ts";
import { coloured, plain, printText } from "@/lib/report/text.ts";
import { toVisibleText } from "@/lib/report/visible-text.ts";
import { allObservations, createRunRedactor, type Recording, readRecording } from "./recordings.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Reports each file; attempts of one client at one server are compared across all of them. 0 no failure found, 1 failure
 * found, 2 a file could not be read.
 */
export async function runDiagnose(terminal: Terminal, files: readonly string[], isJson: boolean): Promise<number> {
  const redactor = createRunRedactor();
  const read = new Map<string, string>();
  const recordings: Recording[] = [];
  for (const file of files) recordings.push(await readRecording(terminal, file, redactor, read));
  const asOf = Math.max(0, ...recordings.map((recording) => (recording.kind === "read" ? recording.content.asOf : 0)));
  const reports = diagnose(allObservations(recordings), { asOf });
  let hasFailure = false;
  for (const recording of recordings) {
    if (recording.kind === "unreadable") {
      if (isJson) terminal.out(`${JSON.stringify(buildJsonReport(recording.file, [], recording.problem))}\n`);
      terminal.err(`${toVisibleText(recording.file)}: ${recording.problem}\n`);
      continue;
    }
    const own = reportsOf(recording.content, reports);
    hasFailure ||= own.some(isFailed);
    if (isJson) {
      terminal.out(`${JSON.stringify(buildJsonReport(recording.file, own))}\n`);
      for (const problem of recording.content.problems)
        terminal.err(`${toVisibleText(recording.file)}: Note: ${problem}\n`);
    } else terminal.out(printRecording(recording.file, recording.content, own, terminal.hasColours));
  }
  if (recordings.some(({ kind }) => kind === "unreadable")) return 2;
  return hasFailure ? 1 : 0;
}

function reportsOf({ observations }: HarImport, reports: readonly FlowReport[]): FlowReport[] {
  const ids = new Set(observations.map(({ id }) => id));
  return reports.filter(({ flow }) => flow.legs.some(({ exchange }) => ids.has(exchange.id)));
}

const isFailed = ({ diagnosis }: FlowReport) =>
  diagnosis.state === "not-connected" || diagnosis.findings.some(({ severity }) => severity === "error");

function printRecording(file: string, content: HarImport, reports: readonly FlowReport[], hasColours: boolean): string {
  const paint = hasColours ? coloured : plain;
  const { read, used, setAside, unreadable } = content.entries;
  const counts = [
    `${read} ${read === 1 ? "entry" : "entries"}`,
    `${used} of authorization attempts`,
    `${setAside} set aside`,
    ...(unreadable > 0 ? [`${unreadable} unreadable`] : []),
  ];
  const parts = [`${paint.strong(toVisibleText(file))}\n${counts.join(", ")}\n`];
  for (const problem of content.problems) parts.push(`Note: ${problem}\n`);
  if (reports.length === 0) parts.push("\nNo authorization attempt was found in this recording.\n");
  for (const report of reports) parts.push(`\n${printText(report, paint)}`);
  return `${parts.join("")}\n`;
}
