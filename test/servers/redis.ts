import { tmpdir } from "node:os";
import { startChild } from "./child-process.ts";
import { findProgram, redisHowTo } from "./installed.ts";
import { findFreePort } from "./listen.ts";

export interface Redis {
  readonly url: string;
  stop(): Promise<void>;
}

/** A `redis-server` of its own on 127.0.0.1 that keeps nothing on disk. Throws what to install when there is none. */
export async function startRedis(): Promise<Redis> {
  const port = String(await findFreePort());
  const child = await startChild({
    name: "redis-server",
    command: findProgram("redis-server", redisHowTo),
    args: ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tmpdir()],
    ready: /Ready to accept connections/,
  });
  return { url: `redis://127.0.0.1:${port}/0`, stop: () => child.stop() };
}
