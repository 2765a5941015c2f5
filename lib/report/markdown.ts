import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { type WrittenFinding, writeReport } from "./report.ts";
import { toVisibleText } from "./visible-text.ts";

/** What the report was made with: `["Hopscope", "0.1.0"]`, `["Browser", "Chromium 156"]`. */
export type Environment = readonly (readonly [name: string, value: string])[];

/**
 * The report for a bug tracker, in GitHub's Markdown. Words from outside become code spans, so that nothing in them links,
 * mentions, formats or hides.
 */
export function printMarkdown(report: FlowReport, environment: Environment = []): string {
  const written = writeReport(report);
  const lines = [
    `## ${written.state}: ${inline(written.headline?.title ?? "an authorization attempt")}`,
    "",
    `- **Authorization server:** ${code(written.server)}`,
    ...(written.client === undefined ? [] : [`- **Client:** ${code(written.client)}`]),
    `- **Started:** ${written.startedAt}`,
  ];
  if (written.headline) lines.push(...printFinding(written.headline));
  if (written.command !== undefined)
    lines.push("", "**Ask again, without credentials:**", "", ...fence("sh", written.command));
  if (written.others.length > 0) {
    lines.push("", "### Also found", "");
    for (const { id, title, severity, certainty, summary } of written.others)
      lines.push(`- ${severity}, ${certainty}: **${inline(title)}** (${code(id)}). ${inline(summary)}`);
  }
  if (written.unsettled.length > 0) {
    lines.push("", "### Not settled by what was seen", "");
    for (const { title, missing, settledBy } of written.unsettled)
      lines.push(`- ${inline(title)}: ${inline(missing)} Would settle it: ${inline(settledBy)}`);
  }
  if (environment.length > 0) {
    lines.push("", "### Environment", "");
    for (const [name, value] of environment) lines.push(`- ${inline(name)}: ${code(value)}`);
  }
  lines.push("", "Values that may be secret are replaced by their name, length and alphabet.");
  return `${lines.join("\n")}\n`;
}

function printFinding(finding: WrittenFinding): string[] {
  const { id, certainty, certaintyMeans, summary, why, evidence, by, fix, rivals, references } = finding;
  const lines = [
    "",
    `**What happened:** ${inline(summary)}`,
    "",
    `**Certainty:** ${certainty} (${certaintyMeans}). Finding ${code(id)}.`,
    "",
    `**Who must act:** ${by}`,
    "",
    `**Why:** ${inline(why)}`,
    "",
    "### Evidence",
    "",
  ];
  for (const { where, says, against } of evidence) {
    lines.push(`- ${inline(where)}: ${code(says)}`);
    if (against) lines.push(`  - against ${inline(against.where)}: ${code(against.says)}`);
  }
  if (rivals.length > 0) {
    lines.push("", "The same evidence allows:", "");
    for (const rival of rivals) lines.push(`- ${code(rival.id)}; separated by: ${inline(rival.separatedBy)}`);
  }
  lines.push("", "### Fix", "");
  for (const [index, step] of fix.entries()) {
    lines.push(`${index + 1}. **${step.by}:** ${inline(step.do)}`);
    if (step.code) lines.push("", ...fence(step.code.language, step.code.text).map((line) => `   ${line}`), "");
  }
  if (references.length > 0) {
    lines.push("", "### References", "");
    for (const { spec, section, url } of references)
      lines.push(
        `- ${inline(`${spec} ${section}`)}: ${url.startsWith("https://") && !/[\s<>]/.test(url) ? `<${url}>` : code(url)}`,
      );
  }
  return lines;
}

const opening = /^[("'“‘]*/u;
const closing = /[)"'”’.,;:!?…]*$/u;
/** A word that Markdown, GitHub and mail readers leave as it is. */
const harmless = /^(?:\p{L}[\p{L}'’‐-]*|\p{N}{1,6}|[–—·=+])$/u;
/** Read as a link to a commit. */
const hexadecimal = /^[0-9a-f]{7,}$/i;

/** Prose with values in it: harmless words and the punctuation around words stay, everything else becomes a code span. */
function inline(text: string): string {
  const spans: string[] = [];
  let held: string[] = [];
  const flush = () => {
    if (held.length > 0) spans.push(code(held.join(" ")));
    held = [];
  };
  for (const word of oneLine(text).split(" ")) {
    const before = opening.exec(word)?.[0] ?? "";
    const after = closing.exec(word.slice(before.length))?.[0] ?? "";
    const core = word.slice(before.length, word.length - after.length);
    if (core === "" || (harmless.test(core) && !hexadecimal.test(core))) {
      flush();
      if (word !== "") spans.push(word);
    } else if (before === "" && after === "") held.push(core);
    else {
      if (before !== "") flush();
      held.push(core);
      const span = code(held.join(" "));
      held = [];
      spans.push(`${before}${span}${after}`);
    }
  }
  flush();
  return spans.join(" ");
}

/** A code span that its content cannot end: one backtick more than the longest run inside. */
function code(text: string): string {
  const content = oneLine(text);
  if (content === "") return "(empty)";
  const ticks = "`".repeat(longestRun(content) + 1);
  const pad = content.startsWith("`") || content.endsWith("`") ? " " : "";
  return `${ticks}${pad}${content}${pad}${ticks}`;
}

function fence(language: string, text: string): string[] {
  const ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [`${ticks}${language.replace(/\W/g, "")}`, ...text.split("\n").map(toVisibleText), ticks];
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

const oneLine = (text: string) => toVisibleText(text.replace(/[\r\n\t]+/g, " ")).trim();
