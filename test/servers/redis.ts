import { tmpdir } from "node:os";
import { startChild } from "./child-process.ts";
import { findProgram, redisHowTo } from "./installed.ts";
import { findFreePort } from "./listen.ts";

export interface Redis {
  readonly url: string;
  stop(): Promise<void>;
}

export interface RedisOptions {
  /** Loopback address; 127.0.0.1 when left out. */
  readonly host?: string;
  /** A free one when left out. */
  readonly port?: number;
}

/** A `redis-server` of its own that keeps nothing on disk. Throws what to install when there is none. */
export async function startRedis(options: RedisOptions = {}): Promise<Redis> {
  const { host = "127.0.0.1" } = options;
  const port = String(options.port ?? (await findFreePort()));
  const child = await startChild({
    name: "redis-server",
    command: findProgram("redis-server", redisHowTo),
    args: ["--port", port, "--bind", host, "--save", "", "--appendonly", "no", "--dir", tmpdir()],
    ready: /Ready to accept connections/,
  });
  return { url: `redis://${host}:${port}/0`, stop: () => child.stop() };
}
