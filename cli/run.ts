import { toVisibleText } from "@/lib/report/visible-text.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

const help = `Explains why an OAuth or MCP authorization attempt failed, from recordings made with a browser.

Usage:
  hopscope diagnose [--json] FILE…   report the attempts in HAR files; - reads standard input
  hopscope redact FILE -o OUT        write the recording without its secrets; - writes standard output
  hopscope explain [FINDING]         what a finding means, or the list of findings
  hopscope check URL [OPTION…]       check a server without a browser; see hopscope check --help
  hopscope --help | --version

diagnose takes recordings of Chromium, Firefox, Safari, Playwright, mitmproxy, Charles, Fiddler and Hopscope itself,
also packed as .har.gz. Several files are compared: one person's attempt may explain another's.

Exit status: 0 no failure found, 1 failure found, 2 a file could not be read or the command was not understood.
`;

// Each command loads what it needs: most of the time of a run on a small file is loading.

/** Runs one command and returns the exit status; never throws for input that a person can give. */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  const [command, ...rest] = words;
  const isHelp = rest.includes("--help") || rest.includes("-h");
  switch (command) {
    case "--version":
    case "-V":
      terminal.out(`${version}\n`);
      return 0;
    case "--help":
    case "-h":
    case "help":
      terminal.out(help);
      return 0;
    case "diagnose":
    case "redact":
    case "explain":
      if (isHelp) {
        terminal.out(help);
        return 0;
      }
      return command === "diagnose"
        ? diagnose(rest, terminal)
        : command === "redact"
          ? redact(rest, terminal)
          : rest.length > 1
            ? misunderstood(terminal, "explain takes one finding.")
            : (await import("./explain.ts")).runExplain(terminal, rest[0]);
    case "check":
      return (await import("./check.ts")).runCheck(terminal, rest);
    case undefined:
      return misunderstood(terminal, "A command is missing.");
    default:
      return misunderstood(terminal, `There is no command ${toVisibleText(command)}.`);
  }
}

async function diagnose(words: readonly string[], terminal: Terminal): Promise<number> {
  const { options, files } = splitWords(words);
  const unknown = options.find((option) => option !== "--json");
  if (unknown !== undefined) return misunderstood(terminal, `diagnose has no option ${toVisibleText(unknown)}.`);
  if (files.length === 0) return misunderstood(terminal, "diagnose needs at least one file.");
  return (await import("./diagnose.ts")).runDiagnose(terminal, files, options.length > 0);
}

async function redact(words: readonly string[], terminal: Terminal): Promise<number> {
  const inputs: string[] = [];
  let output: string | undefined;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? "";
    if (word === "-o" || word === "--output") {
      output = words[i + 1];
      i += 1;
    } else if (word.startsWith("--output=")) output = word.slice("--output=".length);
    else if (word !== "-" && word.startsWith("-"))
      return misunderstood(terminal, `redact has no option ${toVisibleText(word)}.`);
    else inputs.push(word);
  }
  const [file] = inputs;
  if (file === undefined || inputs.length > 1 || !output)
    return misunderstood(terminal, "redact needs one file and -o with where to write.");
  return (await import("./redact.ts")).runRedact(terminal, file, output);
}

/** Everything after `--` is a file; a lone `-` is standard input. */
function splitWords(words: readonly string[]): {
  readonly options: readonly string[];
  readonly files: readonly string[];
} {
  const end = words.indexOf("--");
  const before = end < 0 ? words : words.slice(0, end);
  const isOption = (word: string) => word.startsWith("-") && word !== "-";
  return {
    options: before.filter(isOption),
    files: [...before.filter((word) => !isOption(word)), ...(end < 0 ? [] : words.slice(end + 1))],
  };
}

function misunderstood(terminal: Terminal, problem: string): number {
  terminal.err(`${problem}\n\n${help}`);
  return 2;
}
