import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { expect } from "vitest";

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

/**
 * Asks, and answers the browser's dialog with yes. The dialog is there once it takes the keys away from the page; whether its first
 * Tab goes to "Deny" or to "Allow" depends on how far it had opened, so a denial is answered by asking again.
 */
export async function askAndAllow(
  ask: () => Promise<void>,
  page: Page,
  screen: Display,
  isGranted: () => Promise<boolean>,
): Promise<void> {
  await page.evaluate(() => addEventListener("keydown", ({ key }) => document.body.setAttribute("data-key", key)));
  const isTakenByDialog = async () => {
    await page.evaluate(() => document.body.removeAttribute("data-key"));
    await screen.press("Tab");
    return page.waitForSelector("body[data-key=Tab]", { timeout: 500 }).then(
      () => false,
      () => true,
    );
  };
  for (let tries = 0; tries < 8; tries += 1) {
    await ask();
    for (let taken = 0; taken <= tries % 2; ) if (await isTakenByDialog()) taken += 1;
    await screen.press("Return");
    const answered = expect.poll(isGranted, { timeout: 2_000 }).toBe(true);
    if (
      await answered.then(
        () => true,
        () => false,
      )
    )
      return;
    await screen.press("Escape");
  }
  throw new Error("The dialog was never answered with yes");
}
