import { startBehindTls } from "./behind-tls.ts";
import type { ServerCertificate } from "./certificate-authority.ts";
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

export interface McpPythonOptions {
  /** Mount path such as `/api`; the root when left out. */
  readonly path?: string;
  /** Of a gateway in front of it that ends TLS. */
  readonly certificate?: ServerCertificate;
}

/** The MCP Python SDK's server with its authorization routes, registration open, clients in memory. */
export async function startMcpPython({ path = "", certificate }: McpPythonOptions = {}): Promise<PythonServer> {
  const { origin, log, stop } = await startBehindTls(certificate, (publicOrigin) =>
    startPython("mcp_sdk_server.py", { path, publicOrigin }),
  );
  const issuer = origin + path;
  return { issuer, resource: `${issuer}/mcp`, log, stop };
}
