import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { type WrittenFinding, type WrittenReport, writeReport } from "./report.ts";
import { toVisibleText } from "./visible-text.ts";

/** Colours for a terminal; `plain` for files and pipes. */
export interface Paint {
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const same = (text: string) => text;
export const plain: Paint = { bad: same, good: same, strong: same, faint: same };

const escapeCode = "\u001b[";
const painted = (code: number) => (text: string) => `${escapeCode}${code}m${text}${escapeCode}0m`;
export const coloured: Paint = { bad: painted(31), good: painted(32), strong: painted(1), faint: painted(2) };

/** The report as lines for a terminal or a file. Nothing in text from outside can move the cursor or break a line. */
export function printText(report: FlowReport, paint: Paint = plain): string {
  const written = writeReport(report);
  const isBad = report.diagnosis.state === "not-connected";
  const isGood = report.diagnosis.state === "connected" || report.diagnosis.state === "code-delivered";
  const state = isBad ? paint.bad(written.state) : isGood ? paint.good(written.state) : written.state;
  const lines = [
    `${state} · ${oneLine(written.server)}`,
    ...(written.client === undefined ? [] : [`  Client: ${oneLine(written.client)}`]),
    `  Started: ${written.startedAt}`,
    ...(written.headline ? ["", ...printFinding(written.headline, paint)] : []),
    ...(written.command === undefined ? [] : ["", "  Ask again, without credentials:", `    ${written.command}`]),
  ];
  for (const finding of written.others) lines.push("", ...printFinding(finding, paint));
  lines.push(...printOpenQuestions(written));
  return `${lines.join("\n")}\n`;
}

/** What was found without the head of an attempt: for a check, which has no attempt. */
export function printFindings(report: FlowReport, paint: Paint = plain): string {
  const written = writeReport(report);
  const findings = [...(written.headline ? [written.headline] : []), ...written.others];
  const lines = findings.flatMap((finding) => ["", ...printFinding(finding, paint)]);
  return `${[...lines, ...printOpenQuestions(written)].join("\n")}\n`;
}

function printOpenQuestions({ faults, unsettled }: WrittenReport): string[] {
  const lines: string[] = [];
  if (unsettled.length > 0) {
    lines.push("", "  Not settled by what was seen:");
    for (const { title, missing, settledBy } of unsettled)
      lines.push(`    - ${oneLine(title)}: ${oneLine(missing)}`, `      Would settle it: ${oneLine(settledBy)}`);
  }
  if (faults.length > 0) lines.push("", `  Faults of Hopscope itself, in: ${faults.join(", ")}`);
  return lines;
}

function printFinding(finding: WrittenFinding, paint: Paint): string[] {
  const { title, severity, certainty, certaintyMeans, summary, why, evidence, by, fix, rivals, references } = finding;
  const heading = `${severity}: ${oneLine(title)}`;
  const lines = [
    `  ${severity === "error" ? paint.bad(heading) : paint.strong(heading)} ${paint.faint(`[${finding.id}]`)}`,
    `    ${oneLine(summary)}`,
  ];
  if (finding.isFolded) return lines;
  lines.push(`    Certainty: ${certainty} (${certaintyMeans})`, `    Why: ${oneLine(why)}`, "    Evidence:");
  for (const { where, says, against } of evidence) {
    lines.push(`      - ${oneLine(where)}: ${oneLine(says)}`);
    if (against) lines.push(`        against ${oneLine(against.where)}: ${oneLine(against.says)}`);
  }
  if (rivals.length > 0) {
    lines.push("    The same evidence allows:");
    for (const { id, separatedBy } of rivals) lines.push(`      - ${id}; separated by: ${oneLine(separatedBy)}`);
  }
  lines.push(`    Who must act: ${by}`, "    Fix:");
  for (const [index, step] of fix.entries()) {
    lines.push(`      ${index + 1}. ${step.by}: ${oneLine(step.do)}`);
    if (step.code) lines.push(...step.code.text.split("\n").map((line) => `           ${toVisibleText(line)}`));
  }
  lines.push(...references.map(({ spec, section, url }) => paint.faint(`    ${spec} ${section} ${url}`)));
  return lines;
}

const oneLine = (text: string) => toVisibleText(text.replace(/[\r\n\t]+/g, " ")).trim();
