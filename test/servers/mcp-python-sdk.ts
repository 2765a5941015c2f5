import { type Child, startChild } from "./child-process.ts";
import { findPython, pythonFolder } from "./installed.ts";

export interface PythonServer {
  readonly issuer: string;
  readonly resource: string;
  log(): string;
  stop(): Promise<void>;
}

/** Starts a file of `python/` with its settings. Throws what to install when the packages are missing. */
export async function startPython(
  file: string,
  settings: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Child> {
  return startChild({
    name: file,
    command: findPython(),
    args: ["-u", file],
    cwd: pythonFolder,
    env: { ...env, LAB_SERVER: JSON.stringify(settings), PYTHONDONTWRITEBYTECODE: "1" },
    ready: /^ready (\S+)$/,
  });
}

/** The MCP Python SDK's server with its authorization routes, registration open, clients in memory. */
export async function startMcpPython(): Promise<PythonServer> {
  const child = await startPython("mcp_sdk_server.py", {});
  const origin = child.announced;
  return { issuer: origin, resource: `${origin}/mcp`, log: () => child.log(), stop: () => child.stop() };
}
