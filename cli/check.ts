import { parseArgs } from "node:util";
import type { FlowReport } from "@/lib/diagnosis/diagnose.ts";
import { diagnoseDiscovery } from "@/lib/diagnosis/diagnose-discovery.ts";
import { runDiscovery } from "@/lib/discovery/run.ts";
import type { RungFacts } from "@/lib/facts/flow-facts.ts";
import { coloured, type Paint, plain, printFindings } from "@/lib/report/text.ts";
import { toVisibleText } from "@/lib/report/visible-text.ts";
import { runAsk } from "./ask.ts";
import type { AskOptions, AskSurroundings } from "./asking.ts";
import { createRunRedactor } from "./recordings.ts";
import { createSend } from "./sender.ts";
import type { Terminal } from "./terminal.ts";

const checkHelp = `Checks a server without a browser: what clients find in its metadata, and whether it knows a client.

Usage:
  hopscope check [--no-challenge] [--times N] URL
  hopscope check URL --client-id ID [--redirect-uri URI] [--repeat] [--instances K] [--register] [--yes]
  hopscope check URL --register [--repeat] [--instances K] [--yes]

URL is that of an MCP server, or of an authorization server (its issuer). One POST without a token goes to it, to see
whether it asks for authorization; --no-challenge leaves that out. Everything else is GET, without credentials.
--times asks the server metadata N times and compares.

--client-id asks whether the server knows this client, and many times at once whether all its instances agree, each
time against a random client_id. What will be sent is said first and waits for a yes; --yes gives it beforehand. The
answers are as many as make agreement by chance rarer than 1 % with K instances (5 when left out). --repeat asks once
more after 90 seconds when they disagree: only what lasts is proven. A client_id that is a URL is also fetched.
--register registers a client of our own, after showing it, and deletes it again where the server offers that: as a
control beside --client-id, or to be asked about without one.

Exit status: 0 nothing wrong found, 1 something wrong found, 2 the command was not understood or nothing could be asked.
`;

interface CheckOptions extends Omit<AskOptions, "clientId"> {
  readonly url: string;
  readonly challenge: boolean;
  readonly clientId?: string;
  readonly times: number;
}

const wait = (duration: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, duration));

/** Runs the ladder for one URL and prints its rungs and findings; 0 nothing wrong, 1 something wrong, 2 not done. */
export async function runCheck(
  terminal: Terminal,
  words: readonly string[],
  surroundings: AskSurroundings = { send: createSend(), now: Date.now, wait },
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
  const { challenge, clientId, register, times, url } = options;
  const { send, now } = surroundings;
  const start = { from: "url", url, challenge, ...(clientId !== undefined && { clientId }) } as const;
  const raw = await runDiscovery(start, { send, now, session: "check", repeats: times });
  const redactor = createRunRedactor();
  const observations = raw.flatMap((observation) => redactor.redact(observation) ?? []);
  const report = diagnoseDiscovery(observations, { asOf: now() });
  if (report === undefined) {
    terminal.err("Nothing could be asked.\n");
    return 2;
  }
  terminal.out(printCheck(url, report, terminal.hasColours ? coloured : plain));
  if (clientId === undefined && !register) return exitStatus(report);
  const asked = await runAsk(terminal, { raw, report, url }, options, surroundings);
  return asked === 0 ? exitStatus(report) : asked;
}

const isAnswered = ({ facts }: FlowReport): boolean =>
  facts.metadata.status === "observed" && facts.metadata.value.rungs.some(({ status }) => status !== undefined);

function exitStatus(report: FlowReport): number {
  if (report.diagnosis.findings.length > 0) return 1;
  return isAnswered(report) ? 0 : 2;
}

function readOptions(words: readonly string[]): CheckOptions | string {
  const read = parseWords(words);
  if (typeof read === "string") return read;
  const { values, positionals } = read;
  const [url, ...more] = positionals;
  if (more.length > 0) return "check takes one URL.";
  if (url === undefined) return "check needs the URL of a server.";
  if (!isWeb(url)) return `${toVisibleText(url)} is not an https or http URL.`;
  const { "client-id": clientId, "redirect-uri": redirectUri, instances = "5", times = "1" } = values;
  if (!/^[1-9]$/.test(times)) return "--times takes a number from 1 to 9.";
  if (!/^(?:[2-9]|10)$/.test(instances)) return "--instances takes a number from 2 to 10.";
  if (redirectUri !== undefined && !URL.canParse(redirectUri)) return `${toVisibleText(redirectUri)} is not a URI.`;
  return {
    url,
    challenge: values["no-challenge"] !== true,
    times: Number(times),
    instances: Number(instances),
    repeat: values.repeat === true,
    register: values.register === true,
    yes: values.yes === true,
    ...(clientId !== undefined && { clientId }),
    ...(redirectUri !== undefined && { redirectUri }),
  };
}

const optionShapes = {
  "no-challenge": { type: "boolean" },
  times: { type: "string" },
  "client-id": { type: "string" },
  "redirect-uri": { type: "string" },
  instances: { type: "string" },
  repeat: { type: "boolean" },
  register: { type: "boolean" },
  yes: { type: "boolean" },
} as const;

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: optionShapes, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? toVisibleText(error.message) : "The options were not understood.";
  }
}

const isWeb = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

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
