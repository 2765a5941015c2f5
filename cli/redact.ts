import { promises as files } from "node:fs";
import { diagnose } from "@/lib/diagnosis/diagnose.ts";
import { buildHar, printHar } from "@/lib/har/export.ts";
import { createFileGate } from "@/lib/redaction/file-gate.ts";
import { toVisibleText } from "@/lib/report/visible-text.ts";
import { createRunRedactor, readRecording } from "./recordings.ts";
import { explainFailure, type Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/** Writes the recording without its secrets; nothing is written when any of them is still found in the result. */
export async function runRedact(terminal: Terminal, file: string, output: string): Promise<number> {
  const gate = createFileGate();
  const recording = await readRecording(terminal, file, createRunRedactor(gate));
  if (recording.kind === "unreadable") {
    terminal.err(`${toVisibleText(file)}: ${recording.problem}\n`);
    return 2;
  }
  const { observations, asOf, session, entries, problems } = recording.content;
  const reports = diagnose(observations, { asOf });
  const text = printHar(buildHar({ observations, reports, asOf, version, origin: { session, entries } }));
  const leak = gate.check(text);
  if (leak) {
    const place = leak.path === undefined ? "the file" : toVisibleText(leak.path);
    terminal.err(`Nothing was written: a value that was to be replaced still stands in ${place}.\n`);
    return 2;
  }
  try {
    if (output === "-") terminal.out(text);
    else await files.writeFile(output, text);
  } catch (error) {
    terminal.err(`${toVisibleText(output)}: ${explainFailure(error)}\n`);
    return 2;
  }
  for (const problem of problems) terminal.err(`Note: ${problem}\n`);
  terminal.err(`${entries.used} entries written, ${entries.setAside} left out that have nothing to do with OAuth.\n`);
  return 0;
}
