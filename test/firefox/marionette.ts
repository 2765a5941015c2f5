import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One Firefox with a profile of its own, driven through Marionette, the protocol that geckodriver speaks too. */
export interface Firefox {
  /** Answer of a command; throws what Firefox says went wrong. */
  send(command: string, parameters?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Runs the body of an async function in the page, or in the browser's own scope. */
  run(scope: "content" | "chrome", body: string, args?: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

const preferences: Readonly<Record<string, string | number | boolean>> = {
  "marionette.port": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.update.disabledForTesting": true,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "browser.aboutwelcome.enabled": false,
};

export async function startFirefox(executable: string): Promise<Firefox> {
  const profile = await mkdtemp(join(tmpdir(), "hopscope-firefox-"));
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const process = spawn(
    executable,
    ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", profile],
    { stdio: "ignore" },
  );
  const socket = await openSocket(join(profile, "MarionetteActivePort"), process);
  const ask = speak(socket);
  await ask("WebDriver:NewSession", {});
  await ask("WebDriver:SetTimeouts", { script: 30_000, pageLoad: 30_000 });
  return {
    send: ask,
    async run(scope, body, args = []) {
      await ask("Marionette:SetContext", { value: scope });
      const script = `const [done] = [arguments[arguments.length - 1]];
        (async (...args) => { ${body} })(...arguments).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value } = (await ask("WebDriver:ExecuteAsyncScript", { script, args })) as {
        value: { value?: unknown; error?: string };
      };
      await ask("Marionette:SetContext", { value: "content" });
      if (value.error !== undefined) throw new Error(value.error);
      return value.value;
    },
    async close() {
      socket.destroy();
      process.kill();
      if (process.exitCode === null && process.signalCode === null) await once(process, "exit");
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Firefox picks a free port and writes it down once it listens there. */
async function openSocket(portFile: string, process: ChildProcess): Promise<Socket> {
  while (process.exitCode === null) {
    const port = await readFile(portFile, "utf8").catch(() => "");
    if (port !== "") {
      const socket = connect(Number(port), "127.0.0.1");
      await once(socket, "connect");
      return socket;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Firefox ended with ${process.exitCode}`);
}

type Answer = readonly [type: 1, id: number, error: { readonly message: string } | null, result: unknown];

/** Messages are `length:json`, answers carry the number of their command; the first message is Firefox's greeting. */
function speak(socket: Socket): Firefox["send"] {
  let received: Buffer = Buffer.alloc(0);
  let last = 0;
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.on("data", (data: Buffer) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const colon = received.indexOf(":");
      const end = colon + 1 + Number(received.subarray(0, Math.max(0, colon)).toString());
      if (colon < 0 || received.length < end) return;
      const message: unknown = JSON.parse(received.subarray(colon + 1, end).toString());
      received = received.subarray(end);
      if (Array.isArray(message)) waiting.get(Number(message[1]))?.(message as unknown as Answer);
    }
  });
  return async (command, parameters = {}) => {
    last += 1;
    const id = last;
    const message = JSON.stringify([0, id, command, parameters]);
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.write(`${Buffer.byteLength(message)}:${message}`);
    const [, , error, result] = await answered;
    waiting.delete(id);
    if (error) throw new Error(`${command}: ${error.message}`);
    return result;
  };
}
