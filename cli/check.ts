import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { diagnoseDiscovery } from "@/lib/diagnosis/diagnose-discovery.ts";
import { runDiscovery, type Send } from "@/lib/discovery/run.ts";
import type { RungFacts } from "@/lib/facts/flow-facts.ts";
import { coloured, type Paint, plain, printFindings } from "@/lib/report/text.ts";
import { toVisibleText } from "@/lib/report/visible-text.ts";
import { createRunRedactor } from "./recordings.ts";
import { createSend } from "./sender.ts";
import type { Terminal } from "./terminal.ts";

const checkHelp = `Checks the metadata of a server without a browser: what clients find, step by step, and what is wrong with it.

Usage:
  hopscope check [--no-challenge] [--client-id URL] [--repeat N] URL

URL is that of an MCP server, or of an authorization server (its issuer). One POST without a token goes to it, to see
whether it asks for authorization; --no-challenge leaves that out. Everything else is GET, without credentials.
--client-id also looks at a client ID metadata document. --repeat asks the server metadata N times and compares.

Exit status: 0 nothing wrong found, 1 something wrong found, 2 the command was not understood or nothing could be asked.
`;

interface CheckOptions {
  readonly url: string;
  readonly challenge: boolean;
  readonly clientId?: string;
  readonly repeats: number;
}

/** What a check needs besides the terminal; tests pass their own. */
export interface CheckSurroundings {
  readonly send: Send;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Runs the ladder for one URL and prints its rungs and findings; 0 nothing wrong, 1 something wrong, 2 not done. */
export async function runCheck(
  terminal: Terminal,
  words: readonly string[],
  { send, now }: CheckSurroundings = { send: createSend(), now: Date.now },
): Promise<number> {
  if (words.includes("--help") || words.includes("-h")) {
    terminal.out(checkHelp);
    return 0;
  }
  const options = readOptions(words);
  if (typeof options === "string") {
    terminal.err(`${options}\n\n${checkHelp}`);
    return 2;
  }
  const { challenge, clientId, repeats, url } = options;
  const start = { from: "url", url, challenge, ...(clientId !== undefined && { clientId }) } as const;
  const raw = await runDiscovery(start, { send, now, session: "check", repeats });
  const redactor = createRunRedactor();
  const observations = raw.flatMap((observation) => redactor.redact(observation) ?? []);
  const report = diagnoseDiscovery(observations, { asOf: now() });
  if (report === undefined) {
    terminal.err("Nothing could be asked.\n");
    return 2;
  }
  terminal.out(printCheck(url, report, terminal.hasColours ? coloured : plain));
  return exitStatus(report);
}

const isAnswered = ({ facts }: FlowReport): boolean =>
  facts.metadata.status === "observed" && facts.metadata.value.rungs.some(({ status }) => status !== undefined);

function exitStatus(report: FlowReport): number {
  if (report.diagnosis.findings.length > 0) return 1;
  return isAnswered(report) ? 0 : 2;
}

function readOptions(words: readonly string[]): CheckOptions | string {
  let url: string | undefined;
  let clientId: string | undefined;
  let challenge = true;
  let repeats = 1;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (word === "--no-challenge") challenge = false;
    else if (word === "--client-id" || word === "--repeat") {
      index += 1;
      const value = words[index];
      if (value === undefined) return `${word} needs a value.`;
      if (word === "--client-id") clientId = value;
      else if (/^[1-9]$/.test(value)) repeats = Number(value);
      else return "--repeat takes a number from 1 to 9.";
    } else if (word.startsWith("-")) return `check has no option ${toVisibleText(word)}.`;
    else if (url !== undefined) return "check takes one URL.";
    else url = word;
  }
  if (url === undefined) return "check needs the URL of a server.";
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (!isWeb) return `${toVisibleText(url)} is not an https or http URL.`;
  return { url, challenge, repeats, ...(clientId !== undefined && { clientId }) };
}

function printCheck(url: string, report: FlowReport, paint: Paint): string {
  const { diagnosis, facts } = report;
  const rungs = facts.metadata.status === "observed" ? facts.metadata.value.rungs : [];
  const lines = [paint.strong(toVisibleText(url)), "", ...rungs.flatMap((rung) => printRung(rung, paint)), ""];
  const isQuiet = diagnosis.findings.length === 0 && diagnosis.unsettled.length === 0;
  if (!isQuiet) return `${lines.join("\n")}${printFindings(report, paint)}`;
  const summary = isAnswered(report) ? paint.good("Nothing wrong was found in the metadata.") : "No server answered.";
  return `${lines.join("\n")}${summary}\n`;
}

const marks: Partial<Record<RungFacts["outcome"], string>> = { accepted: "✓", challenged: "✓", absent: "·" };

function printRung({ outcome, problems, role, urlText, verdict, why }: RungFacts, paint: Paint): string[] {
  const mark = marks[outcome] ?? "✗";
  const method = role === "challenge" ? "POST" : "GET";
  return [
    `${mark === "✗" ? paint.bad(mark) : mark} ${method} ${toVisibleText(urlText)}`,
    `    ${toVisibleText(verdict)}`,
    `    ${paint.faint(why)}`,
    ...problems.map(({ demandedBy, says }) => `    - ${toVisibleText(says)} (${demandedBy})`),
  ];
}
