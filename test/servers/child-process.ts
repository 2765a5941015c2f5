import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ChildOptions {
  /** What it is, for messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A line of its output that says that it takes connections; the first group is handed back. */
  readonly ready: RegExp;
}

export interface Child {
  /** First group of the line that matched `ready`. */
  readonly announced: string;
  /** Everything it has printed so far, both streams. */
  log(): string;
  stop(): Promise<void>;
}

const readyWithin = 60_000;
const endWithin = 5_000;

/** Starts a server process. Throws with its last lines when it ends, or is not ready, before it said so. */
export async function startChild({ name, command, args, cwd, env, ready }: ChildOptions): Promise<Child> {
  const child = spawn(command, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const announced = await new Promise<string>((resolve, reject) => {
    const giveUp = (why: string): void => reject(new Error(`${name} ${why}\n${lines.slice(-25).join("\n")}`));
    const timer = setTimeout(() => giveUp(`was not ready after ${readyWithin / 1000} s`), readyWithin);
    child.once("error", (error) => giveUp(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) => giveUp(`ended with ${signal ?? code} before it was ready`));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        const match = ready.exec(line);
        if (!match) return;
        clearTimeout(timer);
        resolve(match[1] ?? "");
      });
    }
  }).catch(async (error: unknown) => {
    await end(child);
    throw error;
  });
  // The lab may be interrupted without a chance to wait for its servers.
  const endWithParent = (): void => void child.kill("SIGKILL");
  process.once("exit", endWithParent);
  return {
    announced,
    log: () => lines.join("\n"),
    async stop() {
      process.off("exit", endWithParent);
      await end(child);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), endWithin);
  await ended;
  clearTimeout(timer);
}
