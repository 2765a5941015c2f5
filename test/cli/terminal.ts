import { run } from "@/cli/run.ts";
import { createTerminal, type Terminal } from "@/cli/terminal.ts";
import { bytesOf } from "../har/recordings.ts";

const disk = createTerminal(process);

export interface Printed {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command with files from memory; others are read from the disk. */
export async function runWith(
  words: readonly string[],
  files: Readonly<Record<string, string>> = {},
  hasColours = false,
): Promise<Printed> {
  const printed = { out: "", err: "" };
  const terminal: Terminal = {
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    hasColours,
    read: (file) => (file in files ? oneChunk(files[file] ?? "") : disk.read(file)),
  };
  const status = await run(words, terminal);
  return { status, ...printed };
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield bytesOf(text);
}
