import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Display {
  /** Value for `DISPLAY`. */
  readonly name: string;
  /** Presses keys in the window that has the focus. */
  press(...keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** A screen that nobody sees: the browser's own dialogs exist only on one. Undefined where Xvfb or xdotool are missing. */
export async function openDisplay(): Promise<Display | undefined> {
  try {
    await Promise.all([run("which", ["Xvfb"]), run("which", ["xdotool"])]);
  } catch {
    return undefined;
  }
  const server: ChildProcess = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1200x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const pipe = server.stdio[3] as NodeJS.ReadableStream;
  const [number] = (await once(createInterface(pipe), "line")) as [string];
  const name = `:${number.trim()}`;
  const xdotool = async (...args: readonly string[]) =>
    (await run("xdotool", [...args], { env: { ...process.env, DISPLAY: name } })).stdout;
  return {
    name,
    async press(...keys) {
      await xdotool("key", "--delay", "50", ...keys);
    },
    async close() {
      const ended = once(server, "exit");
      server.kill();
      await ended;
    },
  };
}
