import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** What the commands need of the process they run in; tests pass their own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard output is a terminal that shows colours. */
  readonly hasColours: boolean;
  /** Asks the person a question; absent when there is none at the other end. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** The bytes of a file, or of standard input for `-`. */
  readonly read: (file: string) => AsyncIterable<Uint8Array>;
}

interface Process {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  exit(code: number): never;
}

export function createTerminal({ stdout, stderr, stdin, env, exit }: Process): Terminal {
  // `hopscope diagnose … | head` closes the pipe early; that is no failure.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") exit(0);
    throw error;
  });
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    hasColours: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb",
    ...(stdin.isTTY === true && { confirm: (question) => askPerson(stdin, stderr, question) }),
    read: (file) => (file === "-" ? stdin : createReadStream(file, { highWaterMark: 1 << 20 })),
  };
}

/** Ctrl-C and Ctrl-D are no consent. */
function askPerson(input: Readable, output: NodeJS.WriteStream, question: string): Promise<boolean> {
  const dialogue = createInterface({ input, output });
  return new Promise((resolve) => {
    dialogue.once("close", () => resolve(false));
    dialogue.question(`${question} [y/N] `, (answer) => {
      resolve(/^y(?:es)?$/i.test(answer.trim()));
      dialogue.close();
    });
  });
}

/** In the words of a person, without the path of whoever built this. */
export function explainFailure(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === "ENOENT") return "There is no such file or folder.";
  if (code === "EISDIR") return "This is a folder.";
  if (code === "EACCES" || code === "EPERM") return "There is no permission for this file.";
  if (code === "ENOSPC") return "The disk is full.";
  return error instanceof Error ? error.message : String(error);
}
