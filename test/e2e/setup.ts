import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { build } from "wxt";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the built extension. */
    readonly extension: string;
  }
}

/** Builds the extension once, outside of the repository, exactly as it ships. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "hopscope-build-"));
  await build({ outDir: folder, logger: quiet, vite: () => ({ logLevel: "error" }) });
  project.provide("extension", join(folder, "chrome-mv3"));
  return () => rm(folder, { recursive: true, force: true });
}

const none = () => undefined;
/** For builds within tests: only what went wrong is printed. */
export const quiet = {
  debug: none,
  log: none,
  info: none,
  success: none,
  level: 0,
  warn: console.warn,
  error: console.error,
  fatal: console.error,
};
